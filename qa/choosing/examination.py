"""Whether a model chooses well enough to be let choose: it is tried on questions whose answer is known.

The weakest models name a provision as readily as the best, and a wrong provision is a wrong answer. Where a model has
passed or failed is kept, so that it is tried once.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from pathlib import Path

import rtoml

from corpus.concordance import load_concordance
from corpus.files import write_atomically
from qa.answer import Answer
from qa.candidates import Candidates, Choice

NEEDED = 0.8  # of the questions, that must be chosen right
_FILE = "models.json"


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


@dataclass(frozen=True, slots=True)
class Mark:
    """How many of the questions were chosen right."""

    right: int
    asked: int

    @property
    def passed(self) -> bool:
        return self.right >= NEEDED * self.asked


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


class Marks:
    """The marks of models, kept in a folder under their names; in memory alone without one."""

    def __init__(self, folder: Path | None = None) -> None:
        self._path = folder / _FILE if folder else None
        self._known: dict[str, list[int]] = {}
        if self._path and self._path.is_file():
            try:
                self._known = dict(json.loads(self._path.read_text(encoding="utf-8")))
            except (OSError, ValueError, TypeError):
                self._known = {}  # whoever cannot be remembered is tried again

    def of(self, model: str, told: str) -> Mark | None:
        """The mark of the model for what it was `told`; None where it was not tried yet."""
        found = self._known.get(_key(model, told))
        is_mark = isinstance(found, list) and len(found) == 2 and all(isinstance(number, int) for number in found)
        return Mark(*found) if is_mark and found else None

    def keep(self, model: str, told: str, mark: Mark) -> None:
        """Remember the mark; where that cannot be written, only until the process ends."""
        self._known[_key(model, told)] = [mark.right, mark.asked]
        if self._path:
            try:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                write_atomically(self._path, json.dumps(self._known, indent=1).encode("utf-8"))
            except OSError:
                self._path = None


def _key(model: str, told: str) -> str:
    questions = "".join(trial.text for trial in trials())
    return hashlib.sha256("\0".join((model, told, questions)).encode()).hexdigest()[:32]
