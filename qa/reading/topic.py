"""Reading a subject as a whole: what it comes to, and its provisions group by group; needs no index."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from rapidfuzz import process

from corpus.digest import digests
from corpus.subjects import Subject, load_subjects, subject_named, subjects_by_name
from corpus.text.folding import fold_run
from qa.errors import BadReference
from qa.labels import label_of
from qa.messages import message
from qa.reading.reading_room import ReadingRoom
from qa.understanding.language import detect_language, spoken

_MOST_NEAR = 5


@dataclass(frozen=True, slots=True)
class Told:
    """A provision as a subject tells it: `plain` is None where its words are withheld, `quote` where no official text
    is installed; `lead_in` is what opens the list that it is a point of, else ""; `language` is the quote's."""

    provision: str
    label: str
    is_essential: bool
    plain: str | None
    quote: str | None
    lead_in: str
    language: str
    url: str


@dataclass(frozen=True, slots=True)
class Topic:
    """A subject in the reader's language; `groups` are headings with provisions, `below` its narrower subjects. What it
    comes to is `withheld` where a text of it has changed since this release."""

    subject: Subject
    language: str
    status: str
    groups: tuple[tuple[str, tuple[Told, ...]], ...]
    below: tuple[Subject, ...]
    withheld: bool = False

    @property
    def count(self) -> int:
        """How many provisions on the subject are known."""
        return len(self.subject.provisions)

    def to_json(self) -> dict[str, Any]:
        """The documented form (docs/programs.md)."""
        subject, language = self.subject, self.language
        keys = ("provision", "label", "plain", "lead_in", "quote", "url", "language")
        return {
            "subject": subject.id,
            "kind": subject.kind,
            "language": language,
            "title": subject.title(language),
            "above": subject.above or None,
            "below": [narrower.id for narrower in self.below],
            "says": None if self.withheld else subject.says[language],
            "open": None if self.withheld else subject.open.get(language),
            "status": self.status,
            "count": self.count,
            "groups": [
                {
                    "heading": heading,
                    "provisions": [
                        {**{key: getattr(told, key) for key in keys}, "essential": told.is_essential} for told in found
                    ],
                }
                for heading, found in self.groups
            ],
        }


def topics(language: str) -> Iterator[tuple[int, Subject]]:
    """Every subject with its depth, each under the broader one, in the order of the Constitution."""
    known = load_subjects()

    def under(above: str, depth: int) -> Iterator[tuple[int, Subject]]:
        for subject in known.values():
            if subject.above == above:
                yield depth, subject
                yield from under(subject.id, depth + 1)

    spoken(language)
    yield from under("", 0)


def topics_json(language: str) -> list[dict[str, Any]]:
    """The documented form of the list."""
    return [{"subject": s.id, "title": s.title(language), "above": s.above or None} for _, s in topics(language)]


def read_topic(room: ReadingRoom, name: str, language: str | None = None) -> Topic:
    """The subject of that id or name. Raises `BadReference` with the nearest names there are."""
    language = spoken(language)
    reader = language or detect_language(name)
    subject = subject_named(name)
    if subject is None:
        near = ", ".join(_nearest_titles(name, reader))
        raise BadReference(message("bad.subject", reader, value=repr(name), near=near))
    return _told(room, subject, reader)


def _nearest_titles(name: str, language: str) -> list[str]:
    """Titles of the subjects whose names look most like it."""
    names = subjects_by_name(language)
    found = process.extract(fold_run(name), list(names), limit=_MOST_NEAR * 3)
    return list(dict.fromkeys(names[other].title(language) for other, *_ in found))[:_MOST_NEAR]


def _told(room: ReadingRoom, subject: Subject, language: str) -> Topic:
    """The subject with what is installed of its provisions."""
    state, document = room.state, room.documents[subject.provisions[0].split("#")[0]]
    texts = [{p.id: p for p in text.provisions if not p.excluded} for text in room.official(document.id, language)]
    changed, editions = state.changed, state.editions
    layer = next(text for text in digests(document.id) if text.language == language)
    plain = {p.id: p for p in layer.provisions}

    def told(identifier: str, *, is_essential: bool) -> Told:
        official = next((text[identifier] for text in texts if identifier in text), None)
        words = None if changed.withheld(identifier) else plain[identifier].text
        source = editions.get((document.id, official.language if official else language))
        return Told(
            provision=identifier,
            label=label_of(official or plain[identifier], language),
            is_essential=is_essential,
            plain=words,
            quote=official.body if official else None,
            lead_in=official.lead_in if official and official.number else "",
            language=official.language if official else language,
            url=source.url if source else "",
        )

    groups = tuple(
        (
            group.heading[language],
            tuple(told(name, is_essential=name not in group.further) for name in group.provisions),
        )
        for group in subject.groups
    )
    below = tuple(other for other in load_subjects().values() if other.above == subject.id)
    withheld = any(changed.withheld(name) for name in subject.provisions)
    return Topic(subject, language, document.status, groups, below, withheld)
