"""Which rows lie near a vector, quickly and roughly: in lists around centres, each vector as the signs of its
components (RaBitQ; Gao and Long 2024, "RaBitQ: Quantizing high-dimensional vectors with a theoretical error bound").
Candidates are then compared exactly. `docs/scale.md` tells what else was measured."""

from __future__ import annotations

import math
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from index.embedders.embedder import FloatArray
from index.stores.settled.columns import Allowed

SAMPLE = 64  # vectors a centre that the centres are learned from
_ROUNDS = 8
_PROBES = 48  # lists looked into while nothing is filtered
_FILE = "vectors.faiss"

# FAISS's stubs know neither as its Python interface has them.
_SELECTOR: Any = faiss.IDSelectorBitmap
_PARAMETERS: Any = faiss.SearchParametersIVF


def lists_for(rows: int) -> int:
    """How many lists: a power of two near the square root, so that the lists grow no faster than their number."""
    return 1 << max(round(math.log2(max(rows, 1)) / 2), 4)


def make_quantised(folder: Path, sample: FloatArray, blocks: Iterable[FloatArray], lists: int) -> None:
    """Write the index of the vectors, `(n, d)` block by block, with centres learned from the sample. The same vectors
    give the same index."""
    width = sample.shape[1]
    centres: Any = faiss.Kmeans(width, lists, niter=_ROUNDS, seed=1, max_points_per_centroid=SAMPLE)
    centres.train(sample)
    quantizer = faiss.IndexFlatL2(width)
    quantizer.add(centres.centroids)
    index = faiss.IndexIVFRaBitQ(quantizer, width, lists, faiss.METRIC_INNER_PRODUCT)
    index.train(sample)
    for block in blocks:
        index.add(block)
    faiss.write_index(index, str(folder / _FILE))


class Quantised:
    """The index of a folder, mapped: what was searched is in the system's cache, which all processes share."""

    def __init__(self, folder: Path) -> None:
        index: Any = faiss.read_index(str(folder / _FILE), faiss.IO_FLAG_MMAP | faiss.IO_FLAG_READ_ONLY)
        # Else each search starts threads of its own to read ahead.
        kept: Any = faiss.downcast_InvertedLists(index.invlists)
        kept.prefetch_nthread = 0
        self._index: Any = index

    def near(self, vector: FloatArray, count: int, allowed: Allowed | None) -> NDArray[np.int64]:
        """Positions of about the `count` nearest of the allowed rows. Rarer rows are looked for in more lists."""
        lists = self._index.nlist
        share = 1.0 if allowed is None else allowed.count / len(allowed.rows)
        probes = min(math.ceil(_PROBES / share), lists) if share else lists
        found = self._search(vector, count, allowed, probes)
        if len(found) < count and probes < lists:
            found = self._search(vector, count, allowed, lists)
        return found

    def _search(self, vector: FloatArray, count: int, allowed: Allowed | None, probes: int) -> NDArray[np.int64]:
        chosen = {"sel": _SELECTOR(allowed.bits)} if allowed else {}
        how = _PARAMETERS(nprobe=probes, **chosen)
        _, found = self._index.search(vector[None, :], count, params=how)
        return np.asarray(found[0][found[0] >= 0], dtype=np.int64)
