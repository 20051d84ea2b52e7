"""Vectors of lines that were embedded before on this machine, as they ship: so that a few new lines do not cost the
embedding of all."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from corpus.files import write_atomically
from index.embedders.embedder import FloatArray
from index.storage.coding import coded_vectors
from index.storage.shipped import NOTHING, Shipped, short

_FILE = "learned-from.npz"


def embedded_before(folder: Path, model: str) -> Shipped:
    """What `keep` wrote for the model into the folder; nothing where it wrote none, or the file cannot be read."""
    try:
        with np.load(folder / _FILE, allow_pickle=False) as kept:
            if str(kept["model"]) == model:
                return Shipped(model, kept["names"], kept["codes"], kept["scales"], {}, None)
    except (OSError, ValueError, KeyError, EOFError, BadZipFile):
        return NOTHING  # they are embedded again
    return NOTHING


def keep(folder: Path, model: str, hashes: Sequence[str], vectors: FloatArray) -> None:
    """Write the vectors `(n, d)` under their hashes, in place of those kept."""
    names, first = np.unique(short(hashes), return_index=True)
    codes, scales = coded_vectors(vectors[first])
    data = io.BytesIO()
    np.savez(data, model=np.array(model), names=names, codes=codes, scales=scales)
    write_atomically(folder / _FILE, data.getvalue())
