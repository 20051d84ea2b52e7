"""Is the answer from the right document: the Constitution of the day asked about, not the other one; and is a wording
stated for a day on which it was not in force, or withheld for one on which it was?"""

from __future__ import annotations

from collections.abc import Sequence

from eval.asking.response import Outcome


def document_match(outcomes: Sequence[Outcome]) -> list[tuple[Outcome, float]]:
    """Of an answerable question, whether what is cited first stands in a document of a gold; one refused cites none."""
    found = []
    for outcome in outcomes:
        if outcome.item.answerable:
            documents = {gold.split("#")[0] for gold in outcome.item.gold}
            first = outcome.response.cited[:1]
            found.append((outcome, float(any(c.provision.split("#")[0] in documents for c in first))))
    return found


def wording_misstated(outcomes: Sequence[Outcome]) -> list[tuple[Outcome, float]]:
    """Of questions on a day whose wording is not at hand, those answered without saying so; none should be."""
    asked = [o for o in outcomes if o.item.wording == "changed"]
    return [(o, float(bool(o.response.cited) and not o.response.is_later)) for o in asked]


def wording_vouched(outcomes: Sequence[Outcome]) -> list[tuple[Outcome, float]]:
    """Of questions on a day whose wording is at hand, those answered by it without a word on a later one."""
    asked = [o for o in outcomes if o.item.wording == "same"]
    return [(o, float(bool(o.response.cited) and not o.response.is_later)) for o in asked]
