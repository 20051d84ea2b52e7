"""BM25 over the words, or over the letters, of one language's texts (Robertson and Zaragoza 2009).

The weights are those of bm25s (Lù 2024, "BM25S: Orders of magnitude faster lexical search"); here they are only added
up, since that library draws in SciPy, which to import takes longer than an answer.
"""

from __future__ import annotations

import io
import json
import mmap
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Literal

import numpy as np
import numpy.typing as npt

from index.embedders.embedder import FloatArray
from index.words.analysis import spelling_grams, terms

Unit = Literal["words", "letters"]
_ARRAYS = ("data", "indices", "indptr")


@dataclass(frozen=True, slots=True)
class _Weights:
    """A sparse matrix by columns, a column for each unit: `data` and `indices` of unit `u` lie from `indptr[u]` to
    `indptr[u + 1]`; `place` is the ordinal of each unit."""

    place: Mapping[str, int]
    data: FloatArray
    indices: npt.NDArray[np.int32]
    indptr: npt.NDArray[np.int64]


class LexicalIndex:
    """BM25 scores of all texts of one language for a query. `unit` is what is matched: stems, or runs of letters. Read
    when it is first asked."""

    def __init__(self, language: str, unit: Unit, count: int, read: Callable[[], _Weights]) -> None:
        self.language = language
        self.unit = unit
        self.count = count
        self._read = read

    @classmethod
    def build(cls, language: str, texts: Sequence[str], unit: Unit = "words") -> LexicalIndex:
        import bm25s

        place: dict[str, int] = {}
        # Numbers that are shared by all texts: of runs of letters there are millions.
        numbers = [
            [place.setdefault(one, len(place)) for one in _units(text, language, unit) or [""]] for text in texts
        ]
        retriever = bm25s.BM25()
        retriever.index((numbers, place), show_progress=False)
        found = _Weights(retriever.vocab_dict, *(retriever.scores[name] for name in _ARRAYS))
        return cls(language, unit, len(texts), lambda: found)

    def save(self, path: Path) -> None:
        """Write one file of arrays (`.npz`); the units are JSON in it."""
        path.parent.mkdir(parents=True, exist_ok=True)
        units = json.dumps(self._weights.place, ensure_ascii=False).encode("utf-8")
        arrays = {name: getattr(self._weights, name) for name in _ARRAYS}
        np.savez(path, units=np.frombuffer(units, dtype=np.uint8), **arrays)

    @classmethod
    def load(cls, path: Path, language: str, count: int, unit: Unit = "words") -> LexicalIndex:
        """From the file, which is mapped now and read later: it may be gone by then, when another process has built a
        newer index. Raises FileNotFoundError."""
        with path.open("rb") as file:
            mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)

        def read() -> _Weights:
            with mapped, np.load(io.BytesIO(mapped)) as arrays:
                return _Weights(json.loads(arrays["units"].tobytes()), *(arrays[name] for name in _ARRAYS))

        return cls(language, unit, count, read)

    @cached_property
    def _weights(self) -> _Weights:
        return self._read()

    def units(self, query: str) -> list[str]:
        """What of the query is matched, in its order."""
        return list(_query_units(query, self.language, self.unit))

    def knows(self, unit: str) -> bool:
        """Whether any text has it."""
        return unit in self._weights.place

    def scores(self, query: str) -> FloatArray:
        """`(count,)` float32 BM25 scores; zeros where nothing of the query occurs."""
        total = np.zeros(self.count, dtype=np.float32)
        known = self._weights
        for unit in self.units(query):
            if (at := known.place.get(unit)) is not None:
                column = slice(known.indptr[at], known.indptr[at + 1])
                total[known.indices[column]] += known.data[column]  # a text stands in a column once
        return total


def unit_of(kind: str) -> Unit:
    """What a lexical index of the kind counts: runs of letters where its name says so, else words."""
    return "letters" if kind.endswith("letters") else "words"


@lru_cache(maxsize=256)  # one question is looked up in several indexes
def _query_units(text: str, language: str, unit: Unit) -> tuple[str, ...]:
    return tuple(_units(text, language, unit))


def _units(text: str, language: str, unit: Unit) -> list[str]:
    return terms(text, language) if unit == "words" else spelling_grams(text)
