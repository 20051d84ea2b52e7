"""Is one system better than another on the same questions?"""

from __future__ import annotations

from dataclasses import dataclass

from eval.reports.report import Report
from eval.statistics.significance import paired_randomisation


@dataclass(frozen=True, slots=True)
class Comparison:
    """Difference of a measure's means, `first` less `second`, and its two-sided probability by chance."""

    first: str
    second: str
    measure: str
    difference: float
    chance: float


def compare(first: Report, second: Report, measure: str = "recall@1") -> Comparison | None:
    """Paired randomisation test over question groups; None where the measure applies to no question of both."""
    a = {o.item.id: (o.item.group, value) for o, value in first.values[measure]}
    b = {o.item.id: value for o, value in second.values[measure]}
    shared = [identifier for identifier in a if identifier in b]
    if not shared:
        return None
    difference, chance = paired_randomisation(
        [a[i][1] for i in shared], [b[i] for i in shared], [a[i][0] for i in shared]
    )
    return Comparison(first.system, second.system, measure, difference, chance)
