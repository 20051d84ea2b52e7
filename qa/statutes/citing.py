"""Provisions of a library as citations: the label that a lawyer would write, and quotes checked against the store."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from datetime import date

from corpus import LANGUAGES, Document, Provision
from corpus.catalogue import Status
from corpus.text.sentences import sentence_spans
from index.stores import OPEN_END, ProvisionStore, StoredAct, StoredProvision
from index.words.analysis import terms
from qa.answer import Citation, SeeAlso
from qa.labels import label_of_eid
from qa.legislation.known_acts import KnownAct, known_by_title
from qa.legislation.named_acts import texts_of_act

_WHOLE_QUOTE = 1200  # a provision up to this long is quoted whole; of a longer one, the sentence that matched
_ELSE_QUOTED_IN = "ru"  # where there is no text in the reader's language
_SHORT = 7  # points of a list that are shown
_LONGEST_NAME = 80  # letters of a title that stands in a label for want of a shorter name


class ActTexts:
    """A store's acts and articles, each fetched once for one answer. Its methods raise `StoreFailure`."""

    def __init__(self, store: ProvisionStore) -> None:
        self.store = store
        self._acts: dict[str, dict[str, StoredAct]] = {}
        self._articles: dict[tuple[str, str, str], tuple[StoredProvision, ...]] = {}

    def act(self, identifier: str) -> dict[str, StoredAct]:
        """The act in each language that it is there in."""
        if identifier not in self._acts:
            self._acts[identifier] = texts_of_act(self.store, identifier)
        return self._acts[identifier]

    def article(self, act: str, language: str, article_eid: str) -> tuple[StoredProvision, ...]:
        """The provisions of an article in their order."""
        key = act, language, article_eid
        if key not in self._articles:
            self._articles[key] = self.store.provisions(act, language, article_eid)
        return self._articles[key]

    def provision(self, identifier: str, language: str) -> StoredProvision | None:
        """A provision as the store has it in the language."""
        act, eid = identifier.split("#")
        return next((row for row in self.article(act, language, eid.split("__")[0]) if row.eid == eid), None)


def provision_of(row: StoredProvision) -> Provision:
    """The row as the rest of Atazan knows provisions."""
    return Provision(
        document=row.act,
        eid=row.eid,
        language=row.language,
        text=row.text,
        number=row.number,
        lead_in=row.lead_in,
        section=row.section,
        article_title=row.article_title,
        anchor=row.anchor or None,
    )


def document_of(texts: dict[str, StoredAct]) -> Document:
    """The act as a catalogue would have it; titles stand in for those that it has in no other language."""
    first = texts.get(_ELSE_QUOTED_IN) or next(iter(texts.values()))
    known = _known(texts)

    def title(language: str) -> str:
        own = texts.get(language)
        return own.title if own else f"{known.names[language]} ({first.title})" if known else first.title

    status: Status = first.status
    return Document(
        id=first.id,
        kind="act",
        status=status,
        titles={code: title(code) for code in LANGUAGES},
        short_titles={code: name_of(texts, code) for code in LANGUAGES},
        pages={code: (texts.get(code) or first).page for code in LANGUAGES},
        adopted=None,
        since=_day(first.since),
        until=_day(first.until),
        editions=(),
    )


def name_of(texts: dict[str, StoredAct], language: str) -> str:
    """What the act is called in a citation: as lawyers shorten it, else its short name or its title."""
    if known := _known(texts):
        return known.label(language)
    text = texts.get(language) or texts.get(_ELSE_QUOTED_IN) or next(iter(texts.values()))
    return textwrap.shorten(text.short or text.title, _LONGEST_NAME, placeholder=" …")


def label_in(texts: dict[str, StoredAct], eid: str, language: str) -> str:
    """A provision's label with its act: "ТК, ст. 113 п. 2"."""
    return f"{name_of(texts, language)}, {label_of_eid(eid, language)}"


def cite(
    row: StoredProvision, texts: ActTexts, language: str, quotes_in: str | None = None, asked: str = ""
) -> Citation | None:
    """A citation in the reader's language where the act is there in it, else in `quotes_in` or Russian, with its other
    languages beside it; None where what would be quoted does not stand so in the store. Of a long provision the
    sentence is quoted that has most of the words `asked`."""
    order = dict.fromkeys((language, quotes_in or _ELSE_QUOTED_IN, _ELSE_QUOTED_IN, row.language, *LANGUAGES))
    stored = [text for code in order if code in texts.act(row.act) and (text := texts.provision(row.id, code))]
    if not stored:
        return None
    first, *others = stored
    document = document_of(texts.act(row.act))
    citation = Citation(
        provision=first.id,
        document=first.act,
        document_title=document.titles[language],
        label=label_in(texts.act(row.act), first.eid, language),
        plain=None,
        quote=_quote(first, asked),
        key_sentence="",
        lead_in=first.lead_in if first.number else "",
        url=address_of(first),
        status=first.status,
        language=first.language,
        edition=first.edition,
        others=tuple((text.language, _quote(text, asked)) for text in others),
        one_of_several=bool(first.edition) and first.edition != (document.since.isoformat() if document.since else ""),
    )
    return citation if is_stored(citation, texts) else None


def is_stored(citation: Citation, texts: ActTexts) -> bool:
    """Whether each quote is a substring of its provision as the store has it, and the words before it open its list."""
    for language, quote in ((citation.language, citation.quote), *citation.others):
        row = texts.provision(citation.provision, language)
        if row is None or not quote or not quote.strip() or quote not in row.text:
            return False
        if language == citation.language and citation.lead_in not in ("", row.lead_in):
            return False
    return True


def near(row: StoredProvision, texts: ActTexts, language: str) -> SeeAlso:
    """The provision to read on in."""
    return SeeAlso(row.id, label_in(texts.act(row.act), row.eid, language), address_of(row), row.article_title)


def address_of(row: StoredProvision) -> str:
    """Where people read the provision."""
    return f"{row.page}#{row.anchor}" if row.page and row.anchor else row.page


def opened(rows: Sequence[StoredProvision], found: Sequence[StoredProvision], texts: ActTexts) -> list[StoredProvision]:
    """The provisions, what only opens a list replaced by its points: all of a short one, of a long one those `found`
    and the first."""
    shown: dict[str, StoredProvision] = {}
    names = {row.id for row in found}
    for row in rows:
        article = texts.article(row.act, row.language, row.article_eid)
        points = [point for point in article if point.lead_in and point.lead_in == row.body]
        if len(points) > _SHORT:
            points = sorted(points, key=lambda point: point.id not in names)[:_SHORT]
        for each in sorted(points, key=lambda point: point.ordinal) or [row]:
            shown.setdefault(each.id, each)
    return list(shown.values())


def _quote(row: StoredProvision, asked: str) -> str:
    body = row.body
    spans = sentence_spans(body)
    if len(body) <= _WHOLE_QUOTE or not spans:
        return body
    wanted = set(terms(asked, row.language))
    return max((body[slice(*span)] for span in spans), key=lambda text: len(wanted & set(terms(text, row.language))))


def _known(texts: dict[str, StoredAct]) -> KnownAct | None:
    return next((known for text in texts.values() if (known := known_by_title(text.title))), None)


def _day(number: int) -> date | None:
    """The day of a day number; None for the first and the last there is."""
    if not 0 < number < OPEN_END:
        return None
    return date(number // 10_000, number // 100 % 100, number % 100)
