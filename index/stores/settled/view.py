"""A library at one moment, ready to be searched: the rows that were settled, and those since."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from itertools import chain
from typing import NamedTuple

import numpy as np

from index.embedders.embedder import FloatArray
from index.stores.rows import Filters
from index.stores.settled.columns import Allowed, BoolArray, Columns
from index.stores.settled.files import Settled
from index.stores.settled.postings import Lists, best, rarity
from index.stores.settled.recent import Recent
from index.stores.tables import filter_clause, vectors_of

Moment = tuple[str, str]

_FEW = 2_000  # rows that are all compared exactly
_CANDIDATES, _FOR_EACH = 200, 4  # of more, so many are compared exactly, or so many for each that is wanted
_POSTINGS = 500_000  # entries of terms' lists that a search adds up
_ALWAYS = 3  # terms that are searched for whatever the length of their lists
_KEPT = 16  # filters whose rows are remembered

Scores = dict[int, float]


class _Part(NamedTuple):
    columns: Columns
    words: Lists
    there: BoolArray  # which rows were not removed since


class View:
    """Searches the library as it was at the `moment`. Safe to share by threads, each with a connection of its own in a
    transaction that sees that moment."""

    def __init__(self, base: sqlite3.Connection, moment: Moment, settled: Settled | None, recent: Recent) -> None:
        self.moment = moment
        self.settled = settled
        self.recent = recent
        gone = base.execute("SELECT first, last FROM removed").fetchall()
        self._parts = [
            _Part(part.columns, part.words, part.columns.outside(gone))
            for part in (settled, recent)
            if part is not None
        ]
        self._rows = sum(len(part.columns.ids) for part in self._parts)
        self._known: dict[Filters, list[Allowed | None]] = {}

    def nearest(self, base: sqlite3.Connection, vector: FloatArray, filters: Filters, limit: int) -> Scores:
        """The `limit` nearest rows that satisfy the filters, with their inner product."""
        allowed = self._allowed(base, filters)
        found = [self._nearest_recent(vector, allowed[-1], limit)]
        if self.settled:
            found.append(self._nearest_settled(base, self.settled, vector, allowed[0], limit))
        return _first(found, limit)

    def worded(self, base: sqlite3.Connection, terms: Sequence[str], filters: Filters, limit: int) -> Scores:
        """The `limit` best rows by BM25 that satisfy the filters, with their score. Of many common terms only the
        rarest are searched for; rows removed since still count in how rare a term is."""
        lists = {term: [part.words.of(term) for part in self._parts] for term in dict.fromkeys(terms)}
        having = {term: sum(len(places) for places, _ in found) for term, found in lists.items()}
        chosen, entries = list[str](), 0
        for term in sorted(filter(having.get, having), key=lambda term: (having[term], term)):
            entries += having[term]
            if entries <= _POSTINGS or len(chosen) < _ALWAYS:
                chosen.append(term)
        if not chosen:
            return {}
        found = []
        for i, (part, allowed) in enumerate(zip(self._parts, self._allowed(base, filters), strict=True)):
            weighed = [(*lists[term][i], rarity(having[term], self._rows)) for term in chosen]
            places = best(weighed, len(part.columns.ids), allowed.rows if allowed else None, limit)
            found.append([(int(part.columns.ids[place]), score) for place, score in places])
        return _first(found, limit)

    def _nearest_recent(self, vector: FloatArray, allowed: Allowed | None, limit: int) -> list[tuple[int, float]]:
        ids = self.recent.columns.ids
        if not len(ids):
            return []
        scores = self.recent.vectors @ vector
        places = np.arange(len(ids)) if allowed is None else np.flatnonzero(allowed.rows)
        places = places[np.argsort(-scores[places], kind="stable")[:limit]]
        return list(zip(ids[places].tolist(), scores[places].tolist(), strict=True))

    def _nearest_settled(
        self, base: sqlite3.Connection, settled: Settled, vector: FloatArray, allowed: Allowed | None, limit: int
    ) -> list[tuple[int, float]]:
        if allowed is not None and allowed.count <= max(_FEW, limit):
            places = np.flatnonzero(allowed.rows)
        else:
            places = settled.near(vector, max(_CANDIDATES, _FOR_EACH * limit), allowed)
        ids = np.sort(settled.columns.ids[places]).tolist()
        return list(zip(ids, (_vectors(base, ids) @ vector).tolist(), strict=True)) if ids else []

    def _allowed(self, base: sqlite3.Connection, filters: Filters) -> list[Allowed | None]:
        """For each part, which of its rows may be found; None for all."""
        known = self._known.get(filters)
        if known is None:
            rows = [
                part.there & which for part, which in zip(self._parts, self._satisfying(base, filters), strict=True)
            ]
            known = [None if which.all() else Allowed(which) for which in rows]
            if len(self._known) >= _KEPT:
                self._known = {}
            self._known[filters] = known
        return known

    def _satisfying(self, base: sqlite3.Connection, filters: Filters) -> list[BoolArray]:
        if not filters.acts:
            return [part.columns.satisfying(filters) for part in self._parts]
        clause, values = filter_clause(filters)
        rows = base.execute(f"SELECT id FROM provisions WHERE 1{clause} ORDER BY id", values)
        ids = np.fromiter(chain.from_iterable(rows), dtype=np.int64)
        return [part.columns.among(ids) for part in self._parts]


def _first(found: Sequence[list[tuple[int, float]]], limit: int) -> Scores:
    """The best of all, of equals the earlier row."""
    best_first = sorted(chain.from_iterable(found), key=lambda pair: (-pair[1], pair[0]))
    return {row: round(score, 6) for row, score in best_first[:limit]}


def _vectors(base: sqlite3.Connection, ids: Sequence[int]) -> FloatArray:
    """Vectors of the rows `(n, d)`; the ids rise."""
    chosen = "SELECT vector FROM vectors WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id"
    return vectors_of([row[0] for row in base.execute(chosen, (json.dumps(ids),))])
