"""Two embedders as one: what the one misses, the other may find."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from index.embedders.embedder import Embedder, FloatArray

_HALF = np.float32(0.5**0.5)


class SideBySideEmbedder:
    """The vectors of two embedders one after the other, so that a cosine is the mean of theirs."""

    def __init__(self, one: Embedder, other: Embedder) -> None:
        self._both = (one, other)
        self.name = f"{one.name} + {other.name}"
        self.dimension = one.dimension + other.dimension

    @property
    def fingerprint(self) -> str:
        return " + ".join(each.fingerprint for each in self._both)

    def embed_queries(self, texts: Sequence[str]) -> FloatArray:
        return _beside([each.embed_queries(texts) for each in self._both])

    def embed_passages(self, texts: Sequence[str]) -> FloatArray:
        return _beside([each.embed_passages(texts) for each in self._both])


def _beside(vectors: Sequence[FloatArray]) -> FloatArray:
    return np.concatenate(vectors, axis=1) * _HALF
