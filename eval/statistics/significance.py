"""How sure a figure is: bootstrap intervals and paired randomisation tests, both over question groups.

The same question asked in three languages is one draw, not three: groups are resampled and swapped whole.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.stats import bootstrap, permutation_test

RESAMPLES = 2000
_SEED = 20260701


def _by_group(values: Sequence[float], groups: Sequence[str]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Sum and number of values of each group."""
    found: dict[str, list[float]] = defaultdict(list)
    for value, group in zip(values, groups, strict=True):
        found[group].append(value)
    return np.array([sum(v) for v in found.values()]), np.array([float(len(v)) for v in found.values()])


def confidence_interval(values: Sequence[float], groups: Sequence[str]) -> tuple[float, float] | None:
    """95 % percentile bootstrap interval of the mean (Efron 1979); None where there are fewer than two groups."""
    sums, counts = _by_group(values, groups)
    if len(sums) < 2:
        return None
    found = bootstrap(
        (sums, counts),
        lambda s, c, axis=-1: s.sum(axis=axis) / c.sum(axis=axis),
        paired=True,
        n_resamples=RESAMPLES,
        method="percentile",
        rng=np.random.default_rng(_SEED),
    ).confidence_interval
    return float(found.low), float(found.high)


def paired_randomisation(a: Sequence[float], b: Sequence[float], groups: Sequence[str]) -> tuple[float, float]:
    """Difference of means, and the two-sided probability of one as great by chance (Fisher's randomisation test, as
    Smucker, Allan and Carterette 2007 recommend for retrieval). 1.0 where nothing differs."""
    difference = float(np.mean(a) - np.mean(b))
    sums_a, _ = _by_group(a, groups)
    sums_b, _ = _by_group(b, groups)
    if np.array_equal(sums_a, sums_b):
        return difference, 1.0
    found = permutation_test(
        (sums_a, sums_b),
        lambda x, y, axis=-1: x.sum(axis=axis) - y.sum(axis=axis),
        permutation_type="samples",
        vectorized=True,
        n_resamples=RESAMPLES,
        rng=np.random.default_rng(_SEED),
    )
    return difference, float(found.pvalue)
