"""Vectors of the texts that the simple systems search, kept on disk between runs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from joblib import Memory

from index import Embedder
from index.embedders.embedder import FloatArray
from index.storage.vectors import Progress

_BATCH = 16


class CachedEmbedding:
    """An embedder whose passages are embedded once for each model and list of texts."""

    def __init__(self, embedder: Embedder, folder: Path, on_progress: Progress | None = None) -> None:
        self._embedder = embedder
        self._on_progress = on_progress or (lambda *_: None)
        self._cached = Memory(folder, verbose=0).cache(self._embed, ignore=["self"])

    def passages(self, texts: Sequence[str]) -> FloatArray:
        """`(n, dimension)` float32, L2-normalised rows."""
        return np.asarray(self._cached(self._embedder.fingerprint, tuple(texts)), dtype=np.float32)

    def query(self, text: str) -> FloatArray:
        """`(dimension,)` float32, L2-normalised."""
        return np.asarray(self._embedder.embed_queries([text])[0], dtype=np.float32)

    def _embed(self, fingerprint: str, texts: tuple[str, ...]) -> FloatArray:
        parts = []
        for start in range(0, len(texts), _BATCH):
            parts.append(self._embedder.embed_passages(texts[start : start + _BATCH]))
            self._on_progress(min(start + _BATCH, len(texts)), len(texts))
        return np.concatenate(parts) if parts else np.empty((0, self._embedder.dimension), dtype=np.float32)
