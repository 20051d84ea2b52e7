"""How clauses are ordered of documents of which nothing is known beforehand, alone in their index: a visitor's own.

The embedder that ships is trained on what people ask of constitutions, which cost it some of what it knew of all else.
The one it was trained from is asked beside it; and which matters question and clause have in common, whatever their
languages, a thesaurus tells. Weights are those that `python -m eval.own.fitted` prints.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from corpus.provision import Provision
from index.clauses.thesaurus import MattersOf, Thesaurus, load_thesaurus
from index.embedders.embedder import Embedder, FloatArray
from index.layout import Layout
from index.matters import KEPT

_SHORTEST = 6  # words of a clause; what has fewer is a heading


@dataclass(frozen=True, slots=True)
class ClauseWeights:
    """Weights of the cosine with the clause, of that with its best sentence, of runs of letters in common (the clause
    that has most of them gets all of it), of matters in common, and against what is no more than a heading. `share` is
    that of the index's own embedder in the cosines, of 1. A difference of these scores tells as much as one `unit`
    times as large of the index's own: what is near enough to be cited with the best is told by those."""

    whole: float = 0.65
    sentence: float = 0.35
    letters: float = 0.011
    matters: float = 0.007
    heading: float = 0.048
    share: float = 0.24
    unit: float = 2.8


def headings(provisions: Sequence[Provision]) -> FloatArray:
    """Of each clause `(n,)`: 1 where it is no more than a heading."""
    texts = [provision.text for provision in provisions]
    return np.array([text.isupper() or len(text.split()) < _SHORTEST for text in texts], dtype=np.float32)


class ClauseOrder:
    """Scores an index's rows. Safe to share by threads."""

    def __init__(
        self,
        provisions: Sequence[Provision],
        layout: Layout,
        second: Embedder,
        vectors: FloatArray,
        weights: ClauseWeights | None = None,
        thesaurus: Thesaurus | None = None,
    ) -> None:
        """`vectors` `(n, d)` are those that the `second` embedder has of the index's texts."""
        self._layout, self._vectors = layout, vectors
        self._weights = weights or ClauseWeights()
        self._query = lru_cache(maxsize=KEPT)(lambda question: np.asarray(second.embed_queries([question])[0]))
        self._headings = headings(provisions)
        self._matters = MattersOf(thesaurus or load_thesaurus(), [(p.text, p.language) for p in provisions])

    def of(self, question: str, language: str, cosines: FloatArray, letters: FloatArray) -> FloatArray:
        """`(rows,)`, from the question's `cosines` by the index's own embedder and the rows' scores for `letters`;
        `language` is the question's."""
        weights, count = self._weights, len(self._vectors)
        mixed = weights.share * cosines[:count] + (1 - weights.share) * (self._vectors @ self._query(question))
        whole, _ = self._layout.nearest(mixed, "whole")
        sentence, at = self._layout.nearest(mixed, "sentence")
        sentence = np.where(at >= 0, sentence, whole)
        alike = letters / (letters.max(initial=0.0) or 1.0)
        score = weights.whole * whole + weights.sentence * sentence + weights.letters * alike
        score += weights.matters * self._matters.likeness(question, language) - weights.heading * self._headings
        return np.asarray(weights.unit * score, dtype=np.float32)
