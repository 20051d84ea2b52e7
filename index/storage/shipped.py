"""What ships with the product, so that no machine computes it again: vectors of the layer's texts and of the editions
in the catalogue, and what is learned from the lines that people type (`index/learned/`, made by `make learn`).

A vector is kept at five bits a number with a scale, under the hash of model, role and text
(`index.storage.vectors.hashes_of`): of the texts themselves nothing ships. So are the weights of a line, but for the
largest. What is learned is kept with a digest of all that it was learned from; where that differs here, it is learned
here.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from index.embedders.embedder import FloatArray
from index.matters import LEARNED_ARRAYS, LEARNED_NAMES, LearnedMatters
from index.storage.coding import BITS, CODED_WEIGHTS, coded_vectors, decoded_vectors, packed_weights, unpacked_weights
from index.storage.vectors import BoolArray

FOLDER = Path(__file__).parent.parent / "learned"
_VERSION = "version"
_AT_ONCE = 4096  # vectors that are worked on in memory
_CENTRES = "centres"  # of what is learned of matters
_HALVED = tuple(name for name in LEARNED_ARRAYS if name != _CENTRES)  # kept at half precision


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights `(n, k)` of one learned part, a row for each of the sorted `names` `(n,)` and a column for each of the
    `classes`; `digest` names what they were learned from."""

    digest: str
    names: npt.NDArray[np.uint64]
    classes: tuple[str, ...]
    weights: FloatArray

    @classmethod
    def learned(cls, digest: str, hashes: Sequence[str], classes: Sequence[str], weights: FloatArray) -> Weights:
        """From weights `(hashes, classes)`; those of a text that stands there twice are shared out alike."""
        names, place, count = np.unique(short(hashes), return_inverse=True, return_counts=True)
        shared = np.zeros((len(names), len(classes)), dtype=np.float32)
        np.add.at(shared, place, weights)
        return cls(digest, names, tuple(classes), (shared / count[:, None]).astype(np.float32))

    def of(self, hashes: Sequence[str], classes: Sequence[str]) -> FloatArray:
        """`(hashes, classes)`, in the order wanted."""
        rows = np.searchsorted(self.names, short(hashes))
        columns = [self.classes.index(name) for name in classes]
        return np.ascontiguousarray(self.weights[rows][:, columns])


