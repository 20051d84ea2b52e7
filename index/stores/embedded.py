"""A library on this machine: rows and BM25 in SQLite (its FTS5 extension), vectors searched with FAISS.

SQLite's transactions make an act whole or absent; several processes may read while one writes (write-ahead log).
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

import numpy as np

from index.embedders.embedder import FloatArray
from index.stores.nearest import NearestRows
from index.stores.provision_store import Counts, Health, StoreFailure
from index.stores.rows import Filters, Found, StoredAct, StoredProvision
from index.stores.tables import SCHEMA, TABLES, filter_clause
from index.stores.wording import title_key

_FILE = "library.sqlite"
_ACT = tuple(field.name for field in fields(StoredAct))
_PROVISION = tuple(field.name for field in fields(StoredProvision))
_WAIT = 30.0  # seconds for another process that writes


def holds_store(folder: Path) -> bool:
    """Whether a library is kept in the folder."""
    return (folder / _FILE).is_file()


class EmbeddedStore:
    """A library in a folder, which is made where there is none. Safe to share by threads."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._here = threading.local()
        self._writing = threading.Lock()
        self._open: list[sqlite3.Connection] = []
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreFailure("damaged", f"The library {folder} cannot be made: {error.strerror or error}.") from error
        with self._transaction() as base:
            schema = base.execute("PRAGMA user_version").fetchone()[0]
            if schema not in (0, SCHEMA):
                raise StoreFailure(
                    "outdated",
                    f"The library {folder} has schema {schema}, this release {SCHEMA}: sync it anew elsewhere.",
                )
            if schema == 0:
                for statement in TABLES:
                    base.execute(statement)
                base.execute(f"PRAGMA user_version = {SCHEMA}")
        self._nearest = NearestRows(folder, self._base)

    @property
    def name(self) -> str:
        return str(self._folder)

    def put(self, act: StoredAct, provisions: Sequence[StoredProvision], vectors: FloatArray, embedder: str) -> None:
        with self._transaction() as base:
            known = self._told(base, "embedder")
            if known and known != embedder:
                raise StoreFailure(
                    "other_model", f"The library {self.name} keeps vectors of another embedding model ({known})."
                )
            self._tell(base, embedder=embedder, dimension=str(vectors.shape[1]))
            self._drop(base, act.id, act.language)
            rows = [[getattr(p, name) for name in _PROVISION] for p in provisions]
            marks = ", ".join("?" * len(_PROVISION))
            for provision, row, vector in zip(provisions, rows, vectors, strict=True):
                at = base.execute(f"INSERT INTO provisions ({', '.join(_PROVISION)}) VALUES ({marks})", row).lastrowid
                base.execute("INSERT INTO words (rowid, terms) VALUES (?, ?)", (at, provision.terms))
                base.execute("INSERT INTO vectors (id, vector) VALUES (?, ?)", (at, _bytes(vector)))
            columns = (*_ACT, "title_key", "short_key")
            values = [*asdict(act).values(), title_key(act.title), title_key(act.short)]
            places = ", ".join("?" * len(columns))
            base.execute(f"INSERT INTO acts ({', '.join(columns)}) VALUES ({places})", values)
            self._turn(base)

    def remove(self, act: str, language: str | None = None) -> int:
        with self._transaction() as base:
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
        for row in self._base().execute(f"SELECT {', '.join(_ACT)} FROM acts ORDER BY id, language"):
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
        found = self._base().execute(
            f"SELECT vector, {', '.join(_PROVISION)} FROM provisions JOIN vectors USING (id)"
            " WHERE act = ? AND language = ? ORDER BY ordinal",
            (act, language),
        )
        provisions, vectors = [], []
        for vector, *row in found:
            provisions.append(StoredProvision(*row))
            vectors.append(np.frombuffer(vector, dtype=np.float32))
        return tuple(provisions), np.stack(vectors) if vectors else np.empty((0, 0), dtype=np.float32)

    def search(self, vector: FloatArray, terms: Sequence[str], *, filters: Filters, limit: int) -> tuple[Found, ...]:
        dense = self._nearest.search(vector, filters, limit)
        bm25 = self._worded(terms, filters, limit)
        rows = sorted({*dense, *bm25})
        marks = ", ".join("?" * len(rows))
        found = self._provisions(f"WHERE id IN ({marks}) ORDER BY id", rows) if rows else ()
        return tuple(
            Found(provision, dense.get(row), bm25.get(row)) for row, provision in zip(rows, found, strict=True)
        )

    def count(self) -> Counts:
        base = self._base()
        acts = base.execute("SELECT COUNT(DISTINCT id) FROM acts").fetchone()[0]
        return Counts(acts, base.execute("SELECT COUNT(*) FROM provisions").fetchone()[0])

    def fingerprint(self) -> str:
        base = self._base()
        return self._told(base, "turn") and f"{self._told(base, 'embedder')}-{self._told(base, 'turn')}"

    def settle(self) -> None:
        with self._transaction() as base:
            base.execute("INSERT INTO words (words) VALUES ('optimize')")
        self._nearest.settle()

    def health(self) -> Health:
        base = self._base()
        return Health("SQLite and FAISS", sqlite3.sqlite_version, SCHEMA, self.count(), self._told(base, "embedder"))

    def close(self) -> None:
        for base in self._open:
            base.close()
        self._open.clear()
        self._here = threading.local()

    def _worded(self, terms: Sequence[str], filters: Filters, limit: int) -> dict[int, float]:
        """The best by BM25 (Robertson and Zaragoza 2009), by their row; SQLite gives the score below zero."""
        if not terms:
            return {}
        clause, values = filter_clause(filters)
        wanted = " OR ".join('"' + term.replace('"', "") + '"' for term in terms)
        found = self._base().execute(
            "SELECT words.rowid, -bm25(words) AS score FROM words JOIN provisions ON provisions.id = words.rowid"
            f" WHERE words MATCH ?{clause} ORDER BY score DESC, words.rowid LIMIT ?",
            (wanted, *values, limit),
        )
        return {row: round(float(score), 6) for row, score in found}

    def _acts(self, where: str, values: Sequence[str]) -> tuple[StoredAct, ...]:
        found = self._base().execute(f"SELECT {', '.join(_ACT)} FROM acts WHERE {where} ORDER BY id, language", values)
        return tuple(StoredAct(*row) for row in found)

    def _provisions(self, rest: str, values: Sequence[Any]) -> tuple[StoredProvision, ...]:
        found = self._base().execute(f"SELECT {', '.join(_PROVISION)} FROM provisions {rest}", values)
        return tuple(StoredProvision(*row) for row in found)

    def _drop(self, base: sqlite3.Connection, act: str, language: str) -> int:
        """Take the act in the language out; how many provisions it had."""
        of_it = "IN (SELECT id FROM provisions WHERE act = ? AND language = ?)"
        base.execute(
            "INSERT INTO words (words, rowid, terms) SELECT 'delete', id, terms FROM provisions"
            " WHERE act = ? AND language = ?",
            (act, language),
        )
        base.execute(f"DELETE FROM vectors WHERE id {of_it}", (act, language))
        gone = base.execute("DELETE FROM provisions WHERE act = ? AND language = ?", (act, language)).rowcount
        base.execute("DELETE FROM acts WHERE id = ? AND language = ?", (act, language))
        return gone

    def _turn(self, base: sqlite3.Connection) -> None:
        """Note that what is found may have changed."""
        self._tell(base, turn=str(int(self._told(base, "turn") or 0) + 1))

    def _told(self, base: sqlite3.Connection, name: str) -> str:
        row = base.execute("SELECT value FROM told WHERE name = ?", (name,)).fetchone()
        return str(row[0]) if row else ""

    def _tell(self, base: sqlite3.Connection, **values: str) -> None:
        base.executemany("INSERT OR REPLACE INTO told (name, value) VALUES (?, ?)", values.items())

    def _base(self) -> sqlite3.Connection:
        """This thread's connection."""
        base = getattr(self._here, "base", None)
        if base is None:
            try:
                base = sqlite3.connect(
                    self._folder / _FILE, timeout=_WAIT, isolation_level=None, check_same_thread=False
                )
                base.execute("PRAGMA journal_mode = WAL")
            except sqlite3.Error as error:
                raise self._failure(error) from error
            self._here.base = base
            self._open.append(base)
        return base

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        """All of what is done inside is there afterwards, or nothing."""
        base = self._base()
        with self._writing:
            try:
                base.execute("BEGIN IMMEDIATE")
                yield base
                base.execute("COMMIT")
            except BaseException as error:
                if base.in_transaction:
                    base.execute("ROLLBACK")
                if isinstance(error, sqlite3.Error):
                    raise self._failure(error) from error
                raise

    def _failure(self, error: sqlite3.Error) -> StoreFailure:
        if "full" in str(error):
            return StoreFailure("full", f"There is no space left for the library {self._folder}.")
        if "locked" in str(error):
            return StoreFailure("slow", f"The library {self._folder} is being written by another process; try again.")
        return StoreFailure("damaged", f"The library {self._folder} cannot be read: {error}.")


def _bytes(vector: FloatArray) -> bytes:
    return np.ascontiguousarray(vector, dtype=np.float32).tobytes()
