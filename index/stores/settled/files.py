"""The files that make a library quick: made from one moment of its rows, whole or not at all, and opened again."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from corpus.files import sync_folder, write_atomically
from index.embedders.embedder import FloatArray
from index.storage.vectors import digest_of
from index.stores.settled.columns import COLUMNS, Columns, Told
from index.stores.settled.postings import Postings, PostingsMaker
from index.stores.settled.quantised import SAMPLE, Quantised, lists_for, make_quantised
from index.stores.tables import vectors_of

_BLOCK = 20_000  # rows in memory at once
_MANIFEST = "manifest.json"
_MAKING, _MADE = ".making-", "settled-"


class Unreadable(Exception):
    """The files are gone or not as they were written."""


class Settled:
    """Rows as they were when the library was settled."""

    def __init__(self, folder: Path) -> None:
        """Raises `Unreadable`."""
        try:
            manifest = json.loads((folder / _MANIFEST).read_text(encoding="utf-8"))
            if any(digest_of(folder / name) != digest for name, digest in manifest["files"].items()):
                raise Unreadable(folder.name)
            self.columns = Columns.load(folder)
            self.near = Quantised(folder).near
            self.words = Postings(folder)
        except (OSError, ValueError, KeyError, RuntimeError) as error:
            raise Unreadable(folder.name) from error
        self.average = float(manifest["average"])
        self.last = int(self.columns.ids[-1])


def make_settled(base: sqlite3.Connection, library: Path, turn: str) -> str:
    """Write the files for the rows that the connection's transaction sees; the name of their folder in the library."""
    for stopped in library.glob(f"{_MAKING}*"):
        shutil.rmtree(stopped, ignore_errors=True)
    part = Path(tempfile.mkdtemp(dir=library, prefix=_MAKING))
    try:
        part.chmod(0o755)
        words = PostingsMaker()
        columns = Columns.of(_rows(base, words))
        columns.save(part)
        average = words.save(part)
        ids = columns.ids
        lists = lists_for(len(ids))
        chosen = ids[np.linspace(0, len(ids) - 1, min(len(ids), SAMPLE * lists), dtype=np.int64)]
        sample = np.concatenate(list(_vectors(base, set(chosen.tolist()))))
        make_quantised(part, sample, _vectors(base), lists)
        files = sorted(part.iterdir())
        manifest = {"average": average, "files": {path.name: digest_of(path) for path in files}}
        write_atomically(part / _MANIFEST, json.dumps(manifest).encode())
        for path in files:
            with path.open("rb") as file:
                os.fsync(file.fileno())
        target = library / f"{_MADE}{turn}"
        shutil.rmtree(target, ignore_errors=True)  # of a settling that was killed before it was told of
        part.rename(target)
        sync_folder(library)
        return target.name
    finally:
        shutil.rmtree(part, ignore_errors=True)


def remove_others(library: Path, name: str) -> None:
    """Remove files that were made before; a process that reads them keeps what it has opened."""
    for folder in library.glob(f"{_MADE}*"):
        if folder.name != name:
            shutil.rmtree(folder, ignore_errors=True)


def _rows(base: sqlite3.Connection, words: PostingsMaker) -> Iterator[tuple[int, Told]]:
    """Ids and columns of all rows; their terms go to `words` on the way."""
    for block in _blocks(base.execute(f"SELECT id, terms, {COLUMNS} FROM provisions ORDER BY id")):
        words.add([row[1] for row in block])
        yield from ((row[0], row[2:]) for row in block)


def _vectors(base: sqlite3.Connection, chosen: set[int] | None = None) -> Iterator[FloatArray]:
    """Vectors of all rows or of those chosen, in the order of ids."""
    for block in _blocks(base.execute("SELECT id, vector FROM vectors ORDER BY id")):
        wanted = [vector for row, vector in block if chosen is None or row in chosen]
        if wanted:
            yield vectors_of(wanted)


def _blocks(rows: sqlite3.Cursor) -> Iterable[list[tuple[Any, ...]]]:
    return iter(lambda: rows.fetchmany(_BLOCK), [])
