"""BM25 (Robertson and Zaragoza 2009) from lists that say for each term which rows have it, and with what weight.

SQLite's own BM25 takes a microsecond for each row of each list (`docs/scale.md`); these are arrays, added up. How rare
a term is does not stand in its weights: that is known when it is asked for, of all rows.
"""

from __future__ import annotations

import mmap
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from index.embedders.embedder import FloatArray
from index.stores.settled.columns import BoolArray

Places = NDArray[np.int32]

_SATURATION, _LENGTH = 1.2, 0.75  # k1 and b, as SQLite, Lucene and Milvus have them
_ENTRY = np.dtype([("term", np.int32), ("place", np.int32), ("count", np.uint16)])
_MOST = np.iinfo(np.uint16).max
_TERMS, _ENDS, _STARTS, _PLACES, _WEIGHTS = "terms.bin", "ends.npy", "starts.npy", "places.npy", "weights.npy"


class Lists(Protocol):
    """For a term, the places of rows that have it, rising, and its weight in each."""

    def of(self, term: str) -> tuple[Places, NDArray[Any]]: ...


def counted(texts: Iterable[str], numbers: dict[str, int], first: int) -> tuple[NDArray[Any], list[int]]:
    """The texts' terms with their counts, sorted by term, the first text's place being `first`; and how many terms each
    text has. New terms get the next of the `numbers`."""
    entries: list[tuple[int, int, int]] = []
    lengths: list[int] = []
    for place, text in enumerate(texts, first):
        terms = text.split()
        lengths.append(len(terms))
        for term, count in Counter(terms).items():
            entries.append((numbers.setdefault(term, len(numbers)), place, min(count, _MOST)))
    found = np.array(entries, dtype=_ENTRY)
    return found[np.argsort(found["term"], kind="stable")], lengths


def weights(counts: NDArray[Any], lengths: NDArray[Any], average: float) -> FloatArray:
    """What rises with a term's count in a row and falls with the row's length, in terms."""
    norm = _SATURATION * (1 - _LENGTH + _LENGTH * lengths / max(average, 1.0))
    return (counts * (_SATURATION + 1) / (counts + norm)).astype(np.float32)


def rarity(having: int, rows: int) -> float:
    """How much it says of a row that it has a term which `having` of the `rows` have; above 0, as in Lucene."""
    return float(np.log1p((rows - having + 0.5) / (having + 0.5)))


def best(
    lists: Sequence[tuple[Places, NDArray[Any], float]], rows: int, allowed: BoolArray | None, limit: int
) -> list[tuple[int, float]]:
    """The `limit` best of the allowed rows with their scores, best first; `lists` are places, weights and rarity."""
    if not lists:
        return []
    total = np.zeros(rows, dtype=np.float32)
    for places, weight, rare in lists:
        total[places] += weight.astype(np.float32) * np.float32(rare)
    touched = np.concatenate([places for places, _, _ in lists])
    if allowed is not None:
        touched = touched[allowed[touched]]
    scores = total[touched]
    most = limit * len(lists)  # a row is touched once for each of its terms
    if len(touched) > most:
        touched = touched[scores >= np.partition(scores, -most)[-most]]
    touched = np.unique(touched)
    order = np.argsort(-total[touched], kind="stable")[:limit]
    return [(int(place), float(total[place])) for place in touched[order]]


