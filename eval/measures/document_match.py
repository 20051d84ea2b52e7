"""Is the answer from the right document: the Constitution of the day asked about, not the other one?"""

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
