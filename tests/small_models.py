"""A tiny encoder of our own invention in the engine's file format: its vocabulary are letters, its weights random."""

from __future__ import annotations

import numpy as np

from index.embedders.e5_file import E5File, Sizes, Tensor, quantised

_HIDDEN, _LAYERS, _WIDE, _POSITIONS = 64, 2, 96, 64
_LETTERS = "▁abcdefghijklmnopqrstuvwxyzабвгдежзийклмнопрстуфхцчшщъыьэюяәіңғүұқөһ.,:?!"


def small_model(seed: int = 0) -> E5File:
    """Small letters only; capitals are normalised to them."""
    random = np.random.default_rng(seed)
    pieces = [(mark, 0.0) for mark in (b"<s>", b"<pad>", b"</s>", b"<unk>")]
    pieces += [(letter.encode(), -3.0 - i / 100) for i, letter in enumerate(_LETTERS)]

    def matrix(rows: int, columns: int) -> Tensor:
        return quantised(random.normal(0, columns**-0.5, (rows, columns)).astype(np.float32))

    def vector(size: int, value: float = 0.0) -> Tensor:
        return Tensor(np.full(size, value, "<f4").tobytes(), four_bits=False)

    tensors = {
        "emb.word": matrix(len(pieces), _HIDDEN),
        "emb.pos": Tensor(random.normal(0, 0.1, _POSITIONS * _HIDDEN).astype("<f4").tobytes(), four_bits=False),
        "emb.type": vector(2 * _HIDDEN),
        "emb.ln.w": vector(_HIDDEN, 1.0),
        "emb.ln.b": vector(_HIDDEN),
    }
    for i in range(_LAYERS):
        for name, rows, columns in (
            ("q", _HIDDEN, _HIDDEN),
            ("k", _HIDDEN, _HIDDEN),
            ("v", _HIDDEN, _HIDDEN),
            ("ao", _HIDDEN, _HIDDEN),
            ("fi", _WIDE, _HIDDEN),
            ("fo", _HIDDEN, _WIDE),
        ):
            tensors |= {f"l{i}.{name}.w": matrix(rows, columns), f"l{i}.{name}.b": vector(rows)}
        for name in ("aln", "oln"):
            tensors |= {f"l{i}.{name}.w": vector(_HIDDEN, 1.0), f"l{i}.{name}.b": vector(_HIDDEN)}
    sizes = Sizes(_HIDDEN, _LAYERS, 4, _WIDE, len(pieces), _POSITIONS, 2, 1e-12, 0, 2, 1, 3)
    capitals = {letter.upper(): letter for letter in _LETTERS if letter.upper() != letter}
    return E5File(sizes, pieces, capitals, tensors)
