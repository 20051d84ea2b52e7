"""Provisions made of real ones: as many as wanted, with words and vectors that lie to each other as real ones do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from corpus import user_folders
from eval.asking.dataset import load_dataset
from index import Embedder
from index.embedders.embedder import FloatArray
from index.stores import OPEN_END, SearchVectors, StoredAct, StoredProvision
from index.stores.rows import ActKind, ActStatus
from index.stores.wording import stored_terms
