"""Does the same question get the same article in every language?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from eval.asking.response import Outcome


def parallel_consistency(outcomes: Sequence[Outcome]) -> list[tuple[Outcome, float]]:
    """Of each answerable question asked in several languages, whether one article is cited first in all of them.

    The value stands at the group's first question; a language in which the question is refused breaks the group.
    """
    groups: dict[str, list[Outcome]] = defaultdict(list)
    for o in outcomes:
        if o.item.parallel and o.item.answerable:
            groups[o.item.parallel].append(o)
    found = []
    for members in groups.values():
        if len({o.item.language for o in members}) > 1:
            first = {o.response.cited_articles[:1] for o in members}
            found.append((members[0], float(len(first) == 1 and first != {()})))
    return found
