"""The nearest rows of a library on this machine, by inner product."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path

import faiss
import numpy as np

from index.embedders.embedder import FloatArray
from index.stores.rows import Filters
from index.stores.tables import filter_clause


class NearestRows:
    """Searches the vectors of a library exactly; they are read when they are first asked for, and again when another
    act was written. Safe to share by threads."""

    def __init__(self, folder: Path, base: Callable[[], sqlite3.Connection]) -> None:
        self._folder = folder
        self._base = base
        self._reading = threading.Lock()
        self._read: tuple[str, faiss.Index] | None = None

    def search(self, vector: FloatArray, filters: Filters, limit: int) -> dict[int, float]:
        """The `limit` nearest rows that satisfy the filters, with their inner product."""
        index = self._current()
        if index is None:
            return {}
        clause, values = filter_clause(filters)
        chosen = None
        if clause:
            rows = self._base().execute(f"SELECT id FROM provisions WHERE 1{clause}", values)
            chosen = faiss.SearchParameters(
                sel=faiss.IDSelectorBatch(np.fromiter((r for (r,) in rows), dtype=np.int64))
            )
        scores, ids = index.search(vector[None, :], limit, params=chosen)
        return {int(row): round(float(score), 6) for row, score in zip(ids[0], scores[0], strict=True) if row >= 0}

    def settle(self) -> None:
        """Read what was written."""
        self._current()

    def _current(self) -> faiss.Index | None:
        turn = self._base().execute("SELECT value FROM told WHERE name = 'turn'").fetchone()
        if turn is None:
            return None
        with self._reading:
            if self._read is None or self._read[0] != turn[0]:
                found = self._base().execute("SELECT id, vector FROM vectors ORDER BY id").fetchall()
                if not found:
                    return None
                vectors = np.stack([np.frombuffer(blob, dtype=np.float32) for _, blob in found])
                index = faiss.IndexIDMap2(faiss.IndexFlatIP(vectors.shape[1]))
                index.add_with_ids(vectors, np.array([row for row, _ in found], dtype=np.int64))
                self._read = (str(turn[0]), index)
            return self._read[1]
