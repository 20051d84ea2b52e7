"""Vectors of the texts in an index: embedded once, found again by their hash in an older index; and their file."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import faiss
import numpy as np
import numpy.typing as npt

from index.embedders.embedder import Embedder, FloatArray
from index.storage.coding import in_eight_bits
from index.storage.rows import Rows

Progress = Callable[[int, int], None]
BoolArray = npt.NDArray[np.bool_]

_BATCH = 16
_AT_ONCE = 4096  # vectors that are worked on in memory
_SCALES = "scales.npy"
_MIDDLE_OF_EIGHT = 128  # FAISS keeps signed numbers without their sign, with zero here


@dataclass(frozen=True, slots=True)
class Line:
    """A text to embed. What is itself a question is embedded as one: a question is nearest to questions."""

    text: str
    is_question: bool


class Known(Protocol):
    """Vectors that need not be computed."""

    def fill(self, hashes: Sequence[str], vectors: FloatArray, there: BoolArray) -> None:
        """Write those of the hashes that are not `there` `(n,)` yet, and known, into their rows of the `vectors`
        `(n, d)`, and mark them."""


def embedded(
    known: Sequence[Known],
    lines: Sequence[Line],
    hashes: Sequence[str],
    embedder: Embedder,
    on_progress: Progress,
) -> FloatArray:
    """`(n, d)` vectors of the lines; only those that are not `known` by their hash are embedded. Of several that know
    one, the first is asked."""
    result = np.empty((len(lines), embedder.dimension), dtype=np.float32)
    there = np.zeros(len(lines), dtype=np.bool_)
    for source in known:
        if not there.all():
            source.fill(hashes, result, there)
    missing = np.flatnonzero(~there).tolist()
    todo = {kind: [i for i in missing if lines[i].is_question == kind] for kind in (False, True)}
    done = len(lines) - len(missing)
    on_progress(done, len(lines))
    for is_question, places in todo.items():
        embed = embedder.embed_queries if is_question else embedder.embed_passages
        for start in range(0, len(places), _BATCH):
            batch = places[start : start + _BATCH]
            result[batch] = embed([lines[i].text for i in batch])
            done += len(batch)
            on_progress(done, len(lines))
    return result


def hashes_of(embedder: Embedder, lines: Sequence[Line]) -> list[str]:
    """A name for each line's vector: the same model, role and text have the same."""
    model = embedder.fingerprint
    named = (f"{model}\0{'query' if line.is_question else 'passage'}\0{line.text}" for line in lines)
    return [hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest() for name in named]


class InIndexes:
    """The vectors that the indexes in the folders hold; damaged ones have none."""

    def __init__(self, *folders: Path) -> None:
        self._folders = folders

    def fill(self, hashes: Sequence[str], vectors: FloatArray, there: BoolArray) -> None:
        missing: dict[str, list[int]] = {}
        for i in np.flatnonzero(~there).tolist():
            missing.setdefault(hashes[i], []).append(i)
        for names_file in (path for folder in self._folders for path in folder.glob("[!.]*/*hashes.json")):
            try:
                names = json.loads(names_file.read_text(encoding="utf-8"))
                manifest = json.loads(names_file.with_name("manifest.json").read_text(encoding="utf-8"))
                file = names_file.with_name(names_file.name.replace("hashes.json", "vectors.faiss"))
                if any(digest_of(path) != manifest["files"][path.name] for path in (names_file, *files_of(file))):
                    continue
                found = read_vectors(file).whole()
            except (OSError, ValueError, KeyError, TypeError, RuntimeError):
                continue  # nothing to reuse there; the texts are embedded anew
            if found.shape[1] != vectors.shape[1]:
                continue
            for name, vector in zip(names, found, strict=False):
                if places := missing.get(name):
                    vectors[places], there[places] = vector, True


def write_vectors(path: Path, vectors: Rows) -> None:
    """Write `(n, d)` vectors in eight bits a number: an index of FAISS, and the scales beside it. Written by us, not by
    FAISS, which says of a full disk only that its own line of code failed."""
    kept = faiss.IndexScalarQuantizer(
        vectors.shape[1], faiss.ScalarQuantizer.QT_8bit_direct_signed, faiss.METRIC_INNER_PRODUCT
    )
    scales = np.empty(len(vectors), dtype=np.float32)
    for part, rows in vectors.blocks(0, len(vectors)):
        numbers, scales[part] = in_eight_bits(rows)
        kept.add(numbers.astype(np.float32))
    own, beside = files_of(path)
    own.write_bytes(faiss.serialize_index(kept).data)
    np.save(beside, scales)


def read_vectors(path: Path) -> Rows:
    """`(n, d)`, as `write_vectors` wrote them; the file is mapped. Raises OSError, RuntimeError and ValueError."""
    own, beside = files_of(path)
    kept: Any = faiss.read_index(str(own), faiss.IO_FLAG_MMAP_IFC)
    codes = faiss.rev_swig_ptr(kept.codes.data(), kept.codes.size()).reshape(kept.ntotal, kept.d)
    scales = np.load(beside)[:, None]
    if len(scales) != kept.ntotal:
        raise ValueError(f"{beside.name} is of other vectors")

    def decode(part: slice, into: FloatArray, _memory: object = kept) -> None:
        # FAISS itself gives its numbers back one vector at a time, which takes ten times as long.
        np.subtract(codes[part], np.float32(_MIDDLE_OF_EIGHT), out=into, dtype=np.float32)
        into *= scales[part]

    return Rows(kept.ntotal, kept.d, decode)


def kept_small(vectors: FloatArray) -> Rows:
    """The vectors `(n, d)` in memory as they will be written, a quarter of the size."""
    codes, scales = np.empty(vectors.shape, dtype=np.int8), np.empty((len(vectors), 1), dtype=np.float32)
    for start in range(0, len(vectors), _AT_ONCE):
        part = slice(start, start + _AT_ONCE)
        codes[part], scales[part, 0] = in_eight_bits(vectors[part])

    def decode(part: slice, into: FloatArray) -> None:
        np.multiply(codes[part], scales[part], out=into, dtype=np.float32)

    return Rows(vectors.shape[0], vectors.shape[1], decode)


def files_of(path: Path) -> tuple[Path, Path]:
    """The files that vectors lie in."""
    return path, path.with_suffix(f".{_SCALES}")


def digest_of(path: Path) -> str:
    """SHA-256 of the file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
