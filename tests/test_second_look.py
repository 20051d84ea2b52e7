"""A second look orders the first few by what they tell beside one another, and nothing else."""

from __future__ import annotations

import numpy as np
import pytest

from index.evidence import Evidence
from index.layout import IntArray, Layout
from index.second_look import CANDIDATES, FEATURES, LookWeights, SecondLook
from qa import Assistant

_CONSTITUTION = "kz-constitution-2026"
_QUESTION = "Can a judge be sent to a court in another town against her will?"


def _look(assistant: Assistant, articles: dict[str, float] | None = None, **features: float) -> SecondLook:
    weights = np.array([features.get(name, 0.0) for name in FEATURES], dtype=np.float32)
    layout = Layout(assistant.index.provisions, assistant.index.contents.texts)
    return SecondLook(layout, LookWeights(weights, articles or {}))


@pytest.fixture(scope="module")
def found(assistant: Assistant) -> tuple[Evidence, IntArray]:
    evidence = assistant.index.evidence(_QUESTION, language="en", documents=[_CONSTITUTION])
    ranked = np.argsort(-np.nan_to_num(evidence.score, nan=-np.inf), kind="stable")
    return evidence, ranked[:40]


def _articles(assistant: Assistant, slots: IntArray) -> list[str]:
    return [assistant.index.identifiers[slot].split("__")[0] for slot in slots]


def test_without_weights_everything_stays(assistant: Assistant, found: tuple[Evidence, IntArray]) -> None:
    evidence, ranked = found
    again, led = _look(assistant).ordered(ranked, [evidence])
    assert again.tolist() == ranked.tolist()
    assert led == 0.0


def test_an_article_that_weighs_most_comes_first_and_what_lies_behind_stays(
    assistant: Assistant, found: tuple[Evidence, IntArray]
) -> None:
    evidence, ranked = found
    names = _articles(assistant, ranked[:CANDIDATES])
    last = next(name for name in reversed(names) if name != names[0])
    again, led = _look(assistant, {last: 5.0}).ordered(ranked, [evidence])
    assert _articles(assistant, again)[0] == last
    assert led == pytest.approx(5.0)
    assert sorted(again[:CANDIDATES]) == sorted(ranked[:CANDIDATES])
    assert again[CANDIDATES:].tolist() == ranked[CANDIDATES:].tolist()


def test_questions_near_a_provision_speak_for_it(assistant: Assistant, found: tuple[Evidence, IntArray]) -> None:
    """Whose questions are most among the nearest comes first, if that is all that counts."""
    evidence, ranked = found
    look = _look(assistant, article_of_40=1.0)
    slots = ranked[look.candidates(ranked, evidence.layered)]
    counts = look.features(slots, evidence.layered, evidence.cosines)[:, FEATURES.index("article_of_40")]
    assert 0 < counts.max() <= 40
    again, _ = look.ordered(ranked, [evidence])
    assert _articles(assistant, again)[0] == _articles(assistant, slots)[int(np.argmax(counts))]


def test_what_has_no_layer_is_not_looked_at_again(assistant: Assistant) -> None:
    evidence = assistant.index.evidence(_QUESTION, language="en", documents=["udhr"])
    ranked = np.argsort(-np.nan_to_num(evidence.score, nan=-np.inf), kind="stable")[:20]
    look = _look(assistant, words=9.0)
    assert look.candidates(ranked, evidence.layered).size == 0
    assert look.ordered(ranked, [evidence])[1] == 0.0


def test_scores_stay_in_their_places(assistant: Assistant) -> None:
    """Thresholds are set to them."""
    hits = assistant.index.search(_QUESTION, language="en", documents=[_CONSTITUTION], limit=30).hits
    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)
