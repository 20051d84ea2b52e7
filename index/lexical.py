"""BM25 over the words of one language's provisions (Robertson and Zaragoza 2009; engine: bm25s)."""

from __future__ import annotations

import threading
from pathlib import Path

import numpy as np

from index.analysis import terms
from index.embedder import FloatArray


class LexicalIndex:
    """BM25 scores of all texts of one language for a query."""

    def __init__(self, language: str, retriever: object, count: int) -> None:
        self.language = language
        self._retriever = retriever
        self._count = count
        self._lock = threading.Lock()

    @classmethod
    def build(cls, language: str, texts: list[str]) -> LexicalIndex:
        import bm25s

        retriever = bm25s.BM25()
        retriever.index([terms(text, language) or [""] for text in texts], show_progress=False)
        return cls(language, retriever, len(texts))

    def save(self, folder: Path) -> None:
        self._retriever.save(str(folder))  # type: ignore[attr-defined]

    @classmethod
    def load(cls, folder: Path, language: str, count: int) -> LexicalIndex:
        import bm25s

        return cls(language, bm25s.BM25.load(str(folder)), count)

    def scores(self, query: str) -> FloatArray:
        """`(count,)` float32 BM25 scores; zeros where no word of the query occurs."""
        wanted = terms(query, self.language)
        with self._lock:
            known = self._retriever.vocab_dict  # type: ignore[attr-defined]
            found = [term for term in wanted if term in known]
            if not found:
                return np.zeros(self._count, dtype=np.float32)
            return np.asarray(self._retriever.get_scores(found), dtype=np.float32)  # type: ignore[attr-defined]
