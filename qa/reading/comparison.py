"""What two Constitutions say on one matter, side by side, from the concordance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from corpus.concordance import KINDS, Kind, Pair, load_concordance
from index import SearchIndex
from qa.answer import Citation
from qa.assistant import Assistant
from qa.composing.missing_reference import no_such
from qa.composing.pairs import pairs_named, ranked_pairs
from qa.errors import BadReference
from qa.evidence.provisions import provisions_of
from qa.messages import message
from qa.understanding.language import language_of_reference, spoken
from qa.understanding.references import Reference, parse_reference, resolve

MOST_PAIRS = 3  # for a topic


@dataclass(frozen=True, slots=True)
class Comparison:
    """`citations` are of every provision that the pairs name, or that stands in an article that they name;
    `newer` says that a newer edition of what is cited was found, else ""."""

    matter: str
    language: str
    pairs: tuple[Pair, ...]
    citations: tuple[Citation, ...]
    newer: str = ""

    def to_json(self) -> dict[str, Any]:
        """The documented form; `provisions` says by identifier what the pairs name, of an article each provision."""
        keys = ("label", "plain", "quote", "url", "status", "language")
        pairs = [replace(pair, old=self._provisions(pair.old), new=self._provisions(pair.new)) for pair in self.pairs]
        return {
            "matter": self.matter,
            "language": self.language,
            "pairs": [pair_json(pair) for pair in pairs],
            "provisions": {c.provision: {key: getattr(c, key) for key in keys} for c in self.citations},
        }

    def _provisions(self, sides: Sequence[str]) -> tuple[str, ...]:
        """Identifiers of the provisions that a side names or contains; the side's own where none is installed."""
        cited = [c.provision for c in self.citations]
        found: list[str] = []
        for side in sides:
            found += [name for name in cited if name == side or name.startswith(side + "__")] or [side]
        return tuple(found)


def pair_json(pair: Pair) -> dict[str, Any]:
    """`old` and `new` are identifiers of provisions or articles; `changed` is null where the substance is the same."""
    return {"old": list(pair.old), "new": list(pair.new), "kind": pair.kind, "changed": pair.changed or None}


def compare(
    assistant: Assistant, matter: str, *, language: str | None = None, document: str | None = None
) -> Comparison:
    """What the concordance has on an article, a part of one, or a topic.

    An article's number is one of the Constitution in force, or of the `document` named, either Constitution. A
    Constitution that is not installed leaves its side without quotes. Raises `BadQuestion` and `BadReference`.
    """
    concordance, language = load_concordance(), spoken(language)
    if document not in (None, concordance.old, concordance.new):
        known = f"{concordance.new}, {concordance.old}"
        raise BadReference(message("bad.document", language or "en", value=repr(document), known=known))
    reference = parse_reference(matter)
    if reference is None:
        reader, new = assistant.nearest(matter, concordance.new, language=language)
        old = assistant.nearest(matter, concordance.old, language=reader)[1]
        pairs = ranked_pairs([c.provision for c in new], [c.provision for c in old])[:MOST_PAIRS]
    else:
        reader = language or language_of_reference(matter)
        named = _named(assistant.index, reference, document or concordance.new, reader)
        pairs = pairs_named(named, is_part=bool(reference.paragraph or reference.point))
    provisions = dict.fromkeys(i for pair in pairs for side in pair.sides for i in provisions_of(assistant.index, side))
    citations = assistant.cited(list(provisions), reader)
    return Comparison(matter, reader, pairs, citations, assistant.newer_told(citations, reader))


def changes(kind: Kind | None = None) -> tuple[Pair, ...]:
    """The whole table, or its pairs of one kind, in the older Constitution's order."""
    return tuple(pair for pair in load_concordance().pairs if kind in (None, pair.kind))


def known_kind(value: str | None, language: str = "en") -> Kind | None:
    """The kind of that name. Raises `BadReference` with the kinds there are."""
    for kind in KINDS:
        if value == kind:
            return kind
    if value is None:
        return None
    raise BadReference(message("bad.kind", language, value=repr(value), known=", ".join(KINDS)))


def _named(index: SearchIndex, reference: Reference, document: str, language: str) -> list[str]:
    """Identifiers that the reference names: the article, or the parts of it. Raises `BadReference`."""
    if document not in index.documents:  # the concordance knows its articles nevertheless
        article = f"{document}#{reference.article_eid}"
        if load_concordance().of([article]):
            return [article]
        raise BadReference(message("bad.document", language, value=repr(document), known=", ".join(index.documents)))
    edition = index.edition(document, language)
    found = resolve(reference, edition)
    article = f"{document}#{reference.article_eid}"
    if not found and load_concordance().of([article]) and not (reference.paragraph or reference.point):
        return [article]  # an article excluded whole, of which only a note is left
    if not found:
        raise BadReference(no_such(reference, edition, index.documents[document], language))
    return [p.id for p in found] if reference.paragraph or reference.point else [article]
