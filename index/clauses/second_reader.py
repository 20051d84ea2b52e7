"""Reading the clauses of a visitor's own documents with a second embedder."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from corpus.provision import EditionText
from index.embedders.embedder import Embedder, FloatArray
from index.search import SearchIndex
from index.storage.vectors import BoolArray, Line, Progress, embedded, hashes_of
from index.texts import indexed_texts


class SecondReader:
    """Lets an embedder help to order an index's clauses (`index.clauses.order`). What it read stays known to it."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._known: dict[str, FloatArray] = {}

    def count(self, texts: Sequence[EditionText]) -> int:
        """How many texts of the documents it reads."""
        return sum(len(indexed_texts(text.provisions)) for text in texts)

    def over(self, index: SearchIndex, on_progress: Progress | None = None) -> SearchIndex:
        """The index, whose documents are of no plain words, so ordered."""
        lines = [Line(row.text, is_question=False) for row in indexed_texts(index.provisions)]
        hashes = hashes_of(self._embedder, lines)
        vectors = embedded([self], lines, hashes, self._embedder, on_progress or (lambda *_: None))
        self._known = dict(zip(hashes, vectors, strict=True))
        return index.ordered_by(self._embedder, vectors)

    def fill(self, hashes: Sequence[str], vectors: FloatArray, there: BoolArray) -> None:
        """As `index.storage.vectors.Known`."""
        for i in np.flatnonzero(~there).tolist():
            if (vector := self._known.get(hashes[i])) is not None:
                vectors[i], there[i] = vector, True
