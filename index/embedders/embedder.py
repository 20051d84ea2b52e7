"""What the index needs of an embedding model."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float32]


class Embedder(Protocol):
    """Turns texts into vectors. Queries and passages are embedded in their own roles; safe to share by threads."""

    @property
    def name(self) -> str:
        """What the user typed to get this model."""

    @property
    def dimension(self) -> int:
        """Length of a vector."""

    @property
    def fingerprint(self) -> str:
        """Changes whenever the same text could get another vector."""

    def embed_queries(self, texts: Sequence[str]) -> FloatArray:
        """`(n, dimension)` float32, L2-normalised rows."""

    def embed_passages(self, texts: Sequence[str]) -> FloatArray:
        """`(n, dimension)` float32, L2-normalised rows."""
