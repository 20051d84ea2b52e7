"""Which provisions a question is taken for, so that training sets them beside its own: hard negatives, mined with the
embedder of before (Xiong et al. 2021, "Approximate nearest neighbor negative contrastive learning")."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

from index.embedders.embedder import FloatArray

_MOST = 8  # provisions that one is set beside
_AT_ONCE = 2048  # questions


def taken_for(
    vectors: FloatArray, provisions: Sequence[str], articles: Sequence[str], nearest: int = 10
) -> dict[str, dict[str, int]]:
    """Of each provision, those of other articles among whose questions its own have so many `nearest`, the most
    frequent first, with how often. `vectors` `(n, d)`, unit length, are of questions at the `provisions` and
    `articles`, `n` each."""
    found: dict[str, Counter[str]] = {name: Counter() for name in provisions}
    _, of = np.unique(np.array(articles), return_inverse=True)
    for start in range(0, len(vectors), _AT_ONCE):
        cosines = vectors[start : start + _AT_ONCE] @ vectors.T
        cosines[of[start : start + _AT_ONCE, None] == of[None, :]] = -np.inf
        for row, places in enumerate(np.argpartition(-cosines, nearest, axis=1)[:, :nearest]):
            found[provisions[start + row]].update(provisions[i] for i in places if np.isfinite(cosines[row, i]))
    return {name: dict(counts.most_common(_MOST)) for name, counts in found.items()}


def beside_them(
    drawn: Sequence[str], neighbours: Mapping[str, Mapping[str, int]], most: int, random: np.random.Generator
) -> list[str]:
    """Up to so many provisions, none of them `drawn` nor twice, each of which one of those drawn is taken for."""
    found: dict[str, None] = {}
    led = [neighbours[name] for name in drawn if name in neighbours]
    for i in random.permutation(len(led)).tolist():
        own = {name: n for name, n in led[i].items() if name not in found and name not in drawn}
        if own and len(found) < most:
            counts = np.array(list(own.values()), dtype=np.float64)
            found[list(own)[int(random.choice(len(own), p=counts / counts.sum()))]] = None
    return list(found)
