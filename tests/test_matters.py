"""Learning from lines that people type what is asked for as a whole."""

from __future__ import annotations

import numpy as np
import pytest

from index import Embedder, MatterLines, open_embedder
from index.lists import points_by_lead_in
from index.matters import MatterFinder, MatterKind, learn_matters, lexical_kinds, matter_questions, texts_of
from index.words.lexical import LexicalIndex, unit_of

_MATTERS = {
    "bees": MatterLines(
        "subject", {"en": ["tell me about keeping bees", "all rules on hives"]}, {"en": ["Bees", "beekeeping"]}
    ),
    "dogs": MatterLines(
        "subject", {"en": ["what is written on dogs", "list the duties of dog owners"]}, {"en": ["Dogs", "pets"]}
    ),
    "hello": MatterLines("aside", {"en": ["hello", "good morning", "hi there"]}, {"en": []}),
    "goats": MatterLines("absence", {"en": []}, {"en": ["keeping goats", "goat sheds"]}),
    "fees": MatterLines("absence", {"en": []}, {"en": ["the fee of the garden", "paying to come in"]}),
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
    kinds: tuple[MatterKind, ...] = ("subject", "absence")
    lexical = {
        (name, "en"): LexicalIndex.build("en", texts_of(_MATTERS, kind, "en"), unit_of(name))
        for kind in kinds
        for name in lexical_kinds(kind)
    }
    return MatterFinder(learned, lexical, lambda question: np.asarray(embedder.embed_queries([question])[0]))


@pytest.mark.parametrize(
    ("question", "subject"), [("Tell me all on hives", "bees"), ("list duties of people with dogs", "dogs")]
)
def test_a_subject_is_told_from_another_by_what_is_learned_and_by_words(
    finder: MatterFinder, question: str, subject: str
) -> None:
    scores = finder.of(question, question, "en")
    fits = scores.subjects
    place = fits.names.index(subject)
    for found in (fits.learned, fits.words, fits.letters):
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


def test_what_is_looked_for_in_vain_is_known_by_meaning_and_by_words(finder: MatterFinder) -> None:
    fits = finder.absences("may goats live here?", "goats", "en")
    place = fits.names.index("goats")
    for found in (fits.learned, fits.words, fits.letters):
        assert int(np.argmax(found)) == place
    there = finder.absences("tell me about keeping bees", "bees", "en")
    assert float(there.learned.max()) < float(fits.learned.max())
