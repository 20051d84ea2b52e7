"""What two Constitutions say on one matter, side by side, from the concordance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from corpus import LANGUAGES, Provision
from corpus.concordance import KINDS, Kind, Pair, load_concordance
from index import Hit, SearchIndex
from qa.answer import Citation
from qa.errors import BadReference
from qa.labels import label_of_eid
from qa.language import language_of_reference
from qa.messages import message
from qa.missing_reference import no_such
from qa.references import Reference, parse_reference, resolve

if TYPE_CHECKING:
    from qa.assistant import Assistant

MOST_PAIRS = 3  # for a topic
# A pair of whole articles says less on a matter than one of the paragraphs found; what the old text has counts less,
# since the question is put in today's words.
_WHOLE = 0.6
_OLD = 0.6
_LEAST = 0.5  # of the best pair's weight: less speaks of another matter


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
    concordance = load_concordance()
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


def pairs_named(identifiers: Sequence[str], *, is_part: bool) -> tuple[Pair, ...]:
    """The pairs that speak of what a reference names: the finest first of a part, those of whole articles first of an
    article."""
    pairs = load_concordance().of(identifiers)
    return pairs if is_part else tuple(sorted(pairs, key=lambda pair: not pair.is_whole))


def ranked_pairs(new: Sequence[str], old: Sequence[str]) -> tuple[Pair, ...]:
    """The pairs that speak of provisions found, best first: `new` and `old` are identifiers in the order found."""
    concordance = load_concordance()
    weight: dict[int, float] = {}
    of = {id(pair): pair for pair in concordance.pairs}
    for found, side in ((new, 1.0), (old, _OLD)):
        for rank, identifier in enumerate(found):
            for at, pair in enumerate(concordance.of([identifier])):
                finest = at == 0 or not pair.is_whole
                weight[id(pair)] = weight.get(id(pair), 0.0) + side * (1.0 if finest else _WHOLE) / (1 + rank)
    best = max(weight.values(), default=0.0)
    ranked = sorted(weight, key=lambda key: -weight[key])
    return tuple(of[key] for key in ranked if weight[key] >= _LEAST * best)


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


def what_changed(pair: Pair, language: str) -> str:
    """The pair's sentence, or that the substance is the same."""
    return pair.changed.get(language) or message("answer.unchanged", language)


def labels_of(sides: Sequence[str], language: str) -> str:
    """Labels of provisions or articles, in one line; a dash where there are none."""
    return "; ".join(label_of_eid(side.split("#")[1], language) for side in sides) or "–"


def provisions_of(index: SearchIndex, side: str) -> tuple[str, ...]:
    """Identifiers of the provisions that a pair's side names or contains; none where the document is not installed."""
    return tuple(i for i in index.identifiers if i == side or i.startswith(side + "__"))


def texts_of(index: SearchIndex, sides: Sequence[str], language: str) -> tuple[Provision, ...]:
    """Official texts, in one language, of what a pair's side names; none where the document is not installed in it."""
    found = (index.provision(i, language) for side in sides for i in provisions_of(index, side))
    return tuple(p for p in found if p and not p.excluded)


def hits_of(index: SearchIndex, pair_side: Sequence[str], found: Sequence[Hit], language: str, most: int) -> list[Hit]:
    """Of a pair's side, the provisions found, best first; its first provisions where none was found."""
    names = [i for side in pair_side for i in provisions_of(index, side)]
    hits = [hit for hit in found if hit.provision.id in names][:most]
    if hits or not names:
        return hits
    first = (text_of(index, name, language) for name in names[:1])
    return [hit_of(provision) for provision in first if provision]


def hit_of(provision: Provision) -> Hit:
    """A provision cited without having been searched for."""
    return Hit(provision, 0.0, 0.0, 0.0, 0.0, (0, len(provision.body)))


def text_of(index: SearchIndex, identifier: str, language: str) -> Provision | None:
    """The provision in the reader's language or another: its official text, else its plain words; None without any."""
    texts = (at(identifier, code) for at in (index.provision, index.plain) for code in (language, *LANGUAGES))
    return next((text for text in texts if text), None)


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
