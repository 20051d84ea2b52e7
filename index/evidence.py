"""What speaks for each provision: cosines, words, and what is learned, brought together in a score."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from corpus.provision import LANGUAGES
from index.clauses.order import ClauseOrder
from index.embedders.embedder import FloatArray
from index.fusion import official_score
from index.layout import BoolArray, IntArray, Layout
from index.matters import KEPT, Query
from index.storage.contents import IndexContents, article_ordinals
from index.texts import as_sentence


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that speaks for each provision (`n` slots, in the index's order) for one question.

    `official_row`, `plain_row`: the provision's row in its best official text and in the layer, -1 without. `agreed` is
    the official texts' score and `classified` how surely the question belongs to the article, both `(n,)`. `layered` is
    `(n, 10)`, columns as `LAYER_EVIDENCE`, NaN rows where a provision has no layer; `dense` and `score` are `(n,)`,
    NaN where the provision is not searched. `nearest` is each row's nearest text.
    """

    official_row: IntArray
    plain_row: IntArray
    agreed: FloatArray
    classified: FloatArray
    layered: FloatArray
    dense: FloatArray
    score: FloatArray
    lexical: FloatArray
    glossary: FloatArray
    nearest: IntArray
    cosines: FloatArray
    answerable: float | None
    beside: float


