"""Any sentence-transformers model, by hub name or folder. Importing torch takes seconds: only here, only when used."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from index.embedders.embedder import FloatArray
from index.embedders.hub import source_of
from index.errors import EmbedderUnavailable


class SentenceTransformerEmbedder:
    """Uses the model's own `query` and `passage`/`document` prompts; E5 models get theirs if they name none."""

    def __init__(self, name: str) -> None:
        try:
            source = source_of(name)
            from sentence_transformers import SentenceTransformer

            self._model = SentenceTransformer(source)
        except (ImportError, OSError, ValueError, RuntimeError) as error:
            reason = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
            raise EmbedderUnavailable(f"The embedding model {name!r} cannot be loaded: {reason}") from error
        self.name = name
        self.dimension = int(self._model.get_embedding_dimension() or 0)
        prompts = {role: text for role, text in (self._model.prompts or {}).items() if text}
        e5 = "e5" in Path(name).name.lower()
        self._query = prompts.get("query", "query: " if e5 else "")
        self._passage = prompts.get("passage", prompts.get("document", "passage: " if e5 else ""))
        self._lock = threading.Lock()

    @property
    def fingerprint(self) -> str:
        """The name, the roles and a probe's vector: another revision under the same name shows in the probe."""
        probe = np.round(self.embed_passages(["Ата заң. Основной закон. Basic law."])[0, :8], 3).tolist()
        return f"sentence-transformers {self.name} {self._query!r} {self._passage!r} {probe}"

    def embed_queries(self, texts: Sequence[str]) -> FloatArray:
        return self._embed(texts, self._query)

    def embed_passages(self, texts: Sequence[str]) -> FloatArray:
        return self._embed(texts, self._passage)

    def _embed(self, texts: Sequence[str], prompt: str) -> FloatArray:
        if not texts:
            return np.empty((0, self.dimension), dtype=np.float32)
        with self._lock:
            vectors = self._model.encode(
                list(texts), prompt=prompt, normalize_embeddings=True, convert_to_numpy=True, show_progress_bar=False
            )
        return np.asarray(vectors, dtype=np.float32)