class PostingsMaker:
    """Writes the lists of many rows into a folder, in memory that grows with the number of terms only."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._lengths: list[int] = []
        self._parts: list[int] = []
        self._spilled = TemporaryFile()  # noqa: SIM115 (closed by `save`)

    def add(self, texts: Sequence[str]) -> None:
        """The next rows."""
        found, lengths = counted(texts, self._numbers, len(self._lengths))
        self._spilled.write(found.tobytes())
        self._parts.append(len(found))
        self._lengths += lengths

    def save(self, folder: Path) -> float:
        """Write what was added; the mean length of a row."""
        names = [term.encode() for term in self._numbers]
        order = sorted(range(len(names)), key=names.__getitem__)
        ranks = np.empty(len(names), dtype=np.int64)
        ranks[order] = np.arange(len(names))
        (folder / _TERMS).write_bytes(b"".join(names[i] for i in order))
        np.save(folder / _ENDS, np.cumsum([len(names[i]) for i in order], dtype=np.int64))
        having = np.zeros(len(names), dtype=np.int64)
        for part in self._entries():
            having += np.bincount(ranks[part["term"]], minlength=len(names))
        starts = np.concatenate([[0], np.cumsum(having)])
        np.save(folder / _STARTS, starts)
        lengths = np.array(self._lengths, dtype=np.int32)
        average = float(lengths.mean()) if len(lengths) else 0.0
        self._place(folder, ranks, starts, lengths, average)
        self._spilled.close()
        return average

    def _place(
        self, folder: Path, ranks: NDArray[Any], starts: NDArray[Any], lengths: NDArray[Any], average: float
    ) -> None:
        """Each entry to its term's list, behind those of earlier rows."""
        total = (max(int(starts[-1]), 1),)
        places = np.lib.format.open_memmap(folder / _PLACES, "w+", np.int32, total)
        weight = np.lib.format.open_memmap(folder / _WEIGHTS, "w+", np.float16, total)
        free = starts[:-1].copy()
        for part in self._entries():
            terms, first, count = np.unique(ranks[part["term"]], return_index=True, return_counts=True)
            sources = np.repeat(first, count) + _within(count)
            targets = np.repeat(free[terms], count) + _within(count)
            places[targets] = part["place"][sources]
            weight[targets] = weights(part["count"], lengths[part["place"]], average)[sources]
            free[terms] += count
        places.flush()
        weight.flush()

    def _entries(self) -> Iterable[NDArray[Any]]:
        self._spilled.seek(0)
        for count in self._parts:
            yield np.frombuffer(self._spilled.read(count * _ENTRY.itemsize), dtype=_ENTRY)


def _within(counts: NDArray[Any]) -> NDArray[np.int64]:
    """0, 1, … for each of the groups of so many."""
    return np.asarray(np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts))


class Postings:
    """The lists of a folder, mapped."""

    def __init__(self, folder: Path) -> None:
        with (folder / _TERMS).open("rb") as file:
            self._terms = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self._ends, self._starts, self._places, self._weights = (
            np.load(folder / name, mmap_mode="r") for name in (_ENDS, _STARTS, _PLACES, _WEIGHTS)
        )

    def of(self, term: str) -> tuple[Places, NDArray[Any]]:
        name = term.encode()
        at = bisect_left(range(len(self._ends)), name, key=self._name)
        if at == len(self._ends) or self._name(at) != name:
            return self._places[:0], self._weights[:0]
        here = slice(int(self._starts[at]), int(self._starts[at + 1]))
        return self._places[here], self._weights[here]

    def _name(self, at: int) -> bytes:
        return self._terms[int(self._ends[at - 1]) if at else 0 : int(self._ends[at])]


class PostingsInMemory:
    """The lists of a few rows: `entries` as counted, sorted by term."""

    def __init__(self, numbers: Mapping[str, int], entries: NDArray[Any], lengths: list[int], average: float) -> None:
        self._numbers = numbers
        self._entries = entries
        self._terms = np.ascontiguousarray(entries["term"])
        self._lengths = np.array(lengths, dtype=np.int32)
        self._average = average

    def of(self, term: str) -> tuple[Places, NDArray[Any]]:
        number = self._numbers.get(term, -1)
        found = self._entries[slice(*np.searchsorted(self._terms, [number, number + 1]))]
        places = np.ascontiguousarray(found["place"])
        return places, weights(found["count"], self._lengths[places], self._average)
