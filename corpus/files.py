"""Files of our own: written so that a reader sees either the old one or the new one, whole; read for what they are."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, TypeVar

import msgspec

_Kind = TypeVar("_Kind")


def write_atomically(path: Path, data: bytes) -> None:
    """Write the file whole; missing parents are made."""
    with written_atomically(path) as file:
        file.write(data)


@contextmanager
def written_atomically(path: Path) -> Iterator[BinaryIO]:
    """A file to write beside the path, which takes its place once all is written: fsync, rename; missing parents are
    made. After an exception the path is as it was."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def read_json(path: Path, kind: type[_Kind]) -> _Kind:
    """What the JSON file holds, as the dataclass or type that was written there.

    Raises `OSError`, and `ValueError` for anything else than was written: a file of ours may be damaged in any way.
    """
    try:
        return msgspec.json.decode(path.read_bytes(), type=kind)
    except RecursionError as error:
        raise ValueError("nested too deep") from error


def sync_folder(folder: Path) -> None:
    """Make a rename in the folder durable, where the platform can."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
