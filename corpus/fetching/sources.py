"""One source of one edition: asked, read, and held against what is known."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from corpus.catalogue import Edition, Source
from corpus.fetching.client import Client, Limits, Validators
from corpus.fetching.recognition import lines_of, shape_without_articles
from corpus.fetching.refusals import Refused
from corpus.identity import Identity, differing, identity_of
from corpus.readers import text_of
from corpus.store import StoredEdition
from corpus.text.normalisation import checksum

Stage = Literal["fetching", "reading"]
# Called with bytes received while fetching, pages read while reading; the total is None where it is not known.
Progress = Callable[[Edition, Stage, int, int | None], None]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A document as a source gave it; not yet trusted."""

    stored: StoredEdition
    identity: Identity
    source: Source
    validators: Validators


@dataclass(frozen=True, slots=True)
class SourceReader:
    """Asks sources. `known` are the checksums of a known edition's provisions."""

    client: Client
    limits: Limits
    on_progress: Progress
    known: Callable[[Edition], Mapping[str, str]]

    def candidate(
        self, source: Source, edition: Edition, *, since: Validators | None = None, official_url: str = ""
    ) -> Candidate | None:
        """The document that the source gives, None where the server says that it is still as `since` has it.

        `official_url` is kept as where the text is from, if a mirror's copy is read. Raises `Refused` for what is no
        document, `UnreadableFile`, `httpx.HTTPError` and `OSError`.
        """
        body, charset, validators = self._body(source, edition, since)
        if body is None:
            return None
        lines = lines_of(
            body,
            source.media_type,
            charset,
            on_page=lambda page, of: self.on_progress(edition, "reading", page, of),
        )
        stored = StoredEdition(
            edition.document,
            edition.language,
            edition.edition,
            checksum(text_of(lines)),
            official_url or source.url,
            datetime.now(UTC).isoformat(timespec="seconds"),
            tuple(lines),
            compared_with=edition.checksum,
        )
        identity = identity_of(stored.parsed().blocks)
        if not identity.articles:
            raise Refused(f"it gives {shape_without_articles(body, source.media_type)}")
        if identity.checksum != edition.checksum:
            known = self.known(edition)
            # Another text at the newest edition's place is as new as today; at an older one's it is still of its day.
            day = edition.edition if edition.until else stored.fetched[:10]
            stored = replace(stored, edition=day, differing=differing(identity, known) if known else ())
        return Candidate(stored, identity, source, validators)

    def _body(self, source: Source, edition: Edition, since: Validators | None) -> tuple[bytes | None, str, Validators]:
        if urlsplit(source.url).scheme in ("http", "https"):
            answer = self.client.get(
                source.url,
                since=since,
                on_bytes=lambda done, total: self.on_progress(edition, "fetching", done, total),
            )
            return answer.body, answer.charset, answer.validators
        path = Path(source.url)
        if path.stat().st_size > self.limits.size:
            raise Refused(f"it is larger than {self.limits.size / 2**20:.3g} MB")
        return path.read_bytes(), "", Validators()
