"""Expected calibration error: how far the chance told lies from the share right (Naeini et al. 2015)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_BINS = 10


def calibration_error(told: NDArray[np.float64], right: NDArray[np.float64], bins: int = _BINS) -> float:
    """Of chances `(n,)` and what was right `(n,)`, 1 or 0, over bins of as many questions each."""
    order = np.argsort(told, kind="stable")
    parts = [part for part in np.array_split(order, bins) if len(part)]
    return float(sum(len(part) * abs(told[part].mean() - right[part].mean()) for part in parts) / len(told))
