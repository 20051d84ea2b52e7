"""What a store holds of an act and of its provisions, and what is asked of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from corpus.library.acts import ActKind, ActStatus
from index.embedders.embedder import FloatArray

OPEN_END = 9999_12_31  # the last day of what has none


def day_number(day: date | None, otherwise: int) -> int:
    """A day as the number `YYYYMMDD`, which engines compare as days; `otherwise` for none."""
    return day.year * 10_000 + day.month * 100 + day.day if day else otherwise


@dataclass(frozen=True, slots=True)
class StoredAct:
    """One act in one language, whole: that it is here says that all of its provisions are.

    `id` is the act's own, the same in each language ("zan-226143"); `short` what it is called for short, "" without.
    `edition` is the first day of the wording, ISO 8601, "" where unknown; `since` and `until` bound, as day numbers,
    when the act is in force. `checksum` is of its normalised text and of what is told of it, so that an act that did
    not change is known. `page` is where people read it, `source` the file or address that it was read from.
    """

    id: str
    language: str
    title: str
    short: str
    kind: ActKind
    status: ActStatus
    number: str
    edition: str
    since: int
    until: int
    page: str
    source: str
    checksum: str
    provisions: int


@dataclass(frozen=True, slots=True)
class StoredProvision:
    """A provision of an act in one edition, with all that an answer needs of it.

    `eid`, `text`, `number`, `lead_in`, `section`, `article_title`, `anchor` are as in `corpus.Provision`; `ordinal` is
    its place in the act, from 0. `terms` are its search terms (`index.stores.wording`). The act's own columns stand in
    each row, so that one search filters by them and one hit can be cited.
    """

    act: str
    eid: str
    language: str
    ordinal: int
    text: str
    number: str
    lead_in: str
    section: str
    article_title: str
    anchor: str
    title: str
    kind: ActKind
    status: ActStatus
    edition: str
    since: int
    until: int
    page: str
    checksum: str
    terms: str = ""

    @classmethod
    def of(
        cls,
        act: StoredAct,
        eid: str,
        ordinal: int,
        text: str,
        terms: str,
        *,
        number: str = "",
        lead_in: str = "",
        section: str = "",
        article_title: str = "",
        anchor: str = "",
    ) -> StoredProvision:
        """A provision of the act, with the act's own columns."""
        return cls(
            act=act.id,
            eid=eid,
            language=act.language,
            ordinal=ordinal,
            text=text,
            number=number,
            lead_in=lead_in,
            section=section,
            article_title=article_title,
            anchor=anchor,
            title=act.title,
            kind=act.kind,
            status=act.status,
            edition=act.edition,
            since=act.since,
            until=act.until,
            page=act.page,
            checksum=act.checksum,
            terms=terms,
        )

    @property
    def key(self) -> str:
        """Its name in the store: the same provision written again takes its place."""
        return f"{self.act}|{self.language}|{self.eid}"

    @property
    def id(self) -> str:
        """`act#eid`, the same in each language."""
        return f"{self.act}#{self.eid}"

    @property
    def article_eid(self) -> str:
        """The eId of the article that it stands in."""
        return self.eid.split("__")[0]

    @property
    def body(self) -> str:
        """The text without its printed number."""
        return self.text[len(self.number) :].lstrip()


@dataclass(frozen=True, slots=True)
class Filters:
    """Which provisions are searched: those that satisfy all that is not empty. `on` is a day number on which the act is
    in force."""

    acts: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    kinds: tuple[ActKind, ...] = ()
    statuses: tuple[ActStatus, ...] = ()
    on: int | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A provision found: `dense` is the inner product with the query's vector, `bm25` the score of its terms; None
    where it was not among the nearest by that."""

    provision: StoredProvision
    dense: float | None
    bm25: float | None


@dataclass(frozen=True, slots=True)
class SearchVectors:
    """How vectors are searched: `(n, d + 1)`, the last component how near a text lies to whatever is asked, so that one
    inner product with `query` counts it (see `index.storage.hubness`)."""

    hubness: float

    def of(self, vectors: FloatArray, near_to_all: FloatArray) -> FloatArray:
        """Rows to store, from vectors `(n, d)` and how near each lies to whatever is asked `(n,)`."""
        return np.hstack([vectors, near_to_all[:, None]]).astype(np.float32)

    def query(self, vector: FloatArray) -> FloatArray:
        """What to search with `(d + 1,)`, from a question's vector `(d,)`."""
        return np.append(vector, np.float32(-self.hubness)).astype(np.float32)
