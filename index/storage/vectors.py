"""Vectors of the texts in an index: embedded once, found again by their hash in an older index."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import faiss
import numpy as np

from index.embedders.embedder import Embedder, FloatArray

Progress = Callable[[int, int], None]

_BATCH = 16


@dataclass(frozen=True, slots=True)
class Line:
    """A text to embed. What is itself a question is embedded as one: a question is nearest to questions."""

    text: str
    is_question: bool


def embedded(
    known: Mapping[str, FloatArray],
    lines: Sequence[Line],
    hashes: Sequence[str],
    embedder: Embedder,
    on_progress: Progress,
) -> FloatArray:
    """`(n, d)` vectors of the lines; only those not `known` by their hash are embedded."""
    result = np.empty((len(lines), embedder.dimension), dtype=np.float32)
    todo: dict[bool, list[int]] = {False: [], True: []}
    for i, digest in enumerate(hashes):
        if digest in known and known[digest].shape == (embedder.dimension,):
            result[i] = known[digest]
        else:
            todo[lines[i].is_question].append(i)
    done = len(lines) - sum(map(len, todo.values()))
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


def known_vectors(folder: Path) -> dict[str, FloatArray]:
    """Vectors by their hash that the indexes in the folder hold; damaged ones have none."""
    known: dict[str, FloatArray] = {}
    for names_file in folder.glob("[!.]*/*hashes.json"):
        try:
            names = json.loads(names_file.read_text(encoding="utf-8"))
            manifest = json.loads(names_file.with_name("manifest.json").read_text(encoding="utf-8"))
            file = names_file.with_name(names_file.name.replace("hashes.json", "vectors.faiss"))
            if any(digest_of(path) != manifest["files"][path.name] for path in (names_file, file)):
                continue
            index = faiss.read_index(str(file))
            known.update(zip(names, index.reconstruct_n(0, index.ntotal), strict=False))
        except (OSError, ValueError, KeyError, TypeError, RuntimeError):
            continue  # nothing to reuse there; the texts are embedded anew
    return known


def flat(vectors: FloatArray) -> faiss.Index:
    """An index of inner products over the vectors `(n, d)`."""
    index = faiss.IndexFlatIP(vectors.shape[1])
    index.add(np.ascontiguousarray(vectors))
    return index


def digest_of(path: Path) -> str:
    """SHA-256 of the file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
