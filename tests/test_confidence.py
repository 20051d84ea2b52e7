"""How sure an answer is of what it cites first: told as a chance, and where it is low, with what else it may be."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from corpus.concordance import load_concordance
from eval.asking.dataset import load
from qa import Assistant
from qa.evidence.abstention import evidence
from qa.evidence.confidence import confidence
from qa.messages import message

_STRANGERS = Path(__file__).parent.parent / "eval" / "datasets" / "strangers-dev.jsonl"


@pytest.mark.parametrize(
    ("question", "is_told"),
    [
        ("How long can the police hold me without a judge?", True),
        ("What does article 17 say?", False),
        ("hello", False),
        ("What is the weather like tomorrow?", False),
    ],
)
def test_the_chance_is_told_of_what_was_searched_for(assistant: Assistant, question: str, is_told: bool) -> None:
    told = assistant.ask(question).to_json()["confidence"]
    assert (told is not None) is is_told
    assert told is None or 0.5 < told <= 1.0


def test_the_chance_grows_with_what_speaks_for_the_best(assistant: Assistant) -> None:
    question = "How long can the police hold me without a judge?"
    result = assistant.search(question, document=load_concordance().new)
    case = evidence(result, question, "en")
    assert case
    hits = [replace(hit, score=result.hits[0].score - 0.001) for hit in result.hits[1:]]
    doubtful = replace(result, hits=(result.hits[0], *hits), belongs=0.0)
    assert confidence(doubtful, replace(case, margin=case.needed), question) < confidence(result, case, question)


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_an_unsure_answer_says_so(assistant: Assistant, language: str) -> None:
    told = message("answer.one_of_these", language)
    items = [item for item in load(_STRANGERS) if item.language == language and item.answerable]
    answers = [assistant.ask(item.question, language=language) for item in items]
    unsure = [a for a in answers if a.confidence is not None and a.confidence < 0.5 and a.mode == "extractive"]
    assert unsure
    said = {told, message("answer.unsure", language)}
    assert [a.question for a in unsure if not any(notice in a.notice for notice in said)] == []
    sure = [a for a in answers if a.confidence is not None and a.confidence > 0.9]
    assert sure
    assert not any(message("answer.unsure", language) in a.notice for a in sure)
