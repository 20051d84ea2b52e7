"""Vectors as they are kept: in five bits, in eight, in a file, and found again in another index."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from index import build_index, open_embedder
from index.embedders.embedder import FloatArray
from index.storage.building import lines_of
from index.storage.coding import (
    coded_vectors,
    coded_weights,
    decoded_vectors,
    in_eight_bits,
    packed_weights,
    rows_of_weights,
    unpacked_weights,
)
from index.storage.rows import Rows
from index.storage.shipped import NOTHING
from index.storage.vectors import (
    BoolArray,
    InIndexes,
    Known,
    Line,
    embedded,
    files_of,
    hashes_of,
    read_vectors,
    write_vectors,
)
from index.texts import indexed_texts
from tests.gardens import indexed_garden

_BEES = Line("May I keep bees?", is_question=True)


def _unit(count: int, width: int, seed: int = 5) -> FloatArray:
    vectors = np.random.default_rng(seed).normal(size=(count, width)).astype(np.float32)
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)


def test_eight_bits_keep_a_cosine_to_half_a_hundredth_and_the_length_whole() -> None:
    vectors = _unit(300, 256)
    numbers, scales = in_eight_bits(vectors)
    again = numbers * scales[:, None]
    assert numbers.dtype == np.int8
    assert np.abs(again @ again.T - vectors @ vectors.T).max() < 5e-3
    assert np.abs(np.linalg.norm(again, axis=1) - 1).max() < 1e-6


def test_what_was_kept_in_five_bits_is_kept_in_eight_as_it_is() -> None:
    five = decoded_vectors(*coded_vectors(_unit(300, 256)))
    numbers, scales = in_eight_bits(five)
    assert np.abs(numbers * scales[:, None] - five).max() < 1e-6
    assert (numbers % 8 == 0).all()


@pytest.mark.parametrize("columns", [1, 4, 8, 98])
def test_weights_come_back_the_largest_all_but_whole_and_the_rest_to_a_fifteenth(columns: int) -> None:
    weights = np.random.default_rng(3).normal(size=(5000, columns)).astype(np.float32) ** 3
    weights[7] = 0
    found = unpacked_weights(packed_weights(weights), columns)
    assert found.shape == weights.shape
    assert not found[7].any()
    order = np.argsort(-np.abs(weights), axis=1)
    apart = np.take_along_axis(np.abs(found - weights), order, axis=1)
    sizes = np.take_along_axis(np.abs(weights), order, axis=1)
    assert (apart[:, :4] <= sizes[:, :4] / 1000 + 1e-6).all()
    if columns > 4:
        assert (apart[:, 4:] <= sizes[:, 4:5] / 30 + 1e-6).all()
    # As a machine keeps them, in eight bits, they are what shipped.
    assert np.allclose(rows_of_weights(coded_weights(found)).whole(), found, rtol=1e-3, atol=1e-6)


def test_a_vector_of_nothing_stays_one() -> None:
    numbers, scales = in_eight_bits(np.zeros((2, 8), dtype=np.float32))
    assert not (numbers * scales[:, None]).any()


@pytest.mark.parametrize("count", [0, 1, 5000])
def test_a_file_of_vectors_is_read_as_it_was_written(tmp_path: Path, count: int) -> None:
    vectors = decoded_vectors(*coded_vectors(_unit(count, 64))) if count else np.zeros((0, 64), dtype=np.float32)
    write_vectors(tmp_path / "some.faiss", Rows.of(vectors))
    found = read_vectors(tmp_path / "some.faiss").whole()
    assert found.shape == (count, 64)
    assert np.abs(found - vectors).max(initial=0) < 1e-6
    assert sum(path.stat().st_size for path in files_of(tmp_path / "some.faiss")) < 70 * count + 1000


class _Told:
    """Knows one vector, and nothing else."""

    def __init__(self, name: str, vector: FloatArray) -> None:
        self._name, self._vector = name, vector

    def fill(self, hashes: Sequence[str], vectors: FloatArray, there: BoolArray) -> None:
        for place, name in enumerate(hashes):
            if name == self._name and not there[place]:
                vectors[place], there[place] = self._vector, True


def test_what_an_index_holds_is_not_computed_again_and_of_two_that_know_it_the_first_is_asked(tmp_path: Path) -> None:
    embedder = open_embedder()
    documents, texts = indexed_garden()
    build_index(tmp_path, documents, texts, embedder, ships=NOTHING)
    held = lines_of(indexed_texts([p for text in texts for p in text.provisions]), {}, {})
    lines = [_BEES, *held, held[0]]
    hashes = hashes_of(embedder, lines)
    told: list[tuple[int, int]] = []

    def vectors(*known: Known) -> FloatArray:
        told.clear()
        return embedded(known, lines, hashes, embedder, lambda *now: told.append(now))

    computed = vectors()
    assert told[0] == (0, len(lines))
    found = vectors(InIndexes(tmp_path / "none"), InIndexes(tmp_path))
    assert told[0] == (len(lines) - 1, len(lines))
    assert np.einsum("ij,ij->i", computed, found).min() > 0.999
    other = np.zeros(embedder.dimension, dtype=np.float32)
    assert (vectors(_Told(hashes[1], other), InIndexes(tmp_path))[1] == other).all()
    assert (vectors(InIndexes(tmp_path), _Told(hashes[1], other))[1] != other).any()
    for damaged in tmp_path.glob("*/vectors.scales.npy"):
        damaged.write_bytes(damaged.read_bytes()[:-4])
    vectors(InIndexes(tmp_path))
    assert told[0] == (0, len(lines))
