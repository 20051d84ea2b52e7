"""Are the right questions refused?"""

from __future__ import annotations

from collections.abc import Sequence

from eval.asking.response import Outcome


def abstention_precision(outcomes: Sequence[Outcome]) -> list[tuple[Outcome, float]]:
    """Of the questions refused, the share that the documents do not answer."""
    return [(o, float(not o.item.answerable)) for o in outcomes if o.response.abstained]


def abstention_recall(outcomes: Sequence[Outcome]) -> list[tuple[Outcome, float]]:
    """Of the questions that the documents do not answer, the share refused."""
    return [(o, float(o.response.abstained)) for o in outcomes if not o.item.answerable]


def false_refusal_rate(outcomes: Sequence[Outcome]) -> list[tuple[Outcome, float]]:
    """Of the questions that the documents answer, the share refused."""
    return [(o, float(o.response.abstained)) for o in outcomes if o.item.answerable]
