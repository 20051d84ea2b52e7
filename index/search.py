"""Searching the index: every provision scored, filtered by document, ranked."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

import faiss
import numpy as np
import numpy.typing as npt

from corpus.catalogue import Document
from corpus.provision import Provision
from index.embedder import Embedder, FloatArray
from index.fusion import FusionWeights, combined, official_score, plain_score
from index.lexical import LexicalIndex
from index.texts import IndexedText, TextKind

IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Hit:
    """A provision found, in the language edition that matched best; its plain-language entry where no official text
    of it is installed.

    `score` ranks; `dense` (a mean of cosines), `lexical` (BM25 of the question's words) and `glossary` (BM25 of
    their translations) are its evidence; `sentence` is the span of the best-matching sentence in `provision.body`;
    `matched` says which text of the provision came nearest, and in which language.
    """

    provision: Provision
    score: float
    dense: float
    lexical: float
    glossary: float
    sentence: tuple[int, int]
    plain: bool = False
    matched: tuple[TextKind, str] | None = None


@dataclass(frozen=True, slots=True)
class SearchResult:
    """Ranked hits, and how near the question came to what the documents do not speak of.

    `contrast` is the greatest cosine with a contrast text (0 without any); `typical` the mean score of all provisions
    searched, which tells how near the question lies to the documents' matters altogether.
    """

    hits: tuple[Hit, ...]
    contrast: float
    typical: float = 0.0


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
        lexical: Mapping[tuple[str, str], LexicalIndex],
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
        self._by_key = {(p.id, p.language, p.wording): p for p in self.provisions}
        self._owner = np.array([t.provision for t in self._texts], dtype=np.int64)
        kinds = np.array([t.kind for t in self._texts], dtype=object)
        self._of_kind = {kind: np.flatnonzero(kinds == kind) for kind in get_args(TextKind)}
        self._article_of = np.asarray(article_of, dtype=np.int64)
        self._document = np.array([p.document for p in self.provisions], dtype=object)
        self._language = np.array([p.language for p in self.provisions], dtype=object)
        self._plain = np.array([p.wording == "plain" for p in self.provisions], dtype=bool)
        self._rows_of = {
            key: np.flatnonzero((self._language == key[1]) & (self._plain == (key[0] == "plain"))) for key in lexical
        }
        self._searchable = np.zeros(len(self.provisions), dtype=bool)
        self._searchable[self._owner] = True
        self._editions = tuple(dict.fromkeys((p.document, p.language, p.wording) for p in self.provisions))
        slots: dict[str, int] = {}
        self._slot = np.array([slots.setdefault(p.id, len(slots)) for p in self.provisions], dtype=np.int64)
        self.count = len(slots)  # of provisions, however many texts each has

    def provision(self, identifier: str, language: str) -> Provision | None:
        """The provision's official text in the language, or None."""
        return self._by_key.get((identifier, language, "official"))

    def plain(self, identifier: str, language: str) -> Provision | None:
        """The provision's entry in the plain-language layer, or None."""
        return self._by_key.get((identifier, language, "plain"))

    def languages(self, document: str) -> tuple[str, ...]:
        """Languages in which an official text of the document is indexed, in the order of indexing."""
        return tuple(
            language for name, language, wording in self._editions if (name, wording) == (document, "official")
        )

    def edition(self, document: str, language: str) -> tuple[Provision, ...]:
        """The document as it is read in the language: its official text, else that in another language, else the
        plain-language layer."""
        official = self.languages(document)
        wording = "official" if official else "plain"
        read = language if language in official or not official else official[0]
        return tuple(p for p in self.provisions if (p.document, p.language, p.wording) == (document, read, wording))

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
        wanted = self._searchable & np.isin(self._document, list(documents))
        official = wanted & ~self._plain
        if text_language:
            official &= self._language == text_language
        plain = wanted & self._plain & (self._language == language)
        query = self.embedder.embed_queries([_as_sentence(question)])
        cosines = _all_scores(self._vectors, query)
        dense, nearest = self._dense(cosines[: len(self._texts)], _all_scores(self._articles, query))
        lexical = self._lexical_scores("official", {language: question})
        lexical += self._lexical_scores("plain", {language: question})
        glossary = self._lexical_scores("official", translations or {})
        weights = self.weights
        words = np.where(self._plain, weights.plain_lexical, weights.lexical) * lexical + weights.glossary * glossary
        official_row = self._best_rows(official, dense + words)
        plain_row = self._best_rows(plain, dense + words)
        scores = combined(self.weights, _at(dense, official_row), _at(dense, plain_row))
        evidence = scores + np.nan_to_num(_at(words, official_row)) + np.nan_to_num(_at(words, plain_row))
        hits = []
        for slot in np.argsort(-np.where(np.isnan(evidence), -np.inf, evidence), kind="stable")[:limit]:
            if np.isnan(evidence[slot]):
                break
            rows = [int(row) for row in (official_row[slot], plain_row[slot]) if row >= 0]
            text = self._texts[nearest[rows[0]]]
            matched = self._texts[max((nearest[row] for row in rows), key=lambda at: cosines[at])]
            hits.append(
                Hit(
                    provision=self.provisions[rows[0]],
                    score=round(float(evidence[slot]), 6),
                    dense=round(float(scores[slot]), 6),
                    lexical=round(float(sum(lexical[row] for row in rows)), 6),
                    glossary=round(float(sum(glossary[row] for row in rows)), 6),
                    sentence=(text.start, text.end),
                    plain=bool(plain_row[slot] >= 0),
                    matched=(matched.kind, self.provisions[matched.provision].language),
                )
            )
        found = evidence[~np.isnan(evidence)]
        typical = round(float(found.mean()), 6) if len(found) else 0.0
        return SearchResult(tuple(hits), self._contrast(cosines), typical)

    def _best_rows(self, allowed: BoolArray, evidence: FloatArray) -> IntArray:
        """For each provision, the allowed row with the most evidence, -1 where none is allowed."""
        rows = np.flatnonzero(allowed)
        best = np.full(self.count, -1, dtype=np.int64)
        rising = rows[np.lexsort((-rows, evidence[rows]))]
        best[self._slot[rising]] = rising  # the last written stands: the most evidence, the first of equals
        return best

    def _contrast(self, cosines: FloatArray) -> float:
        beyond = cosines[len(self._texts) :]
        return round(float(beyond.max()), 6) if len(beyond) else 0.0

    def _dense(self, cosines: FloatArray, article_cosines: FloatArray) -> tuple[FloatArray, IntArray]:
        """Dense score of every row, and its nearest text: the best sentence (or the only text) of an official one."""
        whole, whole_at = self._nearest(cosines, "whole")
        sentence, sentence_at = self._nearest(cosines, "sentence")
        entry, entry_at = self._nearest(cosines, "entry")
        everyday, everyday_at = self._nearest(cosines, "everyday")
        article = article_cosines[self._article_of]
        split = sentence_at >= 0
        spoken = everyday > entry
        official = official_score(self.weights, whole, np.where(split, sentence, whole), article)
        plain = plain_score(self.weights, np.maximum(entry, everyday), article)
        nearest = np.where(self._plain, np.where(spoken, everyday_at, entry_at), np.where(split, sentence_at, whole_at))
        return np.where(self._plain, plain, official), nearest

    def _nearest(self, cosines: FloatArray, kind: TextKind) -> tuple[FloatArray, IntArray]:
        """For each row, the greatest cosine of its texts of the kind (-1 without any) and that text's place (-1)."""
        texts = self._of_kind[kind]
        best = np.full(len(self.provisions), -1.0, dtype=np.float32)
        at = np.full(len(self.provisions), -1, dtype=np.int64)
        rising = texts[np.lexsort((-texts, cosines[texts]))]
        at[self._owner[rising]] = rising
        best[self._owner[rising]] = cosines[rising]
        return best, at

    def _lexical_scores(self, wording: str, words: Mapping[str, str]) -> FloatArray:
        """BM25 of every row in the wording for the words given for its language."""
        scores = np.zeros(len(self.provisions), dtype=np.float32)
        for language, text in words.items():
            if text and (wording, language) in self._lexical:
                scores[self._rows_of[wording, language]] = self._lexical[wording, language].scores(text)
        return scores


def _at(values: FloatArray, rows: IntArray) -> FloatArray:
    """The values at the rows; NaN for row -1."""
    return np.where(rows >= 0, values[rows], np.nan)


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