class EvidenceFinder:
    """Weighs one index's provisions for a question. Safe to share by threads."""

    def __init__(
        self, contents: IndexContents, layout: Layout, query: Query, clauses: ClauseOrder | None = None
    ) -> None:
        self._contents = contents
        self._clauses = clauses
        self._layout = layout
        self._vectors = contents.vectors
        self._articles = contents.articles
        self._article_of = np.asarray(article_ordinals(contents.provisions)[0], dtype=np.int64)
        self._query = query
        # One answer may look for its question in several sets of documents.
        self._cosines_with = lru_cache(maxsize=KEPT * len(contents.documents))(self._cosines_of)
        known = contents.classifier
        # Whatever documents are searched, it is asked with all that is learned from.
        scores = (lambda asked: known.scores(self._cosines(asked, ()))) if known else None
        self._scores_of = lru_cache(maxsize=KEPT)(scores) if scores else None
        self._read_in: dict[str, set[str]] = {}
        for p in contents.provisions:
            if p.wording == "official":
                self._read_in.setdefault(p.document, set()).add(p.language)
        self._hubness = np.zeros(len(self._vectors), dtype=np.float32)
        if contents.hubness is not None:
            self._hubness[: len(contents.texts)] = contents.weights.hubness * contents.hubness
        learned = contents.classifier.articles if contents.classifier else ()
        self._learned_from = frozenset(article.split("#")[0] for article in learned)
        self._layered = frozenset(p.document for p in contents.provisions if p.wording == "plain")
        # Of official text alone, beside a layer whose questions tell the hubs.
        others = frozenset(p.document for p in contents.provisions) - self._layered
        self._bare_documents = others if contents.hubness is not None else frozenset[str]()
        self._bare = np.array([p.document in self._bare_documents for p in contents.provisions], dtype=bool)
        self._learned_beside = self._learned_from - self._layered
        classes = {name: i for i, name in enumerate(learned)}
        self._class_of = np.array([classes.get(name, -1) for name in layout.articles], dtype=np.int64)

    def of(
        self,
        question: str,
        *,
        language: str,
        documents: Collection[str],
        text_language: str | None = None,
        translations: Mapping[str, str] | None = None,
    ) -> Evidence:
        """All that speaks for each provision; arguments as for `SearchIndex.search`."""
        layout = self._layout
        wanted = layout.wanted(documents)
        official = wanted & ~layout.plain
        if text_language:
            official &= layout.language == text_language
        cosines = self._cosines(as_sentence(question), documents)
        article = (self._articles @ self._query(as_sentence(question)))[self._article_of]

        dense, place, sentence = self._dense(cosines, article)
        read_in = {code for name in documents for code in self._read_in.get(name, ())}
        lexical = self._lexical_scores("official", "official", {language: question} if language in read_in else {})
        translated = {code: words for code, words in (translations or {}).items() if code in read_in}
        glossary = self._lexical_scores("official", "official", translated)
        of_words = self._contents.weights.lexical * lexical + self._contents.weights.glossary * glossary
        agreed, official_row = self._agreed(official, dense + of_words)
        ranked = agreed
        if self._clauses:
            letters = self._lexical_scores("official", "official_letters", {language: question})
            of_clauses = self._clauses.of(as_sentence(question), language, cosines, letters)
            ranked, official_row = self._agreed(official, of_clauses)
        elif self._bare_documents.intersection(documents):
            dense, place, _ = self._dense(cosines - self._hubness, article)
            of_words += self._letters(question, language, official) if language in read_in else 0
            ranked, official_row = self._agreed(official, dense + of_words)
        # Both order better; how much speaks for the best is told by what the thresholds were fitted to.
        ranked = ranked + (_greatest(agreed) - _greatest(ranked))

        entry, entry_at = layout.nearest(cosines, "entry")
        asked, asked_at = self._spoken(cosines, entry, entry_at)
        plain_row = np.where(wanted[layout.plain_row[language]], layout.plain_row[language], -1)
        own_entry = _at(entry, plain_row)
        own_asked = _at(asked, plain_row)
        words = self._lexical_scores("plain", "plain", {language: question})
        letters = self._lexical_scores("plain", "letters", {language: question})
        classified, answerable, beside = self._classified(as_sentence(question), documents)
        others = [_at(asked, layout.plain_row[other]) for other in LANGUAGES if other != language]
        layered = np.stack(
            [
                _or(_at(dense, official_row), own_entry),
                _or(_at(sentence, official_row), own_entry),
                own_entry,
                own_asked,
                _at(article, plain_row),
                layout.best_in_article(own_asked),
                _or(np.mean(others, axis=0, dtype=np.float32), own_asked),
                _at(words, plain_row),
                _at(letters, plain_row),
                np.where(plain_row >= 0, classified, np.nan),
            ],
            axis=1,
        ).astype(np.float32)
        weights = self._contents.layer_weights.as_array()
        in_layer = layered @ weights
        return Evidence(
            official_row=official_row,
            plain_row=plain_row,
            agreed=agreed.astype(np.float32),
            classified=classified,
            layered=layered,
            dense=_or(layered[:, :7] @ weights[:7], _at(dense, official_row)),
            score=_or(in_layer, ranked + self._contents.weights.classified * classified),
            lexical=_or(layered[:, 7], _at(lexical, official_row)),
            glossary=_at(glossary, official_row),
            nearest=np.where(layout.plain, asked_at, place),
            cosines=cosines,
            answerable=answerable,
            beside=beside,
        )

    def _agreed(self, official: BoolArray, of_text: FloatArray) -> tuple[FloatArray, IntArray]:
        """The score of each slot over its wanted rows, the editions of a provision, and the best of them."""
        best = self._layout.best_rows(official, of_text)
        weight = self._contents.weights.agreement
        agreed = weight * self._layout.mean_by_slot(official, of_text) + (1 - weight) * _at(of_text, best)
        return agreed.astype(np.float32), best

    def _dense(self, cosines: FloatArray, article: FloatArray) -> tuple[FloatArray, IntArray, FloatArray]:
        """Of each row, the dense score, the place of the sentence that comes nearest, or of the whole where there are
        none, and that one's cosine."""
        whole, whole_at = self._layout.nearest(cosines, "whole")
        sentence, sentence_at = self._layout.nearest(cosines, "sentence")
        split = sentence_at >= 0
        sentence = np.where(split, sentence, whole)
        score = official_score(self._contents.weights, whole, sentence, article)
        return score, np.where(split, sentence_at, whole_at), sentence

    def _cosines_of(self, question: str, start: int, end: int) -> FloatArray:
        """The question's cosines with the texts `start:end`; not to be written to."""
        return self._vectors.times(self._query(question), start, end)

    def _cosines(self, question: str, documents: Collection[str]) -> FloatArray:
        """The question's cosines `(n,)` with the documents' texts and with all that is learned from; -1 with the other
        texts, which would only take time to read."""
        count = len(self._contents.texts)
        spans = [*self._layout.spans({*documents, *self._learned_from}), (count, len(self._vectors))]
        cosines = np.full(len(self._vectors), -1.0, dtype=np.float32)
        for start, end in spans:
            cosines[start:end] = self._cosines_with(question, start, end)
        return cosines

    def _classified(self, question: str, documents: Collection[str]) -> tuple[FloatArray, float | None, float]:
        """How surely the question belongs to each provision's article (0 where nothing is learned of it), to any of the
        documents, and to any without plain words."""
        if self._scores_of is None:
            return np.zeros(len(self._layout.identifiers), dtype=np.float32), None, 0.0
        of_articles, in_layer, beside = self._scores_of(question)
        of_these = in_layer
        if self._learned_beside.intersection(documents) and not self._layered.intersection(documents):
            of_these = max(in_layer, beside)
        by_article = np.where(self._class_of >= 0, of_articles[self._class_of], 0.0).astype(np.float32)
        return by_article[self._layout.article], of_these, beside

    def _spoken(self, cosines: FloatArray, entry: FloatArray, entry_at: IntArray) -> tuple[FloatArray, IntArray]:
        """For each row, the cosine and place of the nearest question or everyday word; the entry's where there is
        none."""
        asked, asked_at = self._layout.nearest(cosines, "asked")
        everyday, everyday_at = self._layout.nearest(cosines, "everyday")
        closer = everyday > asked
        best, at = np.where(closer, everyday, asked), np.where(closer, everyday_at, asked_at)
        silent = at < 0
        return np.where(silent, entry, best), np.where(silent, entry_at, at)

    def _letters(self, question: str, language: str, wanted: BoolArray) -> FloatArray:
        """What runs of letters add to each of the wanted rows that have no plain words: to the best of them the whole
        weight, to the others their share of it. They find a word in whatever form, and however it is spelt."""
        scores = self._lexical_scores("official", "official_letters", {language: question})
        scores = np.where(wanted & self._bare, scores, 0)
        return np.asarray(self._contents.weights.letters * scores / (scores.max() or 1), dtype=np.float32)

    def _lexical_scores(self, wording: str, index: str, words: Mapping[str, str]) -> FloatArray:
        """BM25 of every row in the wording, by the lexical index named, for the words given for its language."""
        scores = np.zeros(len(self._contents.provisions), dtype=np.float32)
        for language, text in words.items():
            if text and (index, language) in self._contents.lexical:
                scores[self._layout.rows_of[wording, language]] = self._contents.lexical[index, language].scores(text)
        return scores


def _greatest(values: FloatArray) -> float:
    """The greatest of the numbers among the values; 0 without any."""
    return float(np.nanmax(values)) if not np.isnan(values).all() else 0.0


def _at(values: FloatArray, rows: IntArray) -> FloatArray:
    """The values at the rows; NaN for row -1."""
    return np.where(rows >= 0, values[rows], np.nan).astype(np.float32)


def _or(values: FloatArray, others: FloatArray) -> FloatArray:
    """The values, the others where they are NaN."""
    return np.where(np.isnan(values), others, values).astype(np.float32)
