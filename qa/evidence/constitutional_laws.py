"""Whether a question asks what the Constitution itself settles, or the details of a constitutional law.

Both speak of the same bodies, and one searched after the other would always answer from the Constitution. A logistic
regression over what each has to say decides; its weights stand in `constitutional_laws.toml`, made by
`python -m eval.fitting.choice` from the questions learned from of the laws, most of them by people who saw nothing of
the assistant, and the development questions on the Constitution.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache
from importlib import resources

import rtoml

from corpus import Document
from corpus.links import load_links
from index import SearchResult
from qa.evidence.logistic import LogisticModel

# The question is so surely the Constitution's that the laws are not asked.
_SURELY = 0.7
# From these log-odds on the law is cited before the Constitution, or beside it.
FIRST = 1.5
BESIDE = 0.5
# A law that carries out the very article found tells more of it: it is cited beside it from here on, and mostly repeats
# it: so the Constitution is cited first up to there.
_BESIDE_ITS_ARTICLE = -1.5
_REPEATED = 3.5


def constitutional_laws(documents: Mapping[str, Document]) -> tuple[str, ...]:
    """Those installed that carry out the Constitution."""
    return tuple(name for name, document in documents.items() if document.kind == "law" and name in load_links().served)


def may_be_a_laws(constitution: SearchResult) -> bool:
    """Whether the laws are worth asking, by what was found in the Constitution."""
    return bool(constitution.hits) and constitution.belongs < _SURELY


def signals(constitution: SearchResult, law: SearchResult) -> dict[str, float]:
    """What the model weighs, by name. The lines on laws that were learned from are mostly stories, and a long story is
    like them by its length alone: so what speaks for a law is weighed by that."""
    length = math.log1p(constitution.wording.count)
    return {
        "nearer": law.nearness - constitution.nearness,
        "like_the_laws": law.beside,
        "like_the_constitutions": constitution.answerable or 0.0,
        "belongs_to_law": law.belongs,
        "belongs_to_constitution": constitution.belongs,
        "length": length,
        "like_the_laws_by_length": law.beside * length,
        "belongs_to_law_by_length": law.belongs * length,
    }


def law_meant(constitution: SearchResult, law: SearchResult) -> float:
    """Log-odds that the law's details are asked for, not what the Constitution settles."""
    return round(choice_model().log_odds(signals(constitution, law)), 4)


def comes_first(constitution: SearchResult, law: SearchResult, odds: float) -> bool:
    """Whether the law is cited before the Constitution."""
    return odds >= (_REPEATED if _carries_out(constitution, law) else FIRST)


def is_beside(constitution: SearchResult, law: SearchResult, odds: float) -> bool:
    """Whether the law is cited at all."""
    return odds >= (_BESIDE_ITS_ARTICLE if _carries_out(constitution, law) else BESIDE)


def _carries_out(constitution: SearchResult, law: SearchResult) -> bool:
    served = load_links().served_by(law.hits[0].provision.id)
    return constitution.hits[0].provision.article_id in served


@cache
def choice_model() -> LogisticModel:
    """The model, as `python -m eval.fitting.choice --write` wrote it."""
    text = resources.files("qa.evidence").joinpath("constitutional_laws.toml").read_text(encoding="utf-8")
    return LogisticModel.of(rtoml.loads(text))
