"""The tables of a library on this machine, and how filters are said in SQL."""

from __future__ import annotations

from index.stores.rows import Filters

SCHEMA = 1  # raise it whenever the tables or what stands in them change

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
    # The terms are parted by spaces and hold "_" and "-"; they stand in `provisions`, here is only what is searched.
    """CREATE VIRTUAL TABLE words USING fts5 (terms, content='provisions', content_rowid='id',
    tokenize="unicode61 remove_diacritics 0 tokenchars '_-'")""",
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
