"""Reading an article as it stands in the text, its plain words beside it and its notes apart; needs no index."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from corpus import CorpusError, Document, EditionText, Note, Provision
from corpus.digest import digests
from corpus.divergences import Divergence, divergence_of
from corpus.parsing.amendments import Amendment, History, amendments_of, later_than, overtaken
from corpus.private import parse_private
from corpus.store import StoredEdition
from qa.composing.composition import Published
from qa.composing.later_wording import not_in_force_told, wording_told
from qa.composing.missing_reference import no_such
from qa.errors import BadReference
from qa.labels import date_label, label_of
from qa.messages import message
from qa.setup.installed import Installed
from qa.understanding.beyond.other_acts import act_not_held
from qa.understanding.language import language_of_reference, spoken
from qa.understanding.references import Reference, parse_reference, resolve


@dataclass(frozen=True, slots=True)
class ArticleText:
    """What a reference names: its provisions in one language, notes apart.

    `provisions` are of the official text, or the plain-language layer's where none is installed. `plain` is what the
    layer says in the reader's language, by eId, and `plain_heading` its heading of the article; both are empty where
    they are `withheld`, because the article's text has changed since this release. `newer` says that a newer edition
    was found, else "". `history` is what the notes tell of its changes, oldest first; `later` that its wording of the
    day asked for is not at hand, else "". `one_of_several`: other editions of the document are installed too.
    `divergences` are where the Kazakh and the Russian text part, by eId, in the reader's language; empty where no
    official text is installed, and withheld with the plain words.
    """

    document: Document
    language: str
    reader_language: str
    edition: str
    url: str
    heading: str
    provisions: tuple[Provision, ...]
    notes: tuple[Note, ...]
    plain: dict[str, str]
    plain_heading: str
    withheld: bool = False
    newer: str = ""
    history: tuple[Amendment, ...] = ()
    later: str = ""
    one_of_several: bool = False
    divergences: Mapping[str, Divergence] = field(default_factory=dict)

    @property
    def official(self) -> bool:
        """Whether the provisions are the law's own words."""
        return all(p.wording == "official" for p in self.provisions)

    def to_json(self) -> dict[str, Any]:
        return {
            "document": self.document.id,
            "status": self.document.status,
            "language": self.language,
            "edition": self.edition,
            "url": self.url,
            "heading": self.heading,
            "plain_heading": self.plain_heading or None,
            "provisions": [
                {
                    "provision": p.id,
                    "label": label_of(p, self.reader_language),
                    "plain": self.plain.get(p.eid),
                    "text": p.text if self.official else None,
                    "texts_differ": self.divergences[p.eid].to_json() if p.eid in self.divergences else None,
                }
                for p in self.provisions
            ],
            "notes": [{"about": f"{self.document.id}#{n.about}", "text": n.text} for n in self.notes],
            "plain_withheld": message("answer.withheld", self.reader_language) if self.withheld else None,
            "newer": self.newer or None,
            "history": [change.to_json() for change in self.history],
            "later_wording": self.later or None,
        }


