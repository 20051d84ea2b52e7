"""What changed between two editions of one document, provision by provision; needs no index."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from corpus import Document, EditionText, Provision
from corpus.store import StoredEdition
from corpus.text.folding import fold
from qa.composing.missing_reference import no_such
from qa.errors import BadReference
from qa.labels import date_label, edition_label, label_of, label_of_eid
from qa.messages import message
from qa.reading.article import document_asked
from qa.setup.installed import Installed
from qa.understanding.language import language_of_reference, spoken
from qa.understanding.references import Reference, parse_reference, resolve


@dataclass(frozen=True, slots=True)
class ProvisionChange:
    """A provision that reads otherwise, as printed in either edition; None in the one that does not have it."""

    provision: str
    label: str
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True)
class EditionComparison:
    """`editions` are the first days of the older and the newer one, ISO 8601; `language` is that of the texts, `matter`
    the label of what was compared, "" for the whole; `changes` are in printed order."""

    document: Document
    matter: str
    language: str
    reader_language: str
    editions: tuple[str, str]
    changes: tuple[ProvisionChange, ...]

    def to_json(self) -> dict[str, Any]:
        return {
            "document": self.document.id,
            "language": self.language,
            "editions": list(self.editions),
            "changes": [{"provision": c.provision, "label": c.label, "old": c.old, "new": c.new} for c in self.changes],
        }


def compare_editions(
    state: Installed, matter: str, days: tuple[date, date], *, document: str | None = None, language: str | None = None
) -> EditionComparison:
    """What an article, a part of it or, where `matter` is "", the whole document reads otherwise in the editions that
    began on the days; of the Constitution in force on the later day where no document is named.

    Raises `BadReference` for an edition that is not installed, and for what neither edition has.
    """
    language = spoken(language)
    reference = parse_reference(matter) if matter else None
    reader = language or (language_of_reference(matter) if reference else "en")
    if matter and reference is None:
        raise BadReference(message("bad.reference", reader, value=repr(matter)))
    days = (min(days), max(days))
    chosen = document_asked(state, document, days[1], reader)
    old, new = _texts(state, chosen, days, reader)
    before, after = (_named(reference, text.provisions) for text in (old, new))
    if reference and not before and not after:
        raise BadReference(no_such(reference, new.provisions, chosen, reader))
    return EditionComparison(
        chosen,
        label_of_eid(reference.eid, reader) if reference else "",
        new.language,
        reader,
        (days[0].isoformat(), days[1].isoformat()),
        tuple(_changes(before, after, reader)),
    )


def _texts(
    state: Installed, document: Document, days: tuple[date, date], reader: str
) -> tuple[EditionText, EditionText]:
    """The editions of the days, in the reader's language where both are at hand in it, else in another."""
    found: dict[str, dict[str, StoredEdition]] = {}
    for stored in state.every:
        edition = state.edition_of(stored)
        if stored.document == document.id and edition:
            found.setdefault(stored.language, {})[edition.edition] = stored
    for code in sorted(found, key=lambda code: code != reader):
        texts = [found[code].get(day.isoformat()) for day in days]
        if texts[0] and texts[1]:
            return texts[0].parsed(), texts[1].parsed()
    known = sorted({day for of_language in found.values() for day in of_language})
    missing = next((day for day in days if day.isoformat() not in known), days[0])
    raise BadReference(
        message(
            "bad.edition",
            reader,
            document=document.short_titles[reader],
            date=date_label(missing, reader),
            known=", ".join(edition_label(day, reader) for day in known) or "-",
        )
    )


def _named(reference: Reference | None, provisions: Sequence[Provision]) -> dict[str, Provision]:
    named = resolve(reference, provisions) if reference else provisions
    return {p.eid: p for p in named if not p.excluded}


def _changes(before: dict[str, Provision], after: dict[str, Provision], reader: str) -> list[ProvisionChange]:
    """In the newer edition's order, what it no longer has last."""
    changes = []
    for eid in [*after, *(eid for eid in before if eid not in after)]:
        old, new = before.get(eid), after.get(eid)
        shown = new or old
        assert shown
        if old is None or new is None or fold(old.text) != fold(new.text):
            label = label_of(shown, reader)
            changes.append(ProvisionChange(shown.id, label, old.text if old else None, new.text if new else None))
    return changes
