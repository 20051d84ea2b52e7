"""Reranking by a cross-encoder, for those who have one: it reads question and provision together (Nogueira, Cho 2019).

Importing torch takes seconds: only here, only when a model is named.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

import numpy as np

from index.embedders.embedder import FloatArray
from index.embedders.hub import source_of
from index.errors import EmbedderUnavailable
from index.results import Hit

RERANKER_VARIABLE = "ATAZAN_RERANKER"


class Reranker(Protocol):
    """Scores texts for a question; safe to share by threads."""

    @property
    def name(self) -> str:
        """What the user typed to get this model."""

    def scores(self, question: str, texts: Sequence[str]) -> FloatArray:
        """`(n,)` float32 in 0 to 1, greater for a text that answers better."""


class CrossEncoderReranker:
    """Any cross-encoder of sentence-transformers with one label, by hub name or folder."""

    def __init__(self, name: str) -> None:
        try:
            source = source_of(name)
            from sentence_transformers import CrossEncoder

            self._model = CrossEncoder(source)
        except (ImportError, OSError, ValueError, RuntimeError) as error:
            reason = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
            raise EmbedderUnavailable(f"The reranking model {name!r} cannot be loaded: {reason}") from error
        self.name = name
        self._lock = threading.Lock()

    def scores(self, question: str, texts: Sequence[str]) -> FloatArray:
        from torch import nn

        if not texts:
            return np.empty(0, dtype=np.float32)
        with self._lock:
            found = self._model.predict(
                [(question, text) for text in texts], activation_fn=nn.Sigmoid(), show_progress_bar=False
            )
        return np.asarray(found, dtype=np.float32).reshape(len(texts))


def open_reranker(name: str | None = None) -> Reranker | None:
    """The model named, or in ATAZAN_RERANKER; None where none is. Raises `EmbedderUnavailable`."""
    chosen = name or os.environ.get(RERANKER_VARIABLE, "").strip()
    return CrossEncoderReranker(chosen) if chosen else None


def reranked(hits: Sequence[Hit], question: str, texts: Sequence[str], reranker: Reranker) -> tuple[Hit, ...]:
    """The hits in the reranker's order, with its scores; `texts` stand for the hits, one each."""
    scores = reranker.scores(question, texts)
    order = np.argsort(-scores, kind="stable")
    return tuple(replace(hits[i], score=round(float(scores[i]), 6)) for i in order)
