"""Is what is asked for as a whole told as a whole, and what is asked as a point not drowned in one?"""

from __future__ import annotations

from collections.abc import Sequence

from eval.asking.dataset import Item
from eval.asking.response import Outcome

_SEEN_AT_ONCE = 3  # provisions of an overview


def essential_recall(outcomes: Sequence[Outcome]) -> list[tuple[Outcome, float]]:
    """Of a question that wants a whole, the share of its essential provisions shown; a refusal shows none. What lies
    within an essential article or paragraph shows it."""
    return [(o, _shown(o) / len(o.item.gold)) for o in outcomes if o.item.whole and o.item.gold]


def whole_precision(outcomes: Sequence[Outcome]) -> list[tuple[Outcome, float]]:
    """Of a question that wants a whole, the share of provisions shown that are essential or also belong to it."""
    answered = [o for o in outcomes if o.item.whole and o.response.cited]
    return [(o, _fitting(o) / len(o.response.cited)) for o in answered]


def breadth_recognised(outcomes: Sequence[Outcome]) -> list[tuple[Outcome, float]]:
    """Of questions that want a whole, those answered by an overview."""
    return [(o, float(o.response.is_overview)) for o in outcomes if o.item.whole]


def narrow_widened(outcomes: Sequence[Outcome]) -> list[tuple[Outcome, float]]:
    """Of questions that want a point, those answered by an overview; the fewer the better."""
    return [(o, float(o.response.is_overview)) for o in _narrow(outcomes)]


def narrow_displaced(outcomes: Sequence[Outcome]) -> list[tuple[Outcome, float]]:
    """Of questions that want a point, those answered by an overview in place of their provision: none of its first
    three is in a gold article."""
    return [(o, float(o.response.is_overview and not _opens_with_gold(o))) for o in _narrow(outcomes)]


def opinion_answered(outcomes: Sequence[Outcome]) -> list[tuple[Outcome, float]]:
    """Of questions for a judgement or a motive, those told that the text gives none, with a provision on the matter."""
    asked = [o for o in outcomes if o.item.category == "opinion"]
    return [(o, float(o.response.is_opinion and _fitting(o) > 0)) for o in asked]


def absence_told(outcomes: Sequence[Outcome]) -> list[tuple[Outcome, float]]:
    """Of questions whether something is there that is not, those told so or refused."""
    asked = [o for o in outcomes if o.item.category == "not-there"]
    return [(o, float(o.response.is_absent or o.response.abstained)) for o in asked]


def _narrow(outcomes: Sequence[Outcome]) -> list[Outcome]:
    return [o for o in outcomes if o.item.answerable and not o.item.whole and o.item.gold and not o.item.also]


def _opens_with_gold(outcome: Outcome) -> bool:
    return any(outcome.item.in_gold_article(citation.provision) for citation in outcome.response.cited[:_SEEN_AT_ONCE])


def _shown(outcome: Outcome) -> int:
    cited = [citation.provision for citation in outcome.response.cited]
    return sum(any(_within(provision, gold) for provision in cited) for gold in outcome.item.gold)


def _fitting(outcome: Outcome) -> int:
    item = outcome.item
    return sum(_belongs(citation.provision, item) for citation in outcome.response.cited)


def _belongs(provision: str, item: Item) -> bool:
    return any(_within(provision, name) for name in (*item.gold, *item.also))


def _within(provision: str, name: str) -> bool:
    return provision == name or provision.startswith(name + "__")
