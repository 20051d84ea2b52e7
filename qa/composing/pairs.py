"""Which pairs of the concordance speak of a matter, and what they say of it."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.concordance import Pair, load_concordance
from index import Hit, SearchIndex
from qa.evidence.provisions import hit_of, provisions_of, text_of
from qa.messages import message

# A pair of whole articles says less on a matter than one of the paragraphs found; what the old text has counts less,
# since the question is put in today's words.
_WHOLE = 0.6
_OLD = 0.6
_LEAST = 0.5  # of the best pair's weight: less speaks of another matter


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


def what_changed(pair: Pair, language: str) -> str:
    """The pair's sentence, or that the substance is the same."""
    return pair.changed.get(language) or message("answer.unchanged", language)


def hits_of(index: SearchIndex, pair_side: Sequence[str], found: Sequence[Hit], language: str, most: int) -> list[Hit]:
    """Of a pair's side, the provisions found, best first; its first provisions where none was found."""
    names = [i for side in pair_side for i in provisions_of(index, side)]
    hits = [hit for hit in found if hit.provision.id in names][:most]
    if hits or not names:
        return hits
    first = (text_of(index, name, language) for name in names[:1])
    return [hit_of(provision) for provision in first if provision]
