"""Does a question ask what changed between the two Constitutions, and about what?

"What changed about detention?", "is it still true that…?", "can one no longer strike?", "чем отличается…", "бұрын …
бола ма еді": such questions are answered from the concordance. The patterns stand in `comparison.toml`.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

import rtoml


def compared_matter(text: str, *, dated: bool = False) -> str | None:
    """What the question compares: its text without the words that ask for a comparison; None where it asks for none,
    "" where nothing else is said. Where it is `dated`, on the law of a day, "before" and "still" are said of that."""
    kinds = ("asks",) if speaks_of_oneself(text) or dated else ("asks", "hints")
    frames = [pattern for kind in kinds for pattern in _patterns(kind) if pattern.search(text)]
    if not frames:
        return None
    for pattern in (*frames, *_patterns("between")):
        text = pattern.sub(" ", text)
    return " ".join(text.strip(" ?!.,").split())


def speaks_of_the_past(text: str) -> bool:
    """Whether the question is put in the past tense: "how were senators elected?"."""
    return any(pattern.search(text) for pattern in _patterns("past"))


def speaks_of_oneself(text: str) -> bool:
    """Whether the asker speaks of himself or herself: "do I still get a lawyer?"."""
    return any(pattern.search(text) for pattern in _patterns("oneself"))


def asks_what_became(text: str) -> bool:
    """Whether the question asks if something is still there, or what became of it: "does the Senate still exist?"."""
    return any(pattern.search(text) for pattern in _patterns("became"))


@cache
def _patterns(name: str) -> tuple[re.Pattern[str], ...]:
    table = rtoml.loads(
        resources.files("qa.understanding").joinpath("comparison_question.toml").read_text(encoding="utf-8")
    )
    return tuple(re.compile(pattern, re.IGNORECASE) for patterns in table[name].values() for pattern in patterns)
