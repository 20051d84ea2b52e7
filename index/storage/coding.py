"""Numbers kept in few bits: what ships, vectors and weights, in five; in an index, in eight."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from index.embedders.embedder import FloatArray
from index.storage.rows import Rows

# With five bits a number instead of six the right article comes first for 0.003 fewer of strangers' questions; a sixth
# fewer bytes hold that many more questions.
BITS, _LARGEST_OF_FIVE, _MIDDLE = 5, 15, 16
_PLACES = (2.0 ** np.arange(BITS)[::-1]).astype(np.float32)
_LARGEST_OF_EIGHT = 8 * _LARGEST_OF_FIVE  # what was kept in five bits is kept in eight as it is, and read sooner
_AT_ONCE = 4096  # vectors, whose bits are spread out in memory
# Of each row of weights so many are kept at half precision; the rest are small. With these in five bits instead of
# eight the first article is another one for one strangers' question in sixty, and right as often; in four, it is wrong
# oftener.
_KEPT = 4
CODED_WEIGHTS = ("codes", "scales", "places", "largest")  # the arrays of coded weights


def coded_vectors(vectors: FloatArray) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.float32]]:
    """Codes `(n, d * 5 / 8)` of five bits a number, and scales `(n,)` under which they are of unit length. `d` is a
    multiple of eight."""
    numbers = np.rint(vectors * (_LARGEST_OF_FIVE / np.abs(vectors).max(axis=1, keepdims=True))).astype(np.int8)
    lengths = np.sqrt((numbers.astype(np.int64) ** 2).sum(axis=1))
    return _packed(numbers), (1 / lengths).astype(np.float32)


def decoded_vectors(codes: npt.NDArray[np.uint8], scales: npt.NDArray[np.float32]) -> FloatArray:
    """The vectors `(n, d)`, of unit length."""
    return np.asarray(_unpacked(codes, codes.shape[1] * 8 // BITS) * scales[:, None], dtype=np.float32)


def _packed(numbers: npt.NDArray[np.int8]) -> npt.NDArray[np.uint8]:
    """Of numbers `(n, d)` from -15 to 15, five bits each; with zeros beside them to a multiple of eight numbers."""
    padded = np.pad(numbers, ((0, 0), (0, -numbers.shape[1] % 8))) + _MIDDLE
    bits = np.unpackbits(padded.astype(np.uint8)[:, :, None], axis=2)[:, :, -BITS:]
    return np.packbits(bits.reshape(len(padded), padded.shape[1] * BITS), axis=1)


def _unpacked(codes: npt.NDArray[np.uint8], columns: int) -> npt.NDArray[np.int8]:
    """The numbers `(n, columns)` that were packed."""
    numbers = np.empty((len(codes), columns), dtype=np.int8)
    for start in range(0, len(codes), _AT_ONCE):
        part = slice(start, start + _AT_ONCE)
        bits = np.unpackbits(codes[part], axis=1).reshape(len(codes[part]), -1, BITS)
        numbers[part] = (bits @ _PLACES - np.float32(_MIDDLE))[:, :columns]
    return numbers


def in_eight_bits(vectors: FloatArray) -> tuple[npt.NDArray[np.int8], npt.NDArray[np.float32]]:
    """Whole numbers `(n, d)`, and scales `(n,)` that make the vectors of them, each as long as it was."""
    largest = np.abs(vectors).max(axis=1, initial=0.0, keepdims=True)
    numbers = np.rint(vectors * (_LARGEST_OF_EIGHT / np.where(largest > 0, largest, 1))).astype(np.int8)
    lengths = np.linalg.norm(numbers.astype(np.float32), axis=1)
    scales = np.linalg.norm(vectors, axis=1) / np.where(lengths > 0, lengths, 1)
    return numbers, scales.astype(np.float32)


def coded_weights(weights: FloatArray, largest: int = _LARGEST_OF_EIGHT) -> dict[str, npt.NDArray[Any]]:
    """Of weights `(n, k)`: `codes` `(n, k)`, numbers up to `largest`, with `scales` `(n,)`, and the `largest` `(n, 4)`
    weights with their `places`."""
    kept = min(_KEPT, weights.shape[1])
    places = np.sort(np.argsort(-np.abs(weights), axis=1, kind="stable")[:, :kept], axis=1).astype(np.uint16)
    rest = weights.copy()
    np.put_along_axis(rest, places.astype(np.int64), 0.0, axis=1)
    scales = (np.abs(rest).max(axis=1, initial=0.0) / largest).astype(np.float32)
    codes = np.rint(np.divide(rest, scales[:, None], out=np.zeros_like(rest), where=scales[:, None] > 0))
    whole = np.take_along_axis(weights, places.astype(np.int64), axis=1).astype(np.float16)
    return {"codes": codes.astype(np.int8), "scales": scales, "places": places, "largest": whole}


def rows_of_weights(arrays: Mapping[str, npt.NDArray[Any]]) -> Rows:
    """The weights `(n, k)`."""
    codes, scales, places, largest = (arrays[name] for name in CODED_WEIGHTS)

    def decode(part: slice, into: FloatArray) -> None:
        np.multiply(codes[part], scales[part, None], out=into, dtype=np.float32)
        np.put_along_axis(into, places[part].astype(np.int64), largest[part].astype(np.float32), axis=1)

    return Rows(codes.shape[0], codes.shape[1], decode)


def packed_weights(weights: FloatArray) -> dict[str, npt.NDArray[Any]]:
    """Of weights `(n, k)`: as `coded_weights`, `codes` packed in five bits a number."""
    coded = coded_weights(weights, _LARGEST_OF_FIVE)
    return coded | {"codes": _packed(coded["codes"])}


def unpacked_weights(arrays: Mapping[str, npt.NDArray[Any]], columns: int) -> FloatArray:
    """The weights `(n, columns)`."""
    return rows_of_weights({**arrays, "codes": _unpacked(arrays["codes"], columns)}).whole()