def read_article(
    state: Installed, text: str, *, document: str | None = None, language: str | None = None, as_of: date | None = None
) -> ArticleText:
    """The provisions a reference names. Raises `BadReference` with the nearest valid choice."""
    language = spoken(language)
    reference = parse_reference(text)
    reader = language or (language_of_reference(text) if reference else "en")
    if reference is None:
        raise BadReference(message("bad.reference", reader, value=repr(text)))
    named = document or _document_in(text)
    if not named and (act := act_not_held(text, language_of_reference(text))):
        raise BadReference(message("abstain.act_not_held", reader, act=act))
    chosen = document_asked(state, named, as_of or date.today(), reader)
    state = state.on(as_of) if as_of else state
    article = f"{chosen.id}#{reference.article_eid}"
    told, history = _histories(
        tuple(e for e in state.official if e.document == chosen.id),
        tuple(e for e in state.others if e.document == chosen.id),
    )
    changes, since = history.amendments.get(article, ()), history.afterwards.get(article, ())

    def off_the_day(language: str) -> str:
        """That the wording of the day is not at hand in the language; "" where it is."""
        if as_of is None:
            return ""
        if told := not_in_force_told(chosen, as_of, reader):
            return told
        later, meanwhile = later_than(changes, as_of, language), overtaken(since, as_of, language)
        return wording_told(reference.article_eid, later, meanwhile, as_of, reader)

    edition = _edition(state, chosen, reader, off_the_day)
    found = resolve(reference, edition.provisions)
    headings = [h for h in edition.headings if h.level == "article" and h.number == reference.article]
    notes = _notes(edition, reference, found)
    if not found and not (headings and notes):
        raise BadReference(no_such(reference, edition.provisions, chosen, reader))
    source = state.editions.get((chosen.id, edition.language), Published("", ""))
    changed = state.changed
    withheld = changed.withheld(article)
    layer = None if withheld else next((text for text in digests(chosen.id) if text.language == reader), None)
    wanted = {p.eid for p in found}
    plain = {p.eid: p.text for p in layer.provisions if p.eid in wanted} if layer else {}
    ours = [h.text for h in layer.headings if h.eid == reference.article_eid] if layer else []
    parted = {p.eid: divergence_of(p.id, reader) for p in found if p.wording == "official" and not withheld}
    return ArticleText(
        document=chosen,
        language=edition.language,
        reader_language=reader,
        edition=source.edition,
        url=source.url,
        heading=headings[0].text if headings and edition is not layer else "",
        provisions=tuple(found),
        notes=notes,
        plain=plain,
        plain_heading=ours[0] if ours else "",
        withheld=withheld,
        newer=changed.newer_told([chosen.id], {chosen.id: chosen}, reader),
        history=told.get(article, ()),
        later=off_the_day(edition.language),
        one_of_several=source.one_of_several,
        divergences={eid: divergence for eid, divergence in parted.items() if divergence},
    )


@lru_cache(maxsize=16)  # parsed once a document, not once an article opened
def _histories(
    asked: tuple[StoredEdition, ...], others: tuple[StoredEdition, ...]
) -> tuple[Mapping[str, tuple[Amendment, ...]], History]:
    """What the notes of all of a document's editions tell of the changes of each article, and what that comes to for
    the editions that are asked."""
    texts, beside = [stored.parsed() for stored in asked], [stored.parsed() for stored in others]
    return amendments_of([*texts, *beside]), History.of(texts, beside)


def _document_in(text: str) -> str | None:
    return text.split("#")[0] if "#" in text else None


def document_asked(state: Installed, identifier: str | None, day: date, reader: str) -> Document:
    """The document named, else the Constitution of the day. Raises `BadReference` where there is none, and
    `CorpusError` where it is not installed."""
    documents = {d.document.id: d.document for d in state.documents}
    if identifier is None:
        constitution = state.catalogue.constitution_on(day)
        if constitution is None:
            raise BadReference(message("abstain.before_first", reader, date=date_label(day, reader)))
        identifier = constitution.id
        if identifier not in documents:
            raise CorpusError(message("abstain.not_installed", reader, document=constitution.titles[reader]))
    if identifier not in documents:
        known = ", ".join(documents)
        raise BadReference(message("bad.document", reader, value=repr(identifier), known=known))
    return documents[identifier]


def _edition(state: Installed, document: Document, reader: str, off_the_day: Callable[[str], str]) -> EditionText:
    """The official text of the day, in the reader's language before another; else the plain-language layer."""
    private = [stored for d, stored in state.private if d.id == document.id]
    if private:
        return parse_private(private[0])
    stored = [e for e in state.official if e.document == document.id]
    if stored:
        return _parsed(min(stored, key=lambda e: (bool(off_the_day(e.language)), e.language != reader)))
    return next(text for text in digests(document.id) if text.language == reader)


_parsed = lru_cache(maxsize=32)(StoredEdition.parsed)  # once a text, not once an article opened


def _notes(edition: EditionText, reference: Reference, found: list[Provision]) -> tuple[Note, ...]:
    article = reference.article_eid
    wanted = {p.eid for p in found}
    whole = not (reference.paragraph or reference.point)
    return tuple(n for n in edition.notes if n.about in wanted or (whole and n.about == article))
