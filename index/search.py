"""Searching the index: every provision scored, filtered by document, ranked."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import faiss
import numpy as np

from corpus.catalogue import Document
from corpus.provision import LANGUAGES, Provision
from index.classifier import QuestionClassifier
from index.embedder import Embedder, FloatArray
from index.fusion import FusionWeights, LayerWeights, official_score
from index.layout import IntArray, Layout
from index.lexical import LexicalIndex
from index.results import Beyond, Hit, SearchResult, Wording
from index.spelling import Spelling
from index.texts import IndexedText, as_sentence

_KEPT = 4  # questions whose vectors are kept


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


class SearchIndex:
    """An opened index. Safe to share by threads; what a search finds depends on no other."""

    def __init__(
        self,
        *,
        provisions: Sequence[Provision],
        documents: Sequence[Document],
        texts: Sequence[IndexedText],
        vectors: faiss.Index,
        articles: faiss.Index,
        article_of: Sequence[int],
        contrast: Mapping[str, tuple[int, int]],
        classifier: QuestionClassifier | None,
        lexical: Mapping[tuple[str, str], LexicalIndex],
        spelling: Spelling,
        weights: FusionWeights,
        layer_weights: LayerWeights,
        embedder: Embedder,
        fingerprint: str,
    ) -> None:
        self.provisions = tuple(provisions)
        self.documents = {document.id: document for document in documents}
        self.fingerprint = fingerprint
        self.embedder = embedder
        self.spelling = spelling
        self.weights = weights
        self.layer_weights = layer_weights
        self._texts = tuple(texts)
        self._vectors = vectors
        self._articles = articles
        self._contrast_rows = dict(contrast)
        self.classifier = classifier
        self._lexical = lexical
        self._by_key = {(p.id, p.language, p.wording): p for p in self.provisions}
        self._layout = Layout(self.provisions, self._texts)
        self.identifiers = self._layout.identifiers  # of provisions, however many texts each has
        self.count = len(self.identifiers)
        self._article_of = np.asarray(article_of, dtype=np.int64)
        # One answer may look for its question in several sets of documents.
        self._query = lru_cache(maxsize=_KEPT)(self._query_of)
        self._cosines_with = lru_cache(maxsize=_KEPT * len(self.documents))(self._cosines_of)
        self._editions = tuple(dict.fromkeys((p.document, p.language, p.wording) for p in self.provisions))
        self._read_in = {name: self.languages(name) for name in self.documents}
        learned = classifier.articles if classifier else ()
        self._learned_from = frozenset(article.split("#")[0] for article in learned)
        self._layered = frozenset(p.document for p in self.provisions if p.wording == "plain")
        self._learned_beside = self._learned_from - self._layered
        classes = {name: i for i, name in enumerate(learned)}
        self._class_of = np.array([classes.get(name, -1) for name in self._layout.articles], dtype=np.int64)

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

    @property
    def vectors(self) -> FloatArray:
        """`(n, d)` of all texts in order, then of what is only learned from; not to be written to."""
        return _matrix(self._vectors)

    def article_at(self, row: int) -> str | None:
        """Identifier of the article that a vector's text stands for; None for what no document answers."""
        return self.provisions[self._texts[row].provision].article_id if row < len(self._texts) else None

    def search(
        self,
        question: str,
        *,
        language: str,
        documents: Collection[str],
        limit: int = 20,
        text_language: str | None = None,
        translations: Mapping[str, str] | None = None,
        context: str = "",
    ) -> SearchResult:
        """The best provisions of the documents, one hit a provision, best first.

        `language` is the question's; `text_language` restricts to one language edition. `translations`
        gives, for each language of texts, words that stand for the question in it. With a `context`, what was spoken of
        before, a provision's score is the mean of its scores for the question alone and after the context.
        """
        found = self.evidence(
            question, language=language, documents=documents, text_language=text_language, translations=translations
        )
        if context:
            alone = found.score
            question = f"{context} {question}"
            found = self.evidence(
                question, language=language, documents=documents, text_language=text_language, translations=translations
            )
            found = replace(found, score=((found.score + alone) / 2).astype(np.float32))
        searched = ~np.isnan(found.score)
        ranked = np.argsort(-np.where(searched, found.score, -np.inf), kind="stable")[: min(limit, int(searched.sum()))]
        asked = found.layered[:, 3]  # LAYER_EVIDENCE: "asked"
        return SearchResult(
            hits=self._hits(found, ranked),
            beyond=self._beyond(found.cosines, question, language),
            wording=self._wording(question, language),
            typical=_rounded(float(found.score[searched].mean())) if searched.any() else 0.0,
            asked=_rounded(float(np.nanmax(asked))) if not np.isnan(asked).all() else 0.0,
            answerable=None if found.answerable is None else _rounded(found.answerable),
            beside=_rounded(found.beside),
            belongs=_rounded(float(found.classified[searched].max())) if searched.any() else 0.0,
            nearness=_rounded(float(np.nanmax(found.agreed))) if not np.isnan(found.agreed).all() else 0.0,
        )

    def evidence(
        self,
        question: str,
        *,
        language: str,
        documents: Collection[str],
        text_language: str | None = None,
        translations: Mapping[str, str] | None = None,
    ) -> Evidence:
        """All that speaks for each provision; arguments as for `search`."""
        layout = self._layout
        wanted = layout.wanted(documents)
        official = wanted & ~layout.plain
        if text_language:
            official &= layout.language == text_language
        cosines = self._cosines(as_sentence(question), documents)
        article = (_matrix(self._articles) @ self._query(as_sentence(question)))[self._article_of]

        whole, whole_at = layout.nearest(cosines, "whole")
        sentence, sentence_at = layout.nearest(cosines, "sentence")
        split = sentence_at >= 0
        sentence = np.where(split, sentence, whole)
        read_in = {code for name in documents for code in self._read_in.get(name, ())}
        lexical = self._lexical_scores("official", "official", {language: question} if language in read_in else {})
        translated = {code: words for code, words in (translations or {}).items() if code in read_in}
        glossary = self._lexical_scores("official", "official", translated)
        dense = official_score(self.weights, whole, sentence, article)
        of_text = dense + self.weights.lexical * lexical + self.weights.glossary * glossary
        official_row = layout.best_rows(official, of_text)
        agreed = self.weights.agreement * layout.mean_by_slot(official, of_text)
        agreed += (1 - self.weights.agreement) * _at(of_text, official_row)

        entry, entry_at = layout.nearest(cosines, "entry")
        asked, asked_at = self._spoken(cosines, entry, entry_at)
        plain_row = np.where(wanted[layout.plain_row[language]], layout.plain_row[language], -1)
        own_entry = _at(entry, plain_row)
        own_asked = _at(asked, plain_row)
        words = self._lexical_scores("plain", "plain", {language: question})
        letters = self._lexical_scores("plain", "letters", {language: question})
        classified, answerable, beside = self._classified(cosines, documents)
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
        weights = self.layer_weights.as_array()
        in_layer = layered @ weights
        return Evidence(
            official_row=official_row,
            plain_row=plain_row,
            agreed=agreed.astype(np.float32),
            classified=classified,
            layered=layered,
            dense=_or(layered[:, :7] @ weights[:7], _at(dense, official_row)),
            score=_or(in_layer, agreed + self.weights.classified * classified),
            lexical=_or(layered[:, 7], _at(lexical, official_row)),
            glossary=_at(glossary, official_row),
            nearest=np.where(layout.plain, asked_at, np.where(split, sentence_at, whole_at)),
            cosines=cosines,
            answerable=answerable,
            beside=beside,
        )

    def _query_of(self, question: str) -> FloatArray:
        """The question's vector `(d,)`; not to be written to."""
        return np.asarray(self.embedder.embed_queries([question])[0])

    def _cosines_of(self, question: str, start: int, end: int) -> FloatArray:
        """The question's cosines with the texts `start:end`; not to be written to."""
        return np.asarray(_matrix(self._vectors)[start:end] @ self._query(question))

    def _cosines(self, question: str, documents: Collection[str]) -> FloatArray:
        """The question's cosines `(n,)` with the documents' texts and with all that is learned from; -1 with the other
        texts, which would only take time to read."""
        count = len(self._texts)
        spans = [*self._layout.spans({*documents, *self._learned_from}), (count, self._vectors.ntotal)]
        cosines = np.full(self._vectors.ntotal, -1.0, dtype=np.float32)
        for start, end in spans:
            cosines[start:end] = self._cosines_with(question, start, end)
        return cosines

    def _hits(self, found: Evidence, slots: IntArray) -> tuple[Hit, ...]:
        """The slots as hits, in their order."""
        official, plain = found.official_row[slots], found.plain_row[slots]
        rows = np.where(official >= 0, official, plain)
        at = found.nearest[rows]
        entry = np.where(plain >= 0, found.nearest[plain], at)
        matched = np.where(found.cosines[entry] > found.cosines[at], entry, at)

        def numbers(values: FloatArray) -> list[float]:
            return list(np.round(np.nan_to_num(values[slots].astype(np.float64)), 6).tolist())

        columns = zip(
            (self.provisions[row] for row in rows),
            (self._texts[place] for place in at),
            (self._texts[place] for place in matched),
            plain >= 0,
            numbers(found.score),
            numbers(found.dense),
            numbers(found.lexical),
            numbers(found.glossary),
            numbers(found.layered[:, 8]),  # LAYER_EVIDENCE: "letters"
            numbers(found.layered[:, 6]),  # "across"
            strict=True,
        )
        return tuple(
            Hit(
                provision=provision,
                score=score,
                dense=dense,
                lexical=lexical,
                glossary=glossary,
                sentence=(text.start, text.end),
                plain=bool(is_plain),
                letters=letters,
                across=across,
                matched=(nearest.kind, self.provisions[nearest.provision].language),
            )
            for provision, text, nearest, is_plain, score, dense, lexical, glossary, letters, across in columns
        )

    def _classified(self, cosines: FloatArray, documents: Collection[str]) -> tuple[FloatArray, float | None, float]:
        """How surely the question belongs to each provision's article (0 where nothing is learned of it), to any of the
        documents, and to any without plain words."""
        if self.classifier is None:
            return np.zeros(self.count, dtype=np.float32), None, 0.0
        of_articles, in_layer, beside = self.classifier.scores(cosines)
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

    def _lexical_scores(self, wording: str, index: str, words: Mapping[str, str]) -> FloatArray:
        """BM25 of every row in the wording, by the lexical index named, for the words given for its language."""
        scores = np.zeros(len(self.provisions), dtype=np.float32)
        for language, text in words.items():
            if text and (index, language) in self._lexical:
                scores[self._layout.rows_of[wording, language]] = self._lexical[index, language].scores(text)
        return scores

    def _beyond(self, cosines: FloatArray, question: str, language: str) -> Beyond:
        nearest = {code: float(cosines[a:b].max()) for code, (a, b) in self._contrast_rows.items() if b > a}
        others = [value for code, value in nearest.items() if code != language]

        def lexical(kind: str) -> float:
            index = self._lexical.get((kind, language))
            return float(index.scores(question).max()) if index else 0.0

        return Beyond(
            cosine=_rounded(nearest.get(language, max(nearest.values(), default=0.0))),
            across=_rounded(sum(others) / len(others)) if others else 0.0,
            nearest=_rounded(max(nearest.values(), default=0.0)),
            words=_rounded(lexical("contrast")),
            letters=_rounded(lexical("contrast_letters")),
        )

    def _wording(self, question: str, language: str) -> Wording:
        indexes = [self._lexical[kind, language] for kind in ("plain", "official") if (kind, language) in self._lexical]
        terms = indexes[0].units(question) if indexes else []
        unknown = [term for term in terms if not any(index.knows(term) for index in indexes)]
        contrast = self._lexical.get(("contrast", language))
        letters = self._lexical.get(("letters", language))
        runs = letters.units(question) if letters else []
        spelled = [run for run in runs if letters and letters.knows(run)]
        return Wording(
            count=len(terms),
            unknown=_rounded(len(unknown) / len(terms)) if terms else 1.0,
            spelled=_rounded(len(spelled) / len(runs)) if runs else 0.0,
            beyond=sum(contrast.knows(term) for term in unknown) if contrast else 0,
        )


def _rounded(value: float) -> float:
    return round(float(value), 6)


def _at(values: FloatArray, rows: IntArray) -> FloatArray:
    """The values at the rows; NaN for row -1."""
    return np.where(rows >= 0, values[rows], np.nan).astype(np.float32)


def _or(values: FloatArray, others: FloatArray) -> FloatArray:
    """The values, the others where they are NaN."""
    return np.where(np.isnan(values), others, values).astype(np.float32)


def _matrix(vectors: faiss.Index) -> FloatArray:
    """The flat index's own vectors `(n, d)`, not copied: all scores are wanted and in no order, and its search would
    sort them."""
    count, width = vectors.ntotal, vectors.d
    return np.asarray(faiss.rev_swig_ptr(vectors.get_xb(), count * width).reshape(count, width))  # type: ignore[attr-defined]
