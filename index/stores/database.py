"""The SQLite file of a library: a connection for each thread, and what is done whole or seen at one moment."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from index.stores.provision_store import StoreFailure
from index.stores.tables import SCHEMA, TABLES

_FILE = "library.sqlite"
_WAIT = 30.0  # seconds for another process that writes


def holds_store(folder: Path) -> bool:
    """Whether a library is kept in the folder."""
    return (folder / _FILE).is_file()


def told(base: sqlite3.Connection, name: str) -> str:
    """What is noted of the library under the name; "" for nothing."""
    row = base.execute("SELECT value FROM told WHERE name = ?", (name,)).fetchone()
    return str(row[0]) if row else ""


def tell(base: sqlite3.Connection, **values: str) -> None:
    """Note it."""
    base.executemany("INSERT OR REPLACE INTO told (name, value) VALUES (?, ?)", values.items())


class Database:
    """The file in a folder, both made where there are none. Safe to share by threads. Raises `StoreFailure`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._here = threading.local()
        self._writing = threading.Lock()
        self._open: list[sqlite3.Connection] = []
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreFailure("damaged", f"The library {folder} cannot be made: {error.strerror or error}.") from error
        if self._schema() == 0:
            with self.transaction() as base:
                if base.execute("PRAGMA user_version").fetchone()[0] == 0:  # nobody else made it meanwhile
                    for statement in TABLES:
                        base.execute(statement)
                    base.execute(f"PRAGMA user_version = {SCHEMA}")
        schema = self._schema()
        if schema != SCHEMA:
            raise StoreFailure(
                "outdated",
                f"The library {folder} has schema {schema}, this release {SCHEMA}: sync it anew elsewhere.",
            )

    def _schema(self) -> int:
        """The schema that the file has, 0 for a new one; read without waiting for who writes."""
        try:
            return int(self.connection().execute("PRAGMA user_version").fetchone()[0])
        except sqlite3.Error as error:
            raise self._failure(error) from error

    def close(self) -> None:
        """Close the connections of all threads."""
        for base in self._open:
            base.close()
        self._open.clear()
        self._here = threading.local()

    def connection(self) -> sqlite3.Connection:
        """This thread's connection."""
        base = getattr(self._here, "base", None)
        if base is None:
            try:
                base = sqlite3.connect(
                    self._folder / _FILE, timeout=_WAIT, isolation_level=None, check_same_thread=False
                )
                base.execute("PRAGMA journal_mode = WAL")
                base.execute("PRAGMA synchronous = NORMAL")  # a commit lost with the power is written again by a sync
            except sqlite3.Error as error:
                raise self._failure(error) from error
            self._here.base = base
            self._open.append(base)
        return base

    def read(self, statement: str, values: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
        """The rows that the statement selects."""
        try:
            yield from self.connection().execute(statement, values)
        except sqlite3.Error as error:
            raise self._failure(error) from error

    def told(self, name: str) -> str:
        """What is noted of the library under the name; "" for nothing."""
        return next((str(value) for (value,) in self.read("SELECT value FROM told WHERE name = ?", (name,))), "")

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All of what is done inside is there afterwards, or nothing."""
        base = self.connection()
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

    @contextmanager
    def snapshot(self) -> Iterator[sqlite3.Connection]:
        """All that is read inside is of one moment, whatever others write."""
        base = self.connection()
        try:
            base.execute("BEGIN")
            yield base
        except sqlite3.Error as error:
            raise self._failure(error) from error
        finally:
            if base.in_transaction:
                base.execute("ROLLBACK")

    def _failure(self, error: sqlite3.Error) -> StoreFailure:
        if "full" in str(error):
            return StoreFailure("full", f"There is no space left for the library {self._folder}.")
        if "locked" in str(error):
            return StoreFailure("slow", f"The library {self._folder} is being written by another process; try again.")
        return StoreFailure("damaged", f"The library {self._folder} cannot be read: {error}.")
