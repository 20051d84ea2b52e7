"""Numbers kept in a byte each: of vectors, and of weights most of which are small beside a few."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from index.embedders.embedder import FloatArray

_LARGEST = 127  # of an int8 code
# Of each row of weights so many are kept at half precision: the rest are small, and in sums over all rows what rounding
# them loses tells in no question's order (with none kept so, the first article changes for one in fifty).
_KEPT = 4
CODED_WEIGHTS = ("codes", "scales", "places", "largest")  # the arrays of coded weights


def coded_vectors(vectors: FloatArray) -> tuple[npt.NDArray[np.int8], npt.NDArray[np.float32]]:
    """Codes `(n, d)`, and scales `(n,)` under which they are of unit length."""
    codes = np.rint(vectors * (_LARGEST / np.abs(vectors).max(axis=1, keepdims=True))).astype(np.int8)
    lengths = np.sqrt((codes.astype(np.int64) ** 2).sum(axis=1))
    return codes, (1 / lengths).astype(np.float32)


def coded_weights(weights: FloatArray) -> dict[str, npt.NDArray[Any]]:
    """Of weights `(n, k)`: `codes` `(n, k)` with `scales` `(n,)`, and the `largest` `(n, 4)` with their `places`."""
    kept = min(_KEPT, weights.shape[1])
    places = np.sort(np.argsort(-np.abs(weights), axis=1, kind="stable")[:, :kept], axis=1).astype(np.uint16)
    rest = weights.copy()
    np.put_along_axis(rest, places.astype(np.int64), 0.0, axis=1)
    scales = (np.abs(rest).max(axis=1, initial=0.0) / _LARGEST).astype(np.float32)
    codes = np.rint(np.divide(rest, scales[:, None], out=np.zeros_like(rest), where=scales[:, None] > 0))
    largest = np.take_along_axis(weights, places.astype(np.int64), axis=1).astype(np.float16)
    return {"codes": codes.astype(np.int8), "scales": scales, "places": places, "largest": largest}


def decoded_weights(arrays: Mapping[str, npt.NDArray[Any]]) -> FloatArray:
    """The weights `(n, k)`."""
    weights = arrays["codes"].astype(np.float32) * arrays["scales"][:, None]
    np.put_along_axis(weights, arrays["places"].astype(np.int64), arrays["largest"].astype(np.float32), axis=1)
    return np.asarray(weights, dtype=np.float32)