@dataclass(frozen=True, slots=True)
class Shipped:
    """Of the embedding `model` of that fingerprint: vectors as `codes` and `scales` (`index.storage.coding`) under
    sorted `names` `(n,)`; parts of the classifier by name; the matters learned, with the digest of what from. Empty
    where nothing ships."""

    model: str
    names: npt.NDArray[np.uint64]
    codes: npt.NDArray[np.uint8]
    scales: npt.NDArray[np.float32]
    parts: Mapping[str, Weights]
    matters: tuple[str, LearnedMatters] | None

    def vectors(self, hashes: Sequence[str]) -> dict[str, FloatArray]:
        """Unit vectors of those hashes that are known, by the hash."""
        found = np.empty((len(hashes), self.codes.shape[1] * 8 // BITS), dtype=np.float32)
        there = np.zeros(len(hashes), dtype=np.bool_)
        self.fill(hashes, found, there)
        return {hashes[i]: found[i] for i in np.flatnonzero(there).tolist()}

    def fill(self, hashes: Sequence[str], vectors: FloatArray, there: BoolArray) -> None:
        """As `index.storage.vectors.Known`."""
        if not len(self.names) or self.codes.shape[1] * 8 != vectors.shape[1] * BITS:
            return
        wanted = short(hashes)
        places = np.minimum(np.searchsorted(self.names, wanted), len(self.names) - 1)
        rows = np.flatnonzero(~there & (self.names[places] == wanted))
        for start in range(0, len(rows), _AT_ONCE):
            part = rows[start : start + _AT_ONCE]
            vectors[part] = decoded_vectors(self.codes[places[part]], self.scales[places[part]])
        there[rows] = True

    def part(self, name: str, digest: str) -> Weights | None:
        """The part of the classifier, if it was learned from just that."""
        found = self.parts.get(name)
        return found if found and found.digest == digest else None

    def learned_matters(self, digest: str) -> LearnedMatters | None:
        """What was learned of matters, if from just that."""
        return self.matters[1] if self.matters and self.matters[0] == digest else None


NOTHING = Shipped("", np.empty(0, np.uint64), np.empty((0, 0), np.uint8), np.empty(0, np.float32), {}, None)


def short(hashes: Sequence[str]) -> npt.NDArray[np.uint64]:
    """The first 64 bits of each hash: of a million texts, two have the same by a chance of one in thirty million."""
    return np.array([int(name[:16], 16) for name in hashes], dtype=np.uint64)


def digest_from(pairs: Sequence[tuple[str, str]], *more: str) -> str:
    """Names what something is learned from: hashes with their classes in whatever order, and what else decides."""
    digest = hashlib.sha256(json.dumps(more).encode("utf-8"))
    for name, kind in sorted(pairs):
        digest.update(f"{name} {kind}\n".encode())
    return digest.hexdigest()


def shipped_version(folder: Path = FOLDER) -> str:
    """Names what ships; "" where nothing does."""
    file = folder / _VERSION
    return file.read_text(encoding="ascii").strip() if file.is_file() else ""


@cache
def shipped(folder: Path = FOLDER) -> Shipped:
    """What ships; `NOTHING` where no file is there. The codes are mapped, not read."""
    if not (folder / "names.npy").is_file():
        return NOTHING
    table = json.loads((folder / "learned.json").read_text(encoding="utf-8"))
    parts = {}
    for name, row in table["parts"].items():
        coded = {kind: np.load(folder / f"{name}_{kind}.npy") for kind in ("names", *CODED_WEIGHTS)}
        weights = unpacked_weights(coded, len(row["classes"]))
        parts[name] = Weights(row["digest"], coded["names"], tuple(row["classes"]), weights)
    arrays: dict[str, Any] = {name: np.load(folder / f"{name}.npy").astype(np.float32) for name in _HALVED}
    arrays[_CENTRES] = decoded_vectors(*(np.load(folder / f"{_CENTRES}_{kind}.npy") for kind in ("codes", "scales")))
    of_matters = table["matters"]
    learned = LearnedMatters(**arrays | {name: tuple(of_matters[name]) for name in LEARNED_NAMES})
    return Shipped(
        table["model"],
        np.load(folder / "names.npy"),
        np.load(folder / "codes.npy", mmap_mode="r"),
        np.load(folder / "scales.npy"),
        parts,
        (of_matters["digest"], learned),
    )


def write_shipped(
    folder: Path,
    model: str,
    vectors: Mapping[str, FloatArray],
    parts: Mapping[str, Weights],
    matters: tuple[str, LearnedMatters],
) -> None:
    """Write what ships in the folder's place, whole, the same bytes for the same content. `vectors` are unit length, by
    their hash, of the embedding model of that fingerprint."""
    named = short(list(vectors))
    order = np.argsort(named, kind="stable")
    rows = np.stack(list(vectors.values()))[order]
    codes, scales = coded_vectors(rows)
    arrays: dict[str, npt.NDArray[Any]] = {"names": named[order], "codes": codes, "scales": scales}
    for name, part in parts.items():
        coded = {"names": part.names, **packed_weights(part.weights)}
        arrays |= {f"{name}_{kind}": array for kind, array in coded.items()}
    digest, learned = matters
    arrays |= {name: getattr(learned, name).astype(np.float16) for name in _HALVED}
    # They are vectors of lines as they ship, so nothing is lost.
    arrays |= zip((f"{_CENTRES}_codes", f"{_CENTRES}_scales"), coded_vectors(learned.centres), strict=True)
    table = {
        "model": model,
        "parts": {name: {"digest": part.digest, "classes": part.classes} for name, part in parts.items()},
        "matters": {"digest": digest} | {name: getattr(learned, name) for name in LEARNED_NAMES},
    }
    part_folder = folder.with_name(f".{folder.name}.part")
    shutil.rmtree(part_folder, ignore_errors=True)
    part_folder.mkdir(parents=True)
    for name, array in arrays.items():
        np.save(part_folder / f"{name}.npy", array, allow_pickle=False)
    text = json.dumps(table, ensure_ascii=False, indent=1) + "\n"
    (part_folder / "learned.json").write_text(text, encoding="utf-8")
    (part_folder / _VERSION).write_text(version_of(part_folder) + "\n", encoding="ascii")
    shutil.rmtree(folder, ignore_errors=True)
    part_folder.rename(folder)


def as_shipped(vectors: FloatArray) -> FloatArray:
    """The vectors `(n, d)` as they come back from what ships, unit length: what is learned is learned from these, so
    that it is the same whether they are computed or taken from what shipped before."""
    return decoded_vectors(*coded_vectors(vectors))


def version_of(folder: Path) -> str:
    """The version that belongs to the folder's files."""
    digest = hashlib.sha256()
    for path in sorted(p for p in folder.iterdir() if p.name != _VERSION):
        digest.update(f"{path.name}\n".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
