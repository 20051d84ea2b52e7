"""The chance that the provision cited first is right: a logistic regression over what tells it, fitted so that of the
answers given 0.8 about eight in ten are (calibration, Guo et al. 2017). Its weights stand in `confidence.toml`, made by
`python -m eval.fitting.confidence` from stories and short questions by other hands, answerable and not."""

from __future__ import annotations

import math
from functools import cache
from importlib import resources

import rtoml

from index import SearchResult
from qa.evidence.abstention import Evidence
from qa.evidence.logistic import LogisticModel

_MOST_ODDS = 6.0  # from what is needed, that tell anything more
_FULL_LENGTH = 30  # words of a question beyond which a story is a story


def confidence(result: SearchResult, case: Evidence, question: str) -> float:
    """From 0 to 1, of the best hit."""
    odds = _model().log_odds(confidence_signals(result, case, question))
    return round(1 / (1 + math.exp(-odds)), 3)


def confidence_signals(result: SearchResult, case: Evidence, question: str) -> dict[str, float]:
    """What tells the chance, by name: how far what is needed to answer was exceeded, how far the best lies before the
    best of a second and of a third article, and before that of another after a second look, how surely the question
    belongs to an article, and how long it is."""
    hits = result.hits
    best = hits[0]
    articles: dict[str, float] = {}
    for hit in hits:
        articles.setdefault(hit.provision.article_id, hit.score)
    behind = [best.score - score for name, score in articles.items() if name != best.provision.article_id]
    second, third = (*behind, *([behind[-1] if behind else 1.0] * 2))[:2]
    return {
        "margin": max(-_MOST_ODDS, min(_MOST_ODDS, case.margin - case.needed)),
        "second": min(second, 0.3),
        "third": min(third, 0.3),
        "led": min(result.led, _MOST_ODDS),
        "belongs": result.belongs,
        "asked": result.asked,
        "across": best.across,
        "length": min(len(question.split()) / _FULL_LENGTH, 1.0),
    }


@cache
def _model() -> LogisticModel:
    text = resources.files("qa.evidence").joinpath("confidence.toml").read_text(encoding="utf-8")
    return LogisticModel.of(rtoml.loads(text))
