"""A library in one file, and back, through what every store can do: from any kind of store into any other.

The file is gzip over frames of MessagePack, each after its length: what the library is, then act by act, then the
SHA-256 of all frames before. A file is read to its end before anything of it is written.
"""

from __future__ import annotations

import gzip
import hashlib
import struct
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import msgspec
import numpy as np

from corpus.files import written_atomically
from index.stores import ProvisionStore, StoredAct, StoredProvision, StoreFailure
from qa.errors import AnswerError

Watch = Callable[[int, int], None]  # acts done, of how many: each language counts

_FORMAT = 1
_FRAME = struct.Struct("<Q")
_LARGEST = 2 * 1024**3  # bytes of a frame
_LEVEL = 3  # vectors hardly grow smaller; the texts do at any level
_Kind = TypeVar("_Kind")


class BadBackup(AnswerError):
    """A file that is no whole backup of a library."""


@dataclass(frozen=True, slots=True)
class _Contents:
    """What a backup is of: the embedder's fingerprint, the components of a stored vector, and acts by language."""

    atazan_library: int
    embedder: str
    components: int
    acts: int


@dataclass(frozen=True, slots=True)
class _Whole:
    """An act in a language, with its vectors as float32 in their bytes."""

    act: StoredAct
    provisions: tuple[StoredProvision, ...]
    vectors: bytes


@dataclass(frozen=True, slots=True)
class _End:
    sha256: str


def back_up(store: ProvisionStore, path: Path, watch: Watch) -> int:
    """Write the library to the file, in the place of one that is there; how many acts that were. Raises `BadBackup`
    where the library is empty, `StoreFailure` and OSError."""
    acts = [(act.id, act.language) for act in store.acts()]
    if not acts:
        raise BadBackup(f"The library {store.name} is empty: there is nothing to back up.")
    components = store.rows(*acts[0])[1].shape[1]
    with (
        written_atomically(path) as file,
        gzip.GzipFile(fileobj=file, mode="wb", compresslevel=_LEVEL, mtime=0) as zipped,
    ):
        out = _Frames(zipped)
        out.write(_Contents(_FORMAT, store.embedder(), components, len(acts)))
        for done, (identifier, language) in enumerate(acts, start=1):
            act = store.act(identifier, language)
            if act is None:
                raise BadBackup(f"The library {store.name} was changed meanwhile: back it up again.")
            provisions, vectors = store.rows(identifier, language)
            out.write(_Whole(act, provisions, np.ascontiguousarray(vectors, dtype=np.float32).tobytes()))
            watch(done, len(acts))
        out.write(_End(out.digest.hexdigest()))
    return len(acts)


def restore(store: ProvisionStore, path: Path, watch: Watch) -> int:
    """Put the acts of the file into the library, each in the place of what is there of it; how many acts were written:
    what is there already is left. Raises `BadBackup` with nothing written, `StoreFailure` and OSError."""
    contents = _checked(path)
    known = store.embedder()
    if known and known != contents.embedder:
        raise StoreFailure(
            "other_model", f"{path} holds vectors of another embedding model than the library {store.name}."
        )
    written = 0
    with gzip.open(path, "rb") as file:
        frames = _frames(file)
        next(frames)
        for done, data in enumerate(frames, start=1):
            if done > contents.acts:
                break  # the end, which was checked
            whole = _decoded(data, _Whole, path)
            if store.act(whole.act.id, whole.act.language) != whole.act:
                vectors = np.frombuffer(whole.vectors, dtype=np.float32).reshape(-1, contents.components)
                store.put(whole.act, whole.provisions, vectors, contents.embedder)
                written += 1
            watch(done, contents.acts)
    if written:
        store.settle()
    return written


class _Frames:
    """Writes frames; `digest` is of those written."""

    def __init__(self, file: gzip.GzipFile) -> None:
        self._file = file
        self.digest = hashlib.sha256()

    def write(self, value: _Contents | _Whole | _End) -> None:
        data = msgspec.msgpack.encode(value)
        self._file.write(_FRAME.pack(len(data)))
        self._file.write(data)
        self.digest.update(data)


def _checked(path: Path) -> _Contents:
    """What the file says that it holds, having read that it does."""
    digest, contents, acts = hashlib.sha256(), None, 0
    try:
        with gzip.open(path, "rb") as file:
            for data in _frames(file):
                if contents is None:
                    contents = _decoded(data, _Contents, path)
                elif acts < contents.acts:
                    whole = _decoded(data, _Whole, path)
                    if len(whole.vectors) != 4 * contents.components * len(whole.provisions):
                        raise BadBackup(f"{path} is damaged: {whole.act.id} has not a vector for each provision.")
                    acts += 1
                elif _decoded(data, _End, path).sha256 == digest.hexdigest():
                    return contents
                digest.update(data)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise BadBackup(f"{path} is no backup of a library, or was cut off or damaged.") from error
    raise BadBackup(f"{path} is damaged: it does not hold what was written to it.")


def _frames(file: gzip.GzipFile) -> Iterator[bytes]:
    while head := file.read(_FRAME.size):
        size = _FRAME.unpack(head)[0] if len(head) == _FRAME.size else _LARGEST + 1
        data = file.read(size) if size <= _LARGEST else b""
        if len(data) != size:
            raise EOFError
        yield data


def _decoded(data: bytes, kind: type[_Kind], path: Path) -> _Kind:
    try:
        return msgspec.msgpack.decode(data, type=kind)
    except msgspec.DecodeError as error:
        raise BadBackup(f"{path} is no backup of a library of this release: {error}.") from error
