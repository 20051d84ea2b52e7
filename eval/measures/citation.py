"""Do the citations shown point at the right article, and is it among them?"""

from __future__ import annotations

from collections.abc import Sequence

from eval.asking.response import Outcome


def citation_precision(outcomes: Sequence[Outcome]) -> list[tuple[Outcome, float]]:
    """Of an answerable question answered, the share of provisions cited that lie in a gold article."""
    answered = [o for o in outcomes if o.item.answerable and o.response.cited]
    return [
        (o, sum(o.item.in_gold_article(c.provision) for c in o.response.cited) / len(o.response.cited))
        for o in answered
    ]


def citation_recall(outcomes: Sequence[Outcome]) -> list[tuple[Outcome, float]]:
    """Of an answerable question, whether a gold article is cited; one refused cites none."""
    return [
        (o, float(any(o.item.in_gold_article(c.provision) for c in o.response.cited)))
        for o in outcomes
        if o.item.answerable
    ]
