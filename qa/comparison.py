"""What two Constitutions say on one matter, side by side: the nearest provisions of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from qa.answer import Citation
from qa.assistant import Assistant
from qa.errors import BadReference
from qa.messages import message
from qa.references import parse_reference

OLD, NEW = "kz-constitution-1995", "kz-constitution-2026"
_MOST = 3


@dataclass(frozen=True, slots=True)
class Comparison:
    """Citations of either Constitution on the matter, nearest first; empty where that document is not installed."""

    matter: str
    language: str
    old: tuple[Citation, ...]
    new: tuple[Citation, ...]

    def to_json(self) -> dict[str, Any]:
        def rows(citations: tuple[Citation, ...]) -> list[dict[str, Any]]:
            keys = ("provision", "label", "plain", "quote", "url", "language")
            return [{key: getattr(citation, key) for key in keys} for citation in citations]

        return {"matter": self.matter, "language": self.language, "old": rows(self.old), "new": rows(self.new)}


def compare(assistant: Assistant, matter: str, *, language: str | None = None) -> Comparison:
    """The provisions of both Constitutions nearest to the matter. An article's number is one of the Constitution in
    force: the old one is then searched for what it says. Raises `BadQuestion` and `BadReference`."""
    reference = parse_reference(matter)
    if reference is None:
        reader, old = assistant.nearest(matter, OLD, language=language, limit=_MOST)
        new = assistant.nearest(matter, NEW, language=language, limit=_MOST)[1]
        return Comparison(matter, reader, old, new)
    answer = assistant.ask(f"article {reference.article}", language=language, document=NEW)
    if answer.abstained:
        raise BadReference(answer.abstained.message)
    said = " ".join(citation.plain or citation.quote or "" for citation in answer.citations)
    if not said:
        raise BadReference(message("bad.reference", answer.language, value=repr(matter)))
    old = assistant.nearest(said, OLD, language=answer.language, limit=_MOST)[1]
    return Comparison(matter, answer.language, old, answer.citations)
