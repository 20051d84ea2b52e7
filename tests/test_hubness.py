"""A text that is near to whatever is asked counts for less, in documents of official text alone."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from corpus.provision import Provision
from index.embedders.embedder import FloatArray
from index.storage.hubness import hubness
from index.texts import IndexedText
from tests.gardens import indexed_garden


def _provisions() -> list[Provision]:
    return [p for text in indexed_garden()[1] for p in text.provisions if not p.excluded]


def _space(count: int) -> tuple[list[IndexedText], FloatArray, list[int]]:
    """`count` texts of which the first lies in the middle of thirty questions, and all others far from them."""
    random = np.random.default_rng(3)
    questions = random.normal(0, 0.1, (30, 16)) + np.eye(16)[0]
    texts = np.vstack([np.eye(16)[0], np.tile(np.eye(16)[1], (count - 1, 1))])
    vectors = np.vstack([texts, questions]).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    rows = [IndexedText(place, "whole", 0, 1, "") for place in range(count)]
    return rows, vectors, list(range(count, count + 30))


def test_what_is_near_to_every_question_is_a_hub_of_its_document() -> None:
    provisions = _provisions()[:4]
    rows, vectors, questions = _space(4)
    provisions = [replace(p, document="one") for p in provisions]
    found = hubness(provisions, rows, vectors, questions)
    assert found is not None
    assert found.argmax() == 0
    assert found[0] > 0.5
    assert abs(float(found.mean())) < 1e-6


def test_a_document_with_plain_words_has_none_and_without_questions_nothing_is_known() -> None:
    provisions = [replace(p, document="one") for p in _provisions()[:4]]
    rows, vectors, questions = _space(4)
    layered = [replace(provisions[0], wording="plain"), *provisions[1:]]
    found = hubness(layered, rows, vectors, questions)
    assert found is not None
    assert not found.any()
    assert hubness(provisions, rows, vectors, []) is None
