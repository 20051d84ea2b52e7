"""Conditional logit (McFadden 1974; in ranking ListNet's top-one probability, Cao et al. 2007): the chance that one of
several candidates is right is softmax of a weighted sum of its evidence."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

FloatArray = NDArray[np.float64]


def conditional_logit(
    evidence: Sequence[FloatArray],
    right: Sequence[NDArray[np.bool_]],
    penalty: float | FloatArray,
    weight: FloatArray | None = None,
) -> FloatArray:
    """`(f,)` weights of the evidence that make the right candidates likeliest, under an L2 penalty, of all weights or
    of each `(f,)`. Of every question its candidates' evidence `(n, f)` and which are right `(n,)`, at least one of
    them; questions `weight` `(q,)` alike where nothing is said."""
    rows, wanted = np.concatenate(evidence), np.concatenate(right).astype(np.float64)
    sizes = np.array([len(each) for each in evidence])
    starts, question = np.cumsum(sizes) - sizes, np.repeat(np.arange(len(sizes)), sizes)
    counts = np.ones(len(sizes)) if weight is None else weight
    held = np.broadcast_to(np.asarray(penalty, dtype=np.float64), rows.shape[1:])

    def loss(weights: FloatArray) -> tuple[float, FloatArray]:
        scores = rows @ weights
        odds = np.exp(scores - np.maximum.reduceat(scores, starts)[question])
        everywhere, of_right = np.add.reduceat(odds, starts), np.add.reduceat(odds * wanted, starts)
        share = odds / everywhere[question] - odds * wanted / of_right[question]
        gradient = rows.T @ (counts[question] * share) + 2 * held * weights
        return float(counts @ np.log(everywhere / of_right) + held @ weights**2), gradient

    return np.asarray(minimize(loss, np.zeros(rows.shape[1]), jac=True, method="L-BFGS-B").x)
