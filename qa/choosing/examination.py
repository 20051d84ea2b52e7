"""Whether a model chooses well enough to be let choose: it is tried on questions whose answer is known.

The weakest models name a provision as readily as the best, and a wrong provision is a wrong answer.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources

import rtoml

from corpus.concordance import load_concordance
from qa.answer import Answer
from qa.candidates import Candidates, Choice
from qa.prose.generators.marks import Mark


@dataclass(frozen=True, slots=True)
class Trial:
    """A question, and the articles of which one decides it; none where nothing answers it."""

    text: str
    articles: tuple[str, ...]

    def is_right(self, choice: Choice | None) -> bool:
        """Whether the choice is: a provision of the articles first, or that nothing answers."""
        if choice is None:
            return False
        if not self.articles:
            return choice.refusal is not None
        document = load_concordance().new
        first = choice.provisions[0].split("__")[0] if choice.provisions else ""
        return first in {f"{document}#art_{article}" for article in self.articles}


@cache
def trials() -> tuple[Trial, ...]:
    """The questions of the examination, in their order."""
    table = rtoml.loads(resources.files("qa.choosing").joinpath("examination.toml").read_text(encoding="utf-8"))
    return tuple(Trial(row["text"], tuple(row["articles"])) for row in table["asked"])


def examined(ask: Callable[[str], Answer], choose: Callable[[Answer, Candidates], Choice | None]) -> Mark:
    """The mark of what chooses. It is given what the search found from the last to the first, so that no place is right
    by habit. Raises what `choose` does."""
    right = 0
    for trial in trials():
        answer = ask(trial.text)
        assert answer.candidates
        turned = replace(answer.candidates, provisions=answer.candidates.provisions[::-1])
        right += trial.is_right(choose(answer, turned))
    return Mark(right, len(trials()))
