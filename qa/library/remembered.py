"""What adding to a library has worked out before, kept in the cache: which act a file is, and vectors of texts.

Without it everything is worked out anew, and the library gets the same.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from index.embedders.embedder import Embedder, FloatArray
from index.storage.shipped import shipped
from index.storage.vectors import Line, hashes_of

_FILE = "remembered-1.sqlite"  # another number whenever the tables change
_TABLES = (
    "CREATE TABLE IF NOT EXISTS files (digest BLOB PRIMARY KEY, act TEXT, language TEXT, checksum TEXT) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS vectors (id INTEGER PRIMARY KEY, name BLOB UNIQUE, vector BLOB)",
)
_MOST = 1_000_000  # vectors, 1.6 GB of the bundled model's; the oldest go first
_BATCH = 16
_ASKED = 500  # names a statement
_WAIT = 60.0  # seconds for another process that writes


class Memory:
    """The memory in a folder, which is made where there is none; for one thread."""

    def __init__(self, folder: Path, most: int = _MOST) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._most = most
        path = folder / _FILE
        try:
            self._base = _opened(path)
        except sqlite3.DatabaseError:  # damaged: it is only a memory
            for file in folder.glob(f"{_FILE}*"):
                file.unlink()
            self._base = _opened(path)

    def act_of(self, digest: bytes) -> tuple[str, str, str] | None:
        """The id, language and checksum of the act that a file of that digest was."""
        found = self._base.execute("SELECT act, language, checksum FROM files WHERE digest = ?", (digest,)).fetchone()
        return (str(found[0]), str(found[1]), str(found[2])) if found else None

    def remember(self, digest: bytes, act: str, language: str, checksum: str) -> None:
        """That a file of that digest is the act, until the act is read from another."""
        self._base.execute("DELETE FROM files WHERE act = ? AND language = ?", (act, language))
        self._base.execute("INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?)", (digest, act, language, checksum))

    def vectors(self, names: Sequence[bytes]) -> dict[bytes, FloatArray]:
        """Those that are remembered, by their name."""
        found: dict[bytes, FloatArray] = {}
        for at in range(0, len(names), _ASKED):
            some = names[at : at + _ASKED]
            marks = ", ".join("?" * len(some))
            rows = self._base.execute(f"SELECT name, vector FROM vectors WHERE name IN ({marks})", some)
            found.update((name, np.frombuffer(vector, dtype=np.float32)) for name, vector in rows)
        return found

    def keep(self, names: Sequence[bytes], vectors: FloatArray) -> None:
        """Remember vectors `(n, d)` by their names."""
        rows = [(name, vector.tobytes()) for name, vector in zip(names, vectors, strict=True)]
        self._base.execute("BEGIN IMMEDIATE")
        self._base.executemany("INSERT OR IGNORE INTO vectors (name, vector) VALUES (?, ?)", rows)
        self._base.execute("DELETE FROM vectors WHERE id <= (SELECT MAX(id) FROM vectors) - ?", (self._most,))
        self._base.execute("COMMIT")

    def close(self) -> None:
        self._base.close()


class RememberingEmbedder:
    """An embedder that embeds no text twice, and none whose vector ships; `on_embedded` is told how many passages were,
    batch by batch."""

    def __init__(self, embedder: Embedder, memory: Memory, on_embedded: Callable[[int], None]) -> None:
        self._embedder, self._memory, self._on_embedded = embedder, memory, on_embedded
        self.name, self.dimension, self.fingerprint = embedder.name, embedder.dimension, embedder.fingerprint

    def embed_queries(self, texts: Sequence[str]) -> FloatArray:
        return self._embed(texts, is_question=True)

    def embed_passages(self, texts: Sequence[str]) -> FloatArray:
        return self._embed(texts, is_question=False)

    def _embed(self, texts: Sequence[str], *, is_question: bool) -> FloatArray:
        hashes = hashes_of(self, [Line(text, is_question) for text in texts])
        names = [bytes.fromhex(name) for name in hashes]
        text_of = dict(zip(names, texts, strict=True))
        known = {bytes.fromhex(name): vector for name, vector in shipped().vectors(hashes).items()}
        known |= self._memory.vectors([name for name in text_of if name not in known])
        missing = [name for name in text_of if name not in known]
        embed = self._embedder.embed_queries if is_question else self._embedder.embed_passages
        for at in range(0, len(missing), _BATCH):
            batch = missing[at : at + _BATCH]
            vectors = embed([text_of[name] for name in batch])
            self._memory.keep(batch, vectors)
            known.update(zip(batch, vectors, strict=True))
            if not is_question:
                self._on_embedded(len(batch))
        return np.stack([known[name] for name in names])


def _opened(path: Path) -> sqlite3.Connection:
    base = sqlite3.connect(path, timeout=_WAIT, isolation_level=None)
    try:
        base.execute("PRAGMA journal_mode = WAL")
        base.execute("PRAGMA synchronous = NORMAL")
        for statement in _TABLES:
            base.execute(statement)
    except BaseException:
        base.close()
        raise
    return base
