"""How sure it is that what was found in a library answers the question: a logistic regression whose weights stand in
`sureness.toml`, made by `python -m eval.legislation.sureness` from questions that laws answer and others."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

import rtoml

from qa.evidence.answer_type import wants
from qa.evidence.logistic import LogisticModel
from qa.legislation.search import LibraryHit
from qa.understanding.beyond.other_states import asks_about_another_state
from qa.understanding.question import Question

_MOST_WORDS = 12  # of a question beyond which more words make nothing surer


@dataclass(frozen=True, slots=True)
class Sureness:
    """The case for answering from the best hit, in log-odds, and the least that is answered."""

    odds: float
    needed: float

    @property
    def sufficient(self) -> bool:
        return self.odds >= self.needed


def sureness(hits: Sequence[LibraryHit], question: Question) -> Sureness | None:
    """The case for the best of the hits; None without hits."""
    if not hits:
        return None
    model, needed = _model()
    return Sureness(round(model.log_odds(sureness_signals(hits, question)), 4), needed[question.written_in])


def sureness_signals(hits: Sequence[LibraryHit], question: Question) -> dict[str, float]:
    """What tells it, by name: how near the best is by meaning and by words, how far before the best of another
    article, how long the question is, and what kind of thing it wants."""
    best = hits[0]
    article = best.provision.id.split("__")[0]
    behind = [hit.score for hit in hits if hit.provision.id.split("__")[0] != article]
    words = max(len(question.topic.split()), 1)
    text, language = question.topic, question.written_in
    return {
        "dense": best.dense,
        "score": best.score,
        "words": best.bm25 / math.sqrt(words),
        "before_second": best.score - behind[0] if behind else 0.0,
        "length": math.log1p(min(words, _MOST_WORDS)),
        "another_state": float(asks_about_another_state(text, language)),
        "task": float(wants("task", text, language)),
        "news": float(wants("news", text, language)),
    }


@cache
def _model() -> tuple[LogisticModel, dict[str, float]]:
    table = rtoml.loads(resources.files("qa.legislation").joinpath("sureness.toml").read_text(encoding="utf-8"))
    return LogisticModel.of(table), table["needed"]
