"""What two Constitutions say on one matter, side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from qa.answer import Citation
from qa.assistant import Assistant
from qa.errors import BadReference
from qa.references import parse_reference

OLD, NEW = "kz-constitution-1995", "kz-constitution-2026"
_MOST = 3


@dataclass(frozen=True, slots=True)
class Pair:
    """Provisions of the Constitutions of 1995 and 2026 that stand for each other; `kind` of the change and what
    `changed` in words (by language) are None where only nearness is known."""

    old: tuple[str, ...]
    new: tuple[str, ...]
    kind: str | None = None
    changed: dict[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """`citations` are of every provision in the pairs."""

    matter: str
    language: str
    pairs: tuple[Pair, ...]
    citations: tuple[Citation, ...]

    def to_json(self) -> dict[str, Any]:
        """The documented form; `provisions` says by identifier what the pairs name."""
        keys = ("label", "plain", "quote", "url", "status", "language")
        return {
            "matter": self.matter,
            "language": self.language,
            "pairs": [
                {"old": list(pair.old), "new": list(pair.new), "kind": pair.kind, "changed": pair.changed}
                for pair in self.pairs
            ],
            "provisions": {c.provision: {key: getattr(c, key) for key in keys} for c in self.citations},
        }


def compare(assistant: Assistant, matter: str, *, language: str | None = None) -> Comparison:
    """The provisions of both Constitutions nearest to the matter, as one pair. An article's number is one of the
    Constitution in force: the old one is then searched for what it says. A document that is not installed leaves its
    side empty. Raises `BadQuestion` and `BadReference`."""
    reference = parse_reference(matter)
    if reference is None:
        reader, old = assistant.nearest(matter, OLD, language=language, limit=_MOST)
        new = assistant.nearest(matter, NEW, language=language, limit=_MOST)[1]
    else:
        answer = assistant.ask(f"article {reference.article}", language=language, document=NEW)
        if answer.abstained:
            raise BadReference(answer.abstained.message)
        reader, new = answer.language, answer.citations
        said = " ".join(citation.plain or citation.quote or "" for citation in new)
        old = assistant.nearest(said, OLD, language=reader, limit=_MOST)[1]
    pair = Pair(tuple(c.provision for c in old), tuple(c.provision for c in new))
    return Comparison(matter, reader, (pair,), (*old, *new))
