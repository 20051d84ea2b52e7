"""Rows written since a library was last settled, in memory and searched exactly: all rows of a small library."""

from __future__ import annotations

import sqlite3
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.embedders.embedder import FloatArray
from index.stores.settled.columns import COLUMNS, Columns
from index.stores.settled.postings import PostingsInMemory, counted
from index.stores.tables import vectors_of

_READ = f"SELECT id, vector, terms, {COLUMNS} FROM provisions JOIN vectors USING (id) WHERE id > ? ORDER BY id"


class Recent:
    """Rows in the order of their ids, not changed once read. `average` is the length of a row, in terms, that weights
    are told by: the settled rows', or where there are none, these rows'."""

    def __init__(self, base: sqlite3.Connection, after: int, average: float, known: Recent | None = None) -> None:
        """Those with ids above `after`; what was `known` of them is not read again."""
        self._numbers: dict[str, int] = known._numbers if known else {}
        last = int(known.columns.ids[-1]) if known and len(known.columns.ids) else after
        rows = base.execute(_READ, (last,)).fetchall()
        count = len(known.columns.ids) if known else 0
        columns = Columns.of((row[0], row[3:]) for row in rows)
        vectors = vectors_of([row[1] for row in rows])
        entries, lengths = counted((row[2] for row in rows), self._numbers, count)
        if known and count:
            columns = known.columns.with_more(columns)
            vectors = np.concatenate([known.vectors, vectors]) if rows else known.vectors
            entries = np.concatenate([known._entries, entries])
            entries = entries[np.argsort(entries["term"], kind="stable")]
            lengths = [*known._lengths, *lengths]
        self.columns: Columns = columns
        self.vectors: FloatArray = vectors
        self._entries: NDArray[Any] = entries
        self._lengths: list[int] = lengths
        self.average = average or sum(lengths) / max(len(lengths), 1)
        self.words = PostingsInMemory(self._numbers, entries, lengths, self.average)
