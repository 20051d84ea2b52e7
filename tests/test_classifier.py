"""Learning from the questions people ask which article a question belongs to, and whether to any."""

from __future__ import annotations

import numpy as np
import pytest

from index import Embedder, open_embedder
from index.classifier import learn
from qa import Assistant
from qa.evidence.abstention import contrast_texts, unanswered_questions


@pytest.fixture(scope="module")
def embedder() -> Embedder:
    return open_embedder()


def test_what_is_learned_tells_classes_apart_and_what_is_answered(embedder: Embedder) -> None:
    asked = {
        "bees": ["May I keep bees?", "Are beehives allowed?", "How many hives may stand in the garden?"],
        "dogs": ["May I bring my dog?", "Must dogs be on a lead?", "Where may dogs run?"],
        None: ["Who is the gardener now?", "What does a rose cost?", "What is the gardener's phone number?"],
    }
    lines = [(name, line) for name, lines in asked.items() for line in lines]
    vectors = embedder.embed_queries([line for _, line in lines])
    classifier = learn(vectors, range(len(lines)), [name for name, _ in lines])
    assert classifier.articles == ("bees", "dogs")
    for question, best in (("Is beekeeping permitted?", "bees"), ("Can I walk the dog here?", "dogs")):
        scores, answerable, beside = classifier.scores(vectors @ embedder.embed_queries([question])[0])
        assert scores.shape == (2,)
        assert classifier.articles[int(np.argmax(scores))] == best
        assert answerable > 0
        assert beside == 0  # there are no other documents
    _, answerable, _ = classifier.scores(vectors @ embedder.embed_queries(["How much is a tulip?"])[0])
    assert answerable < 0


def test_the_same_questions_teach_the_same(embedder: Embedder) -> None:
    vectors = embedder.embed_queries(["one thing", "another thing", "something else"])
    first, again = (learn(vectors, [0, 1, 2], ["a", "b", None]) for _ in range(2))
    assert np.array_equal(first.weights(), again.weights())


def test_of_too_many_questions_it_learns_from_some_of_each_part(embedder: Embedder) -> None:
    lines = [f"May I keep {bees} bees?" for bees in range(12)] + [f"Where may {dogs} dogs run?" for dogs in range(12)]
    classes = ["bees"] * 12 + ["dogs"] * 12
    vectors = embedder.embed_queries(lines)
    classifier = learn(vectors, range(24), classes, most=6)
    learned_from = np.flatnonzero(np.abs(classifier.weights()).sum(axis=1))
    assert len(learned_from) == 6
    assert {classes[i] for i in learned_from} == {"bees", "dogs"}
    scores, _, _ = classifier.scores(vectors @ embedder.embed_queries(["Where do dogs run?"])[0])
    assert classifier.articles[int(np.argmax(scores))] == "dogs"


@pytest.mark.parametrize(
    ("answered", "not_answered"),
    [
        ("How many deputies are there now?", "How many women are there among the deputies now?"),
        ("Are rallies allowed?", "Where is the next rally?"),
        ("Сколько депутатов Курултая?", "Сколько депутатов Курултая опоздали сегодня?"),
        ("Кто назначает генерального прокурора?", "Кто сейчас генеральный прокурор?"),
        ("Құрылтайда неше депутат бар?", "Құрылтай қай көшеде орналасқан?"),
        ("Азаптауға тыйым салынған ба?", "Кальянға тыйым салынған ба?"),
    ],
)
def test_one_word_decides_whether_there_is_an_answer(assistant: Assistant, answered: str, not_answered: str) -> None:
    assert assistant.ask(answered).abstained is None
    assert assistant.ask(not_answered).abstained


def test_questions_not_answered_are_questions_in_three_languages_and_told_apart() -> None:
    told = unanswered_questions()
    assert min(len(lines) for lines in told.values()) > 400
    for language, lines in told.items():
        assert len({line.casefold() for line in lines}) == len(lines)
        assert not {line.casefold() for line in lines} & {line.casefold() for line in contrast_texts()[language]}
        assert all(line == line.strip() != "" for line in lines)


def test_questions_of_a_document_without_plain_words_are_told_from_the_others(embedder: Embedder) -> None:
    asked = {
        "bees": ["May I keep bees?", "Are beehives allowed?"],
        "shed": ["Who locks the tool shed?", "Where is the spade kept?", "When is the shed open?"],
    }
    lines = [(name, line) for name, lines in asked.items() for line in lines]
    vectors = embedder.embed_queries([line for _, line in lines])
    classifier = learn(vectors, range(len(lines)), [name for name, _ in lines], {"shed"})
    _, answerable, beside = classifier.scores(vectors @ embedder.embed_queries(["Is the shed locked?"])[0])
    assert beside > max(0, answerable)
    _, answerable, beside = classifier.scores(vectors @ embedder.embed_queries(["May bees be kept here?"])[0])
    assert answerable > max(0, beside)
