"""BM25 over the words, or over the letters, of one language's texts (Robertson and Zaragoza 2009; engine: bm25s)."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Literal

import numpy as np

from index.embedders.embedder import FloatArray
from index.words.analysis import spelling_grams, terms

Unit = Literal["words", "letters"]


class LexicalIndex:
    """BM25 scores of all texts of one language for a query. `unit` is what is matched: stems, or runs of letters."""

    def __init__(self, language: str, unit: Unit, retriever: object, count: int) -> None:
        self.language = language
        self.unit = unit
        self._retriever = retriever
        self.count = count
        self._lock = threading.Lock()

    @classmethod
    def build(cls, language: str, texts: Sequence[str], unit: Unit = "words") -> LexicalIndex:
        import bm25s

        retriever = bm25s.BM25()
        retriever.index([_units(text, language, unit) or [""] for text in texts], show_progress=False)
        return cls(language, unit, retriever, len(texts))

    def save(self, folder: Path) -> None:
        self._retriever.save(str(folder))  # type: ignore[attr-defined]

    @classmethod
    def load(cls, folder: Path, language: str, count: int, unit: Unit = "words") -> LexicalIndex:
        import bm25s

        return cls(language, unit, bm25s.BM25.load(str(folder)), count)

    def units(self, query: str) -> list[str]:
        """What of the query is matched, in its order."""
        return list(_query_units(query, self.language, self.unit))

    def knows(self, unit: str) -> bool:
        """Whether any text has it."""
        return unit in self._retriever.vocab_dict  # type: ignore[attr-defined]

    def scores(self, query: str) -> FloatArray:
        """`(count,)` float32 BM25 scores; zeros where nothing of the query occurs."""
        found = [unit for unit in self.units(query) if self.knows(unit)]
        if not found:
            return np.zeros(self.count, dtype=np.float32)
        with self._lock:
            return np.asarray(self._retriever.get_scores(found), dtype=np.float32)  # type: ignore[attr-defined]


def unit_of(kind: str) -> Unit:
    """What a lexical index of the kind counts: runs of letters where its name says so, else words."""
    return "letters" if kind.endswith("letters") else "words"


@lru_cache(maxsize=256)  # one question is looked up in several indexes
def _query_units(text: str, language: str, unit: Unit) -> tuple[str, ...]:
    return tuple(_units(text, language, unit))


def _units(text: str, language: str, unit: Unit) -> list[str]:
    return terms(text, language) if unit == "words" else spelling_grams(text)
