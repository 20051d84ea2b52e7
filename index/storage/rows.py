"""Rows of numbers that are multiplied as often as they are asked for, whether they lie in memory or coded in a file."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from index.embedders.embedder import FloatArray

_BLOCK = 1024  # rows that are decoded at once, into memory that is used again for the next
_OFTEN = 3  # times that all are decoded before they are kept


class Rows:
    """`(n, d)` float32. One question asks of each number once, and the first touch of memory costs more than decoding:
    they are decoded by blocks, and kept once a process has asked often. Safe to share by threads."""

    def __init__(self, count: int, width: int, decode: Callable[[slice, FloatArray], None]) -> None:
        """`decode` writes the rows of the slice into the array given for them."""
        self.shape = count, width
        self._decode = decode
        self._whole: FloatArray | None = None
        self._decoded = 0

    @classmethod
    def of(cls, array: FloatArray) -> Rows:
        """Rows that are in memory."""

        def decode(part: slice, into: FloatArray) -> None:
            into[:] = array[part]

        rows = cls(array.shape[0], array.shape[1], decode)
        rows._whole = array
        return rows

    def __len__(self) -> int:
        return self.shape[0]

    def whole(self) -> FloatArray:
        """All of them, not to be written to; they are not kept for that."""
        if self._whole is not None:
            return self._whole
        rows = np.empty(self.shape, dtype=np.float32)
        self._decode(slice(0, len(self)), rows)
        return rows

    def times(self, vector: FloatArray, start: int = 0, end: int | None = None) -> FloatArray:
        """The products `(k,)` of the rows `start:end` with the vector `(d,)`."""
        last = len(self) if end is None else min(end, len(self))
        products = np.empty(max(last - start, 0), dtype=np.float32)
        for part, rows in self.blocks(start, last):
            np.dot(rows, vector, out=products[part.start - start : part.stop - start])
        return products

    def weighed(self, weights: FloatArray) -> FloatArray:
        """The sum `(d,)` of the rows, each times its weight, of weights `(n,)`."""
        total = np.zeros(self.shape[1], dtype=np.float32)
        for part, rows in self.blocks(0, len(self)):
            total += weights[part] @ rows
        return total

    def blocks(self, start: int, end: int) -> Iterator[tuple[slice, FloatArray]]:
        """The rows `start:end` by blocks, each to be used before the next is asked for: all at once where they are in
        memory."""
        if self._whole is None and self._decoded >= _OFTEN * len(self):
            self._whole = self.whole()
        if self._whole is not None:
            yield slice(start, end), self._whole[start:end]
            return
        self._decoded += end - start
        memory = np.empty((min(_BLOCK, max(end - start, 0)), self.shape[1]), dtype=np.float32)
        for first in range(start, end, _BLOCK):
            part = slice(first, min(first + _BLOCK, end))
            rows = memory[: part.stop - part.start]
            self._decode(part, rows)
            yield part, rows
