"""Is a wording stated for a day on which it was not in force, or withheld for one on which it was?"""

from __future__ import annotations

from collections.abc import Sequence

from eval.asking.response import Outcome


def wording_misstated(outcomes: Sequence[Outcome]) -> list[tuple[Outcome, float]]:
    """Of questions on a day whose wording is not at hand, those answered without saying so; none should be."""
    asked = [o for o in outcomes if o.item.wording == "changed"]
    return [(o, float(bool(o.response.cited) and not o.response.is_later)) for o in asked]


def wording_vouched(outcomes: Sequence[Outcome]) -> list[tuple[Outcome, float]]:
    """Of questions on a day whose wording is at hand, those answered by it without a word on a later one."""
    asked = [o for o in outcomes if o.item.wording == "same"]
    return [(o, float(bool(o.response.cited) and not o.response.is_later)) for o in asked]
