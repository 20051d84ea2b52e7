"""Simple systems over whole provisions: one vector each, one bag of words each, and the two fused."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date
from functools import cached_property

import numpy as np

from corpus import Provision
from eval.asking.dataset import Item
from eval.asking.response import Cited, Response
from eval.systems.embedding import CachedEmbedding
from index import SearchIndex
from index.embedders.embedder import FloatArray
from index.words.lexical import LexicalIndex
from qa.understanding.scope import scope_of

_RETRIEVED = 20
_RANK_CONSTANT = 60


class ProvisionSystem(ABC):
    """Ranks the provisions of the documents in question by the best of their texts, and cites the first."""

    def __init__(self, name: str, index: SearchIndex, today: Callable[[], date]) -> None:
        self.name = name
        self._index = index
        self._today = today
        self._rows = [p for p in index.provisions if not p.excluded]

    @abstractmethod
    def scores(self, question: str, language: str, documents: Sequence[str]) -> FloatArray:
        """`(n,)` one score a row of `self._rows`; of those of other documents whatever comes cheap."""

    def respond(self, item: Item) -> Response:
        found = self.ranked(item)
        cited = tuple(self._cited(identifier, item.language) for identifier in list(found)[:1])
        text = "\n".join(self._words(citation, item.language) for citation in cited)
        return Response(tuple(found.items())[:_RETRIEVED], cited, False, text, item.language)

    def ranked(self, item: Item) -> dict[str, float]:
        """Provisions in scope and their scores, best first."""
        scope = scope_of(self._index.documents, named=item.document, as_of=item.as_of or self._today())
        best: dict[str, float] = {}
        scores = self.scores(item.question, item.language, scope.primary).tolist()
        for row, score in zip(self._rows, scores, strict=True):
            if row.document in scope.primary and (row.wording == "official" or row.language == item.language):
                best[row.id] = max(score, best.get(row.id, score))
        return dict(sorted(best.items(), key=lambda pair: -pair[1]))

    def _cited(self, identifier: str, language: str) -> Cited:
        document = identifier.split("#")[0]
        for code in (language, *self._index.languages(document)):
            if provision := self._index.provision(identifier, code):
                return Cited(identifier, provision.body, code)
        return Cited(identifier, None, language)

    def _words(self, citation: Cited, language: str) -> str:
        plain = self._index.plain(citation.provision, language)
        return "\n".join(text for text in (plain.body if plain else "", citation.quote or "") if text)


class Dense(ProvisionSystem):
    """Cosine of the question with each provision's text and with its plain words."""

    def __init__(self, name: str, index: SearchIndex, today: Callable[[], date], embedding: CachedEmbedding) -> None:
        super().__init__(name, index, today)
        self._embedding = embedding

        self._of: dict[str, tuple[list[int], FloatArray]] = {}

    def scores(self, question: str, language: str, documents: Sequence[str]) -> FloatArray:
        found = np.zeros(len(self._rows), dtype=np.float32)
        for document in documents:
            places, vectors = self._vectors(document)
            found[places] = vectors @ self._embedding.query(question)
        return found

    def _vectors(self, document: str) -> tuple[list[int], FloatArray]:
        """The document's rows and their vectors, embedded when it is first asked."""
        if document not in self._of:
            places = [place for place, row in enumerate(self._rows) if row.document == document]
            self._of[document] = places, self._embedding.passages([_text(self._rows[place]) for place in places])
        return self._of[document]


class Bm25(ProvisionSystem):
    """BM25 of the question's words in each provision's text and in its plain words, in the question's language."""

    @cached_property
    def _indexes(self) -> dict[str, tuple[list[int], LexicalIndex]]:
        rows: dict[str, list[int]] = defaultdict(list)
        for place, row in enumerate(self._rows):
            rows[row.language].append(place)
        return {
            code: (places, LexicalIndex.build(code, [_text(self._rows[place]) for place in places]))
            for code, places in rows.items()
        }

    def scores(self, question: str, language: str, documents: Sequence[str]) -> FloatArray:
        found = np.zeros(len(self._rows), dtype=np.float32)
        if language in self._indexes:
            places, lexical = self._indexes[language]
            found[places] = lexical.scores(question)
        return found


class ReciprocalRankFusion(ProvisionSystem):
    """Two rankings fused by reciprocal rank (RRF, Cormack et al. 2009, k = 60)."""

    def __init__(
        self, name: str, index: SearchIndex, today: Callable[[], date], first: ProvisionSystem, second: ProvisionSystem
    ) -> None:
        super().__init__(name, index, today)
        self._systems = (first, second)

    def scores(self, question: str, language: str, documents: Sequence[str]) -> FloatArray:
        raise NotImplementedError("ranks are fused, not scores")

    def ranked(self, item: Item) -> dict[str, float]:
        fused: dict[str, float] = defaultdict(float)
        for system in self._systems:
            for rank, identifier in enumerate(system.ranked(item), start=1):
                fused[identifier] += 1 / (_RANK_CONSTANT + rank)
        return dict(sorted(fused.items(), key=lambda pair: -pair[1]))


def _text(row: Provision) -> str:
    return " ".join(part for part in (row.article_title, row.lead_in, row.body) if part)
