"""What filters ask of rows, for all rows at once."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.stores.rows import Filters

BoolArray = NDArray[np.bool_]
IdArray = NDArray[np.int64]

COLUMNS = "language, kind, status, since, until"  # of `provisions`, in the order of `Told`
Told = tuple[str, str, str, int, int]

_IDS, _RUNS = "ids.npy", "runs.json"


class Allowed:
    """Rows that may be found: `rows` says of each whether it may `(n,)`, `bits` the same as FAISS wants it."""

    def __init__(self, rows: BoolArray) -> None:
        self.rows = rows
        self.bits = np.packbits(rows, bitorder="little")
        self.count = int(rows.sum())


@dataclass(frozen=True, slots=True)
class Columns:
    """`ids` are the rows' own, rising; a row's place among them is its position in everything made from them. `runs`
    are what is told of neighbours that are told the same, which an act's provisions are; `lengths` how many these are.
    """

    ids: IdArray
    runs: Sequence[Told]
    lengths: NDArray[np.int64]

    @classmethod
    def of(cls, rows: Iterable[tuple[int, Told]]) -> Columns:
        ids: list[int] = []
        runs: list[Told] = []
        lengths: list[int] = []
        for told, neighbours in groupby(rows, key=lambda row: row[1]):
            before = len(ids)
            ids += [row for row, _ in neighbours]
            runs.append(told)
            lengths.append(len(ids) - before)
        return cls(np.array(ids, dtype=np.int64), runs, np.array(lengths, dtype=np.int64))

    def with_more(self, more: Columns) -> Columns:
        """These rows, then those."""
        return Columns(
            np.concatenate([self.ids, more.ids]), [*self.runs, *more.runs], np.concatenate([self.lengths, more.lengths])
        )

    def save(self, folder: Path) -> None:
        np.save(folder / _IDS, self.ids)
        (folder / _RUNS).write_text(json.dumps([self.runs, self.lengths.tolist()]), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> Columns:
        runs, lengths = json.loads((folder / _RUNS).read_text(encoding="utf-8"))
        ids = np.load(folder / _IDS, mmap_mode="r")
        return cls(ids, [tuple(run) for run in runs], np.array(lengths, dtype=np.int64))

    def satisfying(self, filters: Filters) -> BoolArray:
        """Which rows satisfy the filters `(n,)`, acts aside."""
        wanted = (filters.languages, filters.kinds, filters.statuses)
        return np.repeat(np.array([_satisfies(run, wanted, filters.on) for run in self.runs], dtype=bool), self.lengths)

    def among(self, ids: IdArray) -> BoolArray:
        """Which rows are among the ids, which rise `(n,)`."""
        places = np.searchsorted(self.ids, ids)
        found = np.zeros(len(self.ids), dtype=bool)
        places, ids = places[places < len(self.ids)], ids[places < len(self.ids)]
        found[places[self.ids[places] == ids]] = True
        return found

    def outside(self, ranges: Iterable[tuple[int, int]]) -> BoolArray:
        """Which rows are in none of the ranges of ids, both ends included `(n,)`."""
        kept = np.ones(len(self.ids), dtype=bool)
        for first, last in ranges:
            kept[np.searchsorted(self.ids, first) : np.searchsorted(self.ids, last, side="right")] = False
        return kept


def _satisfies(told: Told, wanted: Sequence[Sequence[Any]], on: int | None) -> bool:
    chosen = all(not values or value in values for values, value in zip(wanted, told, strict=False))
    return chosen and (on is None or told[3] <= on <= told[4])
