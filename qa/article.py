"""Reading an article as it stands in the text, with its notes; needs no index."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from corpus import CorpusError, Document, EditionText, Note, Provision
from corpus.private import parse_private
from corpus.store import StoredEdition
from qa.errors import BadReference
from qa.installation import Installed
from qa.labels import date_label, label_of
from qa.language import detect_language
from qa.messages import message
from qa.missing_reference import no_such
from qa.references import Reference, parse_reference, resolve


@dataclass(frozen=True, slots=True)
class ArticleText:
    """What a reference names: its provisions in one language, notes apart."""

    document: Document
    language: str
    reader_language: str
    edition: str
    url: str
    heading: str
    provisions: tuple[Provision, ...]
    notes: tuple[Note, ...]

    def to_json(self) -> dict[str, Any]:
        return {
            "document": self.document.id,
            "status": self.document.status,
            "language": self.language,
            "edition": self.edition,
            "url": self.url,
            "heading": self.heading,
            "provisions": [
                {"provision": p.id, "label": label_of(p, self.reader_language), "text": p.text} for p in self.provisions
            ],
            "notes": [{"about": f"{self.document.id}#{n.about}", "text": n.text} for n in self.notes],
        }


def read_article(
    state: Installed, text: str, *, document: str | None = None, language: str | None = None, as_of: date | None = None
) -> ArticleText:
    """The provisions a reference names. Raises `BadReference` with the nearest valid choice."""
    if language is not None and language not in ("kk", "ru", "en"):
        raise BadReference(message("bad.language", "en", value=repr(language)))
    reference = parse_reference(text)
    reader = language or (_reader_language(text) if reference else "en")
    if reference is None:
        raise BadReference(message("bad.reference", reader, value=repr(text)))
    chosen = _document(state, document or _document_in(text), as_of or date.today(), reader)
    stored = _edition(state, chosen, reader)
    edition = parse_private(stored) if chosen.kind == "private" else stored.parsed()
    found = resolve(reference, edition.provisions)
    headings = [h for h in edition.headings if h.level == "article" and h.number == reference.article]
    notes = _notes(edition, reference, found)
    if not found and not (headings and notes):
        raise BadReference(no_such(reference, edition.provisions, chosen, reader))
    url = state.editions.get((chosen.id, stored.language), ("", ""))[0]
    heading = headings[0].text if headings else ""
    return ArticleText(chosen, stored.language, reader, stored.edition, url, heading, tuple(found), notes)


def _reader_language(text: str) -> str:
    if "бап" in text.lower() or "баб" in text.lower():
        return "kk"
    return detect_language(text) if any(c.isalpha() for c in text) else "en"


def _document_in(text: str) -> str | None:
    return text.split("#")[0] if "#" in text else None


def _document(state: Installed, identifier: str | None, day: date, reader: str) -> Document:
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


def _edition(state: Installed, document: Document, reader: str) -> StoredEdition:
    editions = [e for e in state.official if e.document == document.id]
    editions += [stored for d, stored in state.private if d.id == document.id]
    return next((e for e in editions if e.language == reader), editions[0])


def _notes(edition: EditionText, reference: Reference, found: list[Provision]) -> tuple[Note, ...]:
    article = f"art_{reference.article}"
    wanted = {p.eid for p in found}
    whole = not (reference.paragraph or reference.point)
    return tuple(n for n in edition.notes if n.about in wanted or (whole and n.about == article))
