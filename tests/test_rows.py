"""Rows are multiplied alike whether they are decoded for it or kept."""

from __future__ import annotations

import numpy as np
import pytest

from index.embedders.embedder import FloatArray
from index.storage.rows import Rows

_COUNT, _WIDTH = 2500, 7  # more than a block, and no whole number of them


class Coded:
    """Rows that count how many of them were decoded."""

    def __init__(self) -> None:
        self.array = np.random.default_rng(0).standard_normal((_COUNT, _WIDTH)).astype(np.float32)
        self.decoded = 0
        self.rows = Rows(_COUNT, _WIDTH, self._decode)

    def _decode(self, part: slice, into: FloatArray) -> None:
        into[:] = self.array[part]
        self.decoded += len(into)


@pytest.fixture
def coded() -> Coded:
    return Coded()


@pytest.mark.parametrize(("start", "end"), [(0, None), (0, 10), (1000, 2100), (2400, 9999), (5, 5)])
def test_products_are_those_of_the_whole_before_and_after_it_is_kept(coded: Coded, start: int, end: int | None) -> None:
    vector = coded.array[3]
    for _ in range(6):
        assert np.allclose(coded.rows.times(vector, start, end), coded.array[start:end] @ vector, atol=1e-5)
        assert np.allclose(coded.rows.times(vector), coded.array @ vector, atol=1e-5)


def test_weighed_sums_are_those_of_the_whole(coded: Coded) -> None:
    weights = np.linspace(-1, 1, _COUNT, dtype=np.float32)
    for _ in range(6):
        assert np.allclose(coded.rows.weighed(weights), weights @ coded.array, rtol=1e-3, atol=1e-2)


def test_what_is_asked_often_is_no_longer_decoded(coded: Coded) -> None:
    for _ in range(8):
        coded.rows.times(coded.array[0])
    often = coded.decoded
    coded.rows.times(coded.array[0])
    assert coded.decoded == often
    assert coded.rows.whole() is coded.rows.whole()


def test_asked_once_it_takes_no_memory_for_the_whole(coded: Coded) -> None:
    coded.rows.times(coded.array[0])
    assert coded.decoded == _COUNT
    assert coded.rows.whole() is not coded.rows.whole()


def test_without_rows_there_is_nothing() -> None:
    rows = Rows.of(np.zeros((0, 3), dtype=np.float32))
    assert len(rows) == 0
    assert rows.times(np.ones(3, dtype=np.float32)).shape == (0,)
    assert rows.weighed(np.zeros(0, dtype=np.float32)).tolist() == [0, 0, 0]
