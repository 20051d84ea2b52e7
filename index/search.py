"""Searching the index: every provision scored, filtered by document, ranked."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import faiss
import numpy as np

from corpus.catalogue import Document
from corpus.provision import Provision
from index.embedder import Embedder, FloatArray
from index.fusion import FusionWeights, dense_score
from index.lexical import LexicalIndex
from index.texts import IndexedText


@dataclass(frozen=True, slots=True)
class Hit:
    """A provision found, in the language edition that matched best.

    `score` ranks; `dense` (a mean of cosines), `lexical` (BM25 of the question's words) and `glossary` (BM25 of
    their translations) are its evidence; `sentence` is the span of the best-matching sentence in `provision.body`.
    """

    provision: Provision
    score: float
    dense: float
    lexical: float
    glossary: float
    sentence: tuple[int, int]


@dataclass(frozen=True, slots=True)
class SearchResult:
    """Ranked hits, and how near the question came to what the documents do not speak of.

    `contrast` is the greatest cosine with a contrast text (0 without any).
    """

    hits: tuple[Hit, ...]
    contrast: float


class SearchIndex:
    """An opened index. Safe to share by threads; `search` holds no state between calls."""

    def __init__(
        self,
        *,
        provisions: Sequence[Provision],
        documents: Sequence[Document],
        texts: Sequence[IndexedText],
        vectors: faiss.Index,
        articles: faiss.Index,
        article_of: Sequence[int],
        lexical: dict[str, LexicalIndex],
        weights: FusionWeights,
        embedder: Embedder,
        fingerprint: str,
    ) -> None:
        self.provisions = tuple(provisions)
        self.documents = {document.id: document for document in documents}
        self.fingerprint = fingerprint
        self.embedder = embedder
        self.weights = weights
        self._texts = tuple(texts)
        self._vectors = vectors
        self._articles = articles
        self._lexical = lexical
        self._by_key = {(p.id, p.language): p for p in self.provisions}
        self._owner = np.array([t.provision for t in self._texts], dtype=np.int64)
        self._whole = np.array([t.kind == "whole" for t in self._texts], dtype=bool)
        self._article_of = np.asarray(article_of, dtype=np.int64)
        self._document = np.array([p.document for p in self.provisions], dtype=object)
        self._language = np.array([p.language for p in self.provisions], dtype=object)
        self._searchable = np.zeros(len(self.provisions), dtype=bool)
        self._searchable[self._owner] = True
        self._editions = tuple(dict.fromkeys((p.document, p.language) for p in self.provisions))

    def provision(self, identifier: str, language: str) -> Provision | None:
        """The provision in the language, or None."""
        return self._by_key.get((identifier, language))

    def languages(self, document: str) -> tuple[str, ...]:
        """Languages in which the document is indexed, in the order of indexing."""
        return tuple(language for edition, language in self._editions if edition == document)

    def search(
        self,
        question: str,
        *,
        language: str,
        documents: Collection[str],
        limit: int = 20,
        text_language: str | None = None,
        translations: Mapping[str, str] | None = None,
    ) -> SearchResult:
        """The best provisions of the documents, one hit a provision, best first.

        `language` is the question's; `text_language` restricts to one language edition. `translations`
        gives, for each language of texts, words that stand for the question in it.
        """
        allowed = self._searchable & np.isin(self._document, list(documents))
        if text_language:
            allowed &= self._language == text_language
        query = self.embedder.embed_queries([_as_sentence(question)])
        cosines = _all_scores(self._vectors, query)
        dense, best_text = self._dense(cosines[: len(self._texts)], _all_scores(self._articles, query))
        lexical = self._lexical_scores({language: question})
        glossary = self._lexical_scores(translations or {})
        evidence = dense + self.weights.lexical * lexical + self.weights.glossary * glossary
        score = np.where(allowed, evidence, -np.inf)
        hits: dict[str, Hit] = {}
        for ordinal in np.argsort(-score, kind="stable"):
            if len(hits) == limit or not allowed[ordinal]:
                break
            provision = self.provisions[ordinal]
            if provision.id in hits:  # another language edition of it ranked higher
                continue
            text = self._texts[best_text[ordinal]]
            hits[provision.id] = Hit(
                provision,
                round(float(score[ordinal]), 6),
                round(float(dense[ordinal]), 6),
                round(float(lexical[ordinal]), 6),
                round(float(glossary[ordinal]), 6),
                (text.start, text.end),
            )
        return SearchResult(tuple(hits.values()), self._contrast(cosines))

    def _contrast(self, cosines: FloatArray) -> float:
        beyond = cosines[len(self._texts) :]
        return round(float(beyond.max()), 6) if len(beyond) else 0.0

    def _dense(self, cosines: FloatArray, article_cosines: FloatArray) -> tuple[FloatArray, np.ndarray]:
        """Dense score of every provision, and the row of its best sentence (or of its only text)."""
        count = len(self.provisions)
        whole = np.zeros(count, dtype=np.float32)
        whole[self._owner[self._whole]] = cosines[self._whole]
        sentence = np.full(count, -np.inf, dtype=np.float32)
        np.maximum.at(sentence, self._owner[~self._whole], cosines[~self._whole])
        best_text = np.zeros(count, dtype=np.int64)
        rows = np.arange(len(self._texts))
        best_text[self._owner[self._whole]] = rows[self._whole]
        at_best = ~self._whole & (cosines == sentence[self._owner])
        best_text[self._owner[at_best][::-1]] = rows[at_best][::-1]  # the first of equals stands
        sentence = np.where(np.isinf(sentence), whole, sentence)
        return dense_score(self.weights, whole, sentence, article_cosines[self._article_of]), best_text

    def _lexical_scores(self, words: Mapping[str, str]) -> FloatArray:
        """BM25 of every provision for the words given for its language."""
        scores = np.zeros(len(self.provisions), dtype=np.float32)
        for language, text in words.items():
            if text and language in self._lexical:
                scores[self._language == language] = self._lexical[language].scores(text)
        return scores


def _as_sentence(question: str) -> str:
    """The question as it stands in print: embedding models mind the first capital and the question mark, people
    who type do not."""
    text = question[:1].upper() + question[1:]
    return text if text.endswith((".", "!", "?", "…", "»", "”", '"')) else f"{text}?"


def _all_scores(vectors: faiss.Index, query: FloatArray) -> FloatArray:
    """Inner products of the query with every vector, in the vectors' order."""
    products, rows = vectors.search(query, vectors.ntotal)
    scores = np.empty(vectors.ntotal, dtype=np.float32)
    scores[rows[0]] = products[0]
    return scores
