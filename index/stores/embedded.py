"""A library on this machine: rows in SQLite, found by vector with FAISS and by words with BM25 (`settled/`).

SQLite's transactions make an act whole or absent; several processes may read while one writes (write-ahead log).
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

from index.embedders.embedder import FloatArray
from index.stores.database import Database, holds_store, tell, told
from index.stores.nearest import SearchedRows
from index.stores.provision_store import Counts, Health, StoreFailure
from index.stores.rows import Filters, Found, StoredAct, StoredProvision
from index.stores.settled.files import Settled, Unreadable, make_settled, remove_others
from index.stores.tables import SCHEMA, vector_bytes, vectors_of
from index.stores.wording import title_key

__all__ = ["EmbeddedStore", "holds_store"]

_ACT = tuple(field.name for field in fields(StoredAct))
_PROVISION = tuple(field.name for field in fields(StoredProvision))
_EXACT = 20_000  # rows that are searched in memory, exactly
_SHARE = 0.1  # of those settled, rows that may come after them before all are settled again
_WORTH = 2_000  # rows that are worth settling a large library again, when one is asked to


class EmbeddedStore:
    """A library in a folder, which is made where there is none. Safe to share by threads."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file = Database(folder)
        self._rows = SearchedRows(folder)
        # More at once than there are cores would only wait for each other in the middle of their work; here they wait
        # in their order.
        self._searching = ThreadPoolExecutor(os.cpu_count() or 1, thread_name_prefix="library")

    @property
    def name(self) -> str:
        return str(self._folder)

    def put(self, act: StoredAct, provisions: Sequence[StoredProvision], vectors: FloatArray, embedder: str) -> None:
        with self._file.transaction() as base:
            known = told(base, "embedder")
            if known and known != embedder:
                raise StoreFailure(
                    "other_model", f"The library {self.name} keeps vectors of another embedding model ({known})."
                )
            tell(base, embedder=embedder, dimension=str(vectors.shape[1]))
            self._drop(base, act.id, act.language)
            rows = [[getattr(p, name) for name in _PROVISION] for p in provisions]
            marks = ", ".join("?" * len(_PROVISION))
            for row, vector in zip(rows, vectors, strict=True):
                at = base.execute(f"INSERT INTO provisions ({', '.join(_PROVISION)}) VALUES ({marks})", row).lastrowid
                base.execute("INSERT INTO vectors (id, vector) VALUES (?, ?)", (at, vector_bytes(vector)))
            columns = (*_ACT, "title_key", "short_key")
            values = [*asdict(act).values(), title_key(act.title), title_key(act.short)]
            places = ", ".join("?" * len(columns))
            base.execute(f"INSERT INTO acts ({', '.join(columns)}) VALUES ({places})", values)
            self._turn(base)
            most = max(_EXACT, int(_SHARE * int(told(base, "settled_to") or 0)))
        # Else memory and the time of a search would grow with all that is being added.
        self._settle(lambda base: self._grown(base, most))

    def remove(self, act: str, language: str | None = None) -> int:
        with self._file.transaction() as base:
            languages = (
                [language]
                if language
                else [row[0] for row in base.execute("SELECT language FROM acts WHERE id = ?", (act,))]
            )
            gone = sum(self._drop(base, act, code) for code in languages)
            if gone:
                self._turn(base)
            return gone

    def acts(self) -> Iterator[StoredAct]:
        for row in self._file.read(f"SELECT {', '.join(_ACT)} FROM acts ORDER BY id, language"):
            yield StoredAct(*row)

    def act(self, identifier: str, language: str) -> StoredAct | None:
        found = self._acts("id = ? AND language = ?", (identifier, language))
        return found[0] if found else None

    def titled(self, title: str) -> tuple[StoredAct, ...]:
        key = title_key(title)
        return self._acts("title_key = ? OR short_key = ?", (key, key)) if key else ()

    def provisions(self, act: str, language: str, article_eid: str | None = None) -> tuple[StoredProvision, ...]:
        where, values = "act = ? AND language = ?", [act, language]
        if article_eid:
            where += " AND (eid = ? OR eid LIKE ? ESCAPE '!')"
            values += [article_eid, article_eid.replace("_", "!_") + "!_!_%"]
        return self._provisions(f"WHERE {where} ORDER BY ordinal", values)

    def rows(self, act: str, language: str) -> tuple[tuple[StoredProvision, ...], FloatArray]:
        found = self._file.read(
            f"SELECT vector, {', '.join(_PROVISION)} FROM provisions JOIN vectors USING (id)"
            " WHERE act = ? AND language = ? ORDER BY ordinal",
            (act, language),
        )
        kept = list(found)
        return tuple(StoredProvision(*row[1:]) for row in kept), vectors_of([row[0] for row in kept])

    def search(self, vector: FloatArray, terms: Sequence[str], *, filters: Filters, limit: int) -> tuple[Found, ...]:
        return self._searching.submit(self._search, vector, terms, filters, limit).result()

    def _search(self, vector: FloatArray, terms: Sequence[str], filters: Filters, limit: int) -> tuple[Found, ...]:
        try:
            return self._found(vector, terms, filters, limit)
        except Unreadable:
            self._settle(self._damaged)  # if another process settled just now, it is not, and the next view is of that
        try:
            return self._found(vector, terms, filters, limit)
        except Unreadable as error:
            raise StoreFailure("damaged", f"The library {self.name} cannot be read: {error} is damaged.") from error

    def _found(self, vector: FloatArray, terms: Sequence[str], filters: Filters, limit: int) -> tuple[Found, ...]:
        with self._file.snapshot() as base:
            moment = told(base, "turn"), told(base, "settled")
            if not moment[0]:
                return ()
            view = self._rows.view(base, moment)
            dense = view.nearest(base, vector, filters, limit)
            bm25 = view.worded(base, terms, filters, limit)
            rows = sorted({*dense, *bm25})
            found = self._provisions("WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id", [json.dumps(rows)])
        return tuple(
            Found(provision, dense.get(row), bm25.get(row)) for row, provision in zip(rows, found, strict=True)
        )

    def count(self) -> Counts:
        ((acts, provisions),) = self._file.read(
            "SELECT (SELECT COUNT(DISTINCT id) FROM acts), (SELECT COUNT(*) FROM provisions)"
        )
        return Counts(acts, provisions)

    def embedder(self) -> str:
        return self._file.told("embedder")

    def fingerprint(self) -> str:
        turn = self._file.told("turn")
        return turn and f"{self.embedder()}-{turn}"

    def settle(self) -> None:
        self._settle(lambda base: self._grown(base, _WORTH))

    def _settle(self, due: Callable[[sqlite3.Connection], bool]) -> None:
        """Make the files that a large library is searched with, where that is due. Others read and write meanwhile; a
        kill at any moment leaves the files of before."""
        with self._file.snapshot() as base:
            if not due(base):
                return
        from filelock import FileLock  # draws in asyncio; only settling needs it

        with FileLock(self._folder / ".settling"):
            with self._file.snapshot() as base:
                if not due(base):  # another process did it while this one waited
                    return
                number = base.execute("SELECT COALESCE(MAX(number), 0) FROM removed").fetchone()[0]
                rows, last = base.execute("SELECT COUNT(*), MAX(id) FROM provisions").fetchone()
                large = rows > _EXACT
                try:
                    made = make_settled(base, self._folder, told(base, "turn")) if large else ""
                except OSError as error:
                    raise StoreFailure("full", f"{self.name} cannot be settled: {error.strerror or error}.") from error
            with self._file.transaction() as base:
                tell(base, settled=made, settled_to=str(last if large else 0))
                base.execute("DELETE FROM removed WHERE number <= ?", (number,))
                self._turn(base)
            remove_others(self._folder, made)

    def _grown(self, base: sqlite3.Connection, most: int) -> bool:
        """Whether more rows than that were written since the library was settled, or more than are searched exactly in
        one that never was."""
        settled = int(told(base, "settled_to") or 0)
        last = base.execute("SELECT MAX(id) FROM provisions").fetchone()[0] or 0
        if last - settled <= most:
            return False
        written = base.execute("SELECT COUNT(*) FROM provisions WHERE id > ?", (settled,)).fetchone()[0]
        return bool(written > (most if settled else max(most, _EXACT)))

    def _damaged(self, base: sqlite3.Connection) -> bool:
        """Whether the files of the settled rows cannot be read."""
        try:
            Settled(self._folder / told(base, "settled"))
        except Unreadable:
            return True
        return False

    def health(self) -> Health:
        self._file.told("turn")  # whether it can be read at all
        return Health("SQLite and FAISS", sqlite3.sqlite_version, SCHEMA)

    def close(self) -> None:
        self._searching.shutdown()
        self._file.close()

    def _acts(self, where: str, values: Sequence[str]) -> tuple[StoredAct, ...]:
        found = self._file.read(f"SELECT {', '.join(_ACT)} FROM acts WHERE {where} ORDER BY id, language", values)
        return tuple(StoredAct(*row) for row in found)

    def _provisions(self, rest: str, values: Sequence[Any]) -> tuple[StoredProvision, ...]:
        found = self._file.read(f"SELECT {', '.join(_PROVISION)} FROM provisions {rest}", values)
        return tuple(StoredProvision(*row) for row in found)

    def _drop(self, base: sqlite3.Connection, act: str, language: str) -> int:
        """Take the act in the language out; how many provisions it had. Their ids are neighbours, written at once."""
        of_it = "FROM provisions WHERE act = ? AND language = ?"
        first, last = base.execute(f"SELECT MIN(id), MAX(id) {of_it}", (act, language)).fetchone()
        base.execute("DELETE FROM acts WHERE id = ? AND language = ?", (act, language))
        if first is None:
            return 0
        base.execute("INSERT INTO removed (first, last) VALUES (?, ?)", (first, last))
        base.execute("DELETE FROM vectors WHERE id BETWEEN ? AND ?", (first, last))
        return base.execute("DELETE FROM provisions WHERE id BETWEEN ? AND ?", (first, last)).rowcount

    def _turn(self, base: sqlite3.Connection) -> None:
        """Note that what is found may have changed."""
        tell(base, turn=str(int(told(base, "turn") or 0) + 1))
