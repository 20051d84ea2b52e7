"""The order of clauses in documents of which nothing is known beforehand."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from corpus import Folders
from corpus.provision import Provision
from index import open_embedder, untrained_embedder
from index.clauses.order import ClauseOrder, ClauseWeights, headings
from index.clauses.second_reader import SecondReader
from index.embedders.embedder import Embedder, FloatArray
from index.layout import Layout
from index.texts import TextTable, indexed_texts
from qa import Assistant
from qa.setup.private_library import PrivateLibrary

_CLAUSES = (
    "PAYMENT FOR HIVES",
    "1. The keeper is paid forty tenge for each hive on the first day of the month.",
    "2. Late payment costs the owner one jar of honey a week.",
    "3. The keeper may bring a dog if it is quiet.",
    "4. Who leaves tells the owner thirty days before.",
)


def _clauses(texts: Sequence[str]) -> list[Provision]:
    return [Provision("bees", f"clause_{n}", "en", text) for n, text in enumerate(texts)]


def test_what_is_short_or_in_capitals_is_a_heading() -> None:
    assert headings(_clauses(_CLAUSES)).tolist() == [1, 0, 0, 0, 0]
    assert headings(_clauses(["5. Of the dog", "The dog is quiet and eats little."])).tolist() == [1, 0]


@pytest.mark.parametrize(
    ("language", "question", "first"),
    [
        ("en", "How many tenge is the keeper paid for a hive?", 1),
        ("en", "May I come with my puppy?", 3),
        ("ru", "Можно привести щенка?", 3),
        ("kk", "Қалай шығамын, неше күн бұрын айтамын?", 4),
    ],
)
def test_the_clause_that_answers_comes_before_its_heading(language: str, question: str, first: int) -> None:
    clauses = _clauses(_CLAUSES)
    rows = indexed_texts(clauses)
    own = open_embedder()
    second = untrained_embedder(own)
    assert second is not None
    texts = [row.text for row in rows]
    order = ClauseOrder(clauses, Layout(clauses, TextTable.of(rows)), second, second.embed_passages(texts))
    cosines = own.embed_passages(texts) @ own.embed_queries([question])[0]
    scores = order.of(question, language, cosines, np.zeros(len(clauses), dtype=np.float32))
    assert int(scores.argmax()) == first


def test_letters_in_common_tell_where_nothing_else_does() -> None:
    clauses = _clauses(["The keeper tends bees in May.", "The keeper tends bees in June."])
    rows = indexed_texts(clauses)
    second = untrained_embedder(open_embedder())
    assert second is not None
    nothing = second.embed_passages([row.text for row in rows]) * 0
    weights = ClauseWeights(heading=0)
    order = ClauseOrder(clauses, Layout(clauses, TextTable.of(rows)), second, nothing, weights)
    scores = order.of("June?", "en", nothing[:, 0], np.array([0, 3], dtype=np.float32))
    assert scores[1] - scores[0] == pytest.approx(weights.unit * weights.letters)


def test_a_matter_in_common_tells_across_languages() -> None:
    clauses = _clauses(["The keeper tends bees in May.", "The keeper may bring a dog."])
    rows = indexed_texts(clauses)
    second = untrained_embedder(open_embedder())
    assert second is not None
    nothing = second.embed_passages([row.text for row in rows]) * 0
    order = ClauseOrder(clauses, Layout(clauses, TextTable.of(rows)), second, nothing, ClauseWeights(heading=0))
    scores = order.of("Можно ли прийти с собакой?", "ru", nothing[:, 0], np.zeros(2, dtype=np.float32))
    assert scores[1] > scores[0]


class _Counted:
    """The embedder, and how many passages it was given."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder, self.passages = embedder, 0
        self.name, self.dimension, self.fingerprint = embedder.name, embedder.dimension, embedder.fingerprint

    def embed_queries(self, texts: Sequence[str]) -> FloatArray:
        return self._embedder.embed_queries(texts)

    def embed_passages(self, texts: Sequence[str]) -> FloatArray:
        self.passages += len(texts)
        return self._embedder.embed_passages(texts)


def test_a_text_is_read_once_and_progress_runs_through_both_readings(
    assistant: Assistant, installed_folders: Folders
) -> None:
    second = untrained_embedder(assistant.index.embedder)
    assert second is not None
    library = PrivateLibrary(assistant, installed_folders.index)
    counted = _Counted(second)
    library._second = SecondReader(counted)
    told: list[float] = []
    try:
        library.add("\n\n".join(_CLAUSES).encode(), "bees.txt", "en", lambda done, total: told.append(done / total))
        assert told == sorted(told)
        assert told[-1] == 1.0
        read = counted.passages
        assert read >= len(_CLAUSES)
        library.add(b"5. The gate is locked at nine in the evening.", "gate.txt", "en")
        assert read < counted.passages < read + len(_CLAUSES)
        answer = library.ask("When is the gate locked?")
        assert answer is not None
        assert "nine" in (answer.citations[0].quote or "")
    finally:
        library.close()


def test_another_embedder_is_taken_as_it_is() -> None:
    class Named:
        name = "some/model"

    assert untrained_embedder(Named()) is None  # type: ignore[arg-type]
