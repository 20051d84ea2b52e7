"""Learning from lines that people type what is asked for as a whole."""

from __future__ import annotations

import numpy as np
import pytest

from index import Embedder, MatterLines, open_embedder
from index.lists import points_by_lead_in
from index.matters import MatterFinder, learn_matters, matter_questions, subject_texts
from index.words.lexical import LexicalIndex

_MATTERS = {
    "bees": MatterLines(
        "subject", {"en": ["tell me about keeping bees", "all rules on hives"]}, {"en": ["Bees", "beekeeping"]}
    ),
    "dogs": MatterLines(
        "subject", {"en": ["what is written on dogs", "list the duties of dog owners"]}, {"en": ["Dogs", "pets"]}
    ),
    "hello": MatterLines("aside", {"en": ["hello", "good morning", "hi there"]}, {"en": []}),
    "fair": MatterLines(
        "opinion", {"en": ["is it fair that dogs pay", "are the bees treated well, do you think"]}, {"en": []}
    ),
}
_POINTS = ["How many hives may I have?", "Who may bring a dog?", "When does the gate close?"]


@pytest.fixture(scope="module")
def finder() -> MatterFinder:
    embedder: Embedder = open_embedder()
    learned = learn_matters(
        _MATTERS, embedder.embed_queries(matter_questions(_MATTERS)), embedder.embed_queries(_POINTS)
    )
    lexical = {
        (unit, "en"): LexicalIndex.build("en", subject_texts(_MATTERS, "en"), unit) for unit in ("words", "letters")
    }
    return MatterFinder(learned, lexical, lambda question: np.asarray(embedder.embed_queries([question])[0]))


@pytest.mark.parametrize(
    ("question", "subject"), [("Tell me all on hives", "bees"), ("list duties of people with dogs", "dogs")]
)
def test_a_subject_is_told_from_another_by_what_is_learned_and_by_words(
    finder: MatterFinder, question: str, subject: str
) -> None:
    scores = finder.of(question, question, "en")
    place = scores.subjects.index(subject)
    for found in (scores.learned, scores.words, scores.letters):
        assert int(np.argmax(found)) == place


def test_wholes_asides_and_judgements_are_told_apart(finder: MatterFinder) -> None:
    whole, point = (finder.of(q, q, "en") for q in ("tell me about all the rules on dogs", "How many dogs may I have?"))
    assert whole.broad > 0 > point.broad
    greeting = finder.of("good morning", "good morning", "en")
    assert greeting.asides["hello"] > 0.5 > point.asides["hello"]
    judged = finder.of("do you think it is fair?", "do you think it is fair?", "en")
    assert judged.opinion > point.opinion


def test_the_points_of_a_list_belong_to_what_opens_it() -> None:
    identifiers = ["d#art_1", "d#art_1__point_1", "d#art_1__point_1__subpara_2", "d#art_1__point_2", "d#art_2__para_1"]
    identifiers += [
        "d#art_2__para_1__subpara_2",
        "d#art_2__para_1__point_1",
        "d#art_3__para_2",
        "d#art_3__para_3__point_a",
    ]
    assert points_by_lead_in(identifiers) == {
        "d#art_1": ("d#art_1__point_1", "d#art_1__point_1__subpara_2", "d#art_1__point_2"),
        "d#art_2__para_1__subpara_2": ("d#art_2__para_1__point_1",),
    }
