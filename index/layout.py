"""Which text, row, provision and article an index's numbers stand for, and the best of each.

A *text* is one of the vectors; a *row* is a provision in one edition, or its entry in the layer in one language; a
*slot* is a provision, however many rows it has.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
import numpy.typing as npt

from corpus.provision import LANGUAGES, Provision
from index.embedders.embedder import FloatArray
from index.texts import TEXT_KINDS, TextKind, TextTable

IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]


class Layout:
    """The rows are the provisions in their order; `identifiers` name the slots in theirs."""

    def __init__(self, provisions: Sequence[Provision], texts: TextTable) -> None:
        self.owner = texts.provision.astype(np.int64)
        self._of_kind = {kind: self._grouped(np.flatnonzero(texts.kind == n)) for n, kind in enumerate(TEXT_KINDS)}
        names: dict[str, int] = {}
        document = np.array([names.setdefault(p.document, len(names)) for p in provisions], dtype=np.int64)
        self._in_document = {name: document == n for name, n in names.items()}
        of_text = document[self.owner]
        self._spans = {name: _runs(of_text == n) for name, n in names.items()}
        self.language = np.array([p.language for p in provisions], dtype=object)
        self.plain = np.array([p.wording == "plain" for p in provisions], dtype=bool)
        self.rows_of = {
            (wording, language): np.flatnonzero((self.language == language) & (self.plain == (wording == "plain")))
            for wording in ("official", "plain")
            for language in LANGUAGES
        }
        self._searchable = np.zeros(len(provisions), dtype=bool)
        self._searchable[self.owner] = True
        slots: dict[str, int] = {}
        self.slot = np.array([slots.setdefault(p.id, len(slots)) for p in provisions], dtype=np.int64)
        self.identifiers = tuple(slots)
        articles: dict[str, int] = {}
        self.article = np.array([articles.setdefault(i.split("__")[0], len(articles)) for i in slots], dtype=np.int64)
        self.articles = tuple(articles)
        self.plain_row = {language: self.by_slot(self.rows_of["plain", language]) for language in LANGUAGES}

    def wanted(self, documents: Collection[str]) -> BoolArray:
        """For each row, whether it belongs to one of the documents and says something."""
        known = [self._in_document[name] for name in documents if name in self._in_document]
        return np.asarray(self._searchable & np.any(known, axis=0))

    def spans(self, documents: Collection[str]) -> list[tuple[int, int]]:
        """Where the documents' texts stand, as runs `start:end`, first to last."""
        return sorted(span for name in documents for span in self._spans.get(name, ()))

    def of_kind(self, kind: TextKind) -> tuple[IntArray, IntArray]:
        """The texts of the kind by the row that they belong to, and where each row's begin."""
        return self._of_kind[kind]

    def nearest(self, cosines: FloatArray, kind: TextKind) -> tuple[FloatArray, IntArray]:
        """For each row, the greatest cosine of its texts of the kind (-1 without any) and that text's place (-1)."""
        texts, starts = self._of_kind[kind]
        best = np.full(len(self.plain), -1.0, dtype=np.float32)
        at = np.full(len(self.plain), -1, dtype=np.int64)
        if texts.size:
            mine, owners = cosines[texts], self.owner[texts]
            best[owners[starts]] = np.maximum.reduceat(mine, starts)
            greatest = np.flatnonzero(mine == best[owners])[::-1]  # of several the first is written last, and stands
            at[owners[greatest]] = texts[greatest]
        return best, at

    def by_slot(self, rows: IntArray) -> IntArray:
        """For each slot, its row among the rows, -1 without; of several the last."""
        by_slot = np.full(len(self.identifiers), -1, dtype=np.int64)
        by_slot[self.slot[rows]] = rows
        return by_slot

    def best_rows(self, allowed: BoolArray, evidence: FloatArray) -> IntArray:
        """For each slot, the allowed row with the most evidence, -1 where none is allowed."""
        rows = np.flatnonzero(allowed)
        return self.by_slot(rows[np.lexsort((-rows, evidence[rows]))])  # the last written stands: the most evidence

    def mean_by_slot(self, allowed: BoolArray, values: FloatArray) -> FloatArray:
        """For each slot, the mean of its allowed rows' values; NaN where none is allowed."""
        rows = np.flatnonzero(allowed)
        slots = self.slot[rows]
        count = np.bincount(slots, minlength=len(self.identifiers))
        total = np.bincount(slots, weights=values[rows], minlength=len(self.identifiers))
        return np.where(count > 0, total / np.maximum(count, 1), np.nan).astype(np.float32)

    def best_in_article(self, values: FloatArray) -> FloatArray:
        """For each slot, the greatest value in its article; NaN where the slot itself has none."""
        best = np.full(len(self.articles), -np.inf, dtype=np.float32)
        np.fmax.at(best, self.article, values)
        return np.where(np.isnan(values), np.nan, best[self.article])

    def _grouped(self, texts: IntArray) -> tuple[IntArray, IntArray]:
        """The texts by the row they belong to, and where each row's begin."""
        texts = texts[np.argsort(self.owner[texts], kind="stable")]
        owners = self.owner[texts]
        return texts, np.flatnonzero(np.diff(owners, prepend=-1))


def _runs(chosen: BoolArray) -> list[tuple[int, int]]:
    """Where what is chosen stands side by side, as `start:end`."""
    edges = np.flatnonzero(np.diff(chosen.astype(np.int8), prepend=0, append=0))
    return [(int(start), int(end)) for start, end in edges.reshape(-1, 2)]
