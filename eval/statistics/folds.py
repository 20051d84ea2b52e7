"""Cross-validation by question group: the same question in three languages never stands on both sides."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from sklearn.model_selection import GroupKFold

from eval.asking.dataset import Item

FOLDS = 8
_SEED = 20260701


def folds(items: Sequence[Item]) -> list[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """`(train, held out)` ordinals of the items, eight times; every item is held out once."""
    splitter = GroupKFold(n_splits=FOLDS, shuffle=True, random_state=_SEED)
    return list(splitter.split(np.zeros(len(items)), groups=[item.group for item in items]))
