"""Is the answer in the language of the question?"""

from __future__ import annotations

from collections.abc import Sequence

from eval.asking.response import Outcome


def answer_language(outcomes: Sequence[Outcome]) -> list[tuple[Outcome, float]]:
    """Whether it is, of every question; a refusal too is worded in a language."""
    return [(o, float(o.response.language == o.item.language)) for o in outcomes]
