"""The tables of a library on this machine, and how filters are said in SQL."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from index.embedders.embedder import FloatArray
from index.stores.rows import Filters

SCHEMA = 2  # raise it whenever the tables or what stands in them change

TABLES = (
    "CREATE TABLE told (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    """CREATE TABLE acts (id TEXT, language TEXT, title TEXT, short TEXT, kind TEXT, status TEXT, number TEXT,
    edition TEXT, since INTEGER, until INTEGER, page TEXT, source TEXT, checksum TEXT, provisions INTEGER,
    title_key TEXT, short_key TEXT, PRIMARY KEY (id, language)) WITHOUT ROWID""",
    "CREATE INDEX acts_titled ON acts (title_key)",
    "CREATE INDEX acts_short ON acts (short_key)",
    """CREATE TABLE provisions (id INTEGER PRIMARY KEY AUTOINCREMENT, act TEXT, eid TEXT, language TEXT,
    ordinal INTEGER, text TEXT, number TEXT, lead_in TEXT, section TEXT, article_title TEXT, anchor TEXT,
    title TEXT, kind TEXT, status TEXT, edition TEXT, since INTEGER, until INTEGER, page TEXT, checksum TEXT,
    terms TEXT)""",
    "CREATE UNIQUE INDEX provisions_named ON provisions (act, language, eid)",
    "CREATE TABLE vectors (id INTEGER PRIMARY KEY, vector BLOB NOT NULL)",
    # Rows that are gone, from the `first` id to the `last`, until they are no longer among those settled.
    "CREATE TABLE removed (number INTEGER PRIMARY KEY AUTOINCREMENT, first INTEGER, last INTEGER)",
)


def filter_clause(filters: Filters) -> tuple[str, list[str | int]]:
    """What the filters add to a `WHERE` over `provisions`, beginning with `AND`, with its values; "" for no filter."""
    clause, values = "", list[str | int]()
    columns = (
        ("act", filters.acts),
        ("language", filters.languages),
        ("kind", filters.kinds),
        ("status", filters.statuses),
    )
    for column, wanted in columns:
        if wanted:
            clause += f" AND provisions.{column} IN ({', '.join('?' * len(wanted))})"
            values += wanted
    if filters.on is not None:
        clause += " AND provisions.since <= ? AND provisions.until >= ?"
        values += [filters.on, filters.on]
    return clause, values


def vector_bytes(vector: FloatArray) -> bytes:
    """The vector as it is kept: half precision takes half the disk and moves an inner product by some 0.00002."""
    return np.asarray(vector, dtype=np.float16).tobytes()


def vectors_of(kept: Sequence[bytes]) -> FloatArray:
    """Kept vectors `(n, d)`; `(0, 0)` for none."""
    if not kept:
        return np.empty((0, 0), dtype=np.float32)
    return np.frombuffer(b"".join(kept), dtype=np.float16).reshape(len(kept), -1).astype(np.float32)
