"""Searching the index: every provision scored, filtered by document, ranked."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from functools import lru_cache

import numpy as np

from corpus.parsing.amendments import Amendment, Resolution, in_order
from corpus.provision import Provision
from index.clauses.order import ClauseOrder
from index.embedders.embedder import Embedder, FloatArray
from index.evidence import Evidence, EvidenceFinder
from index.layout import IntArray, Layout
from index.lists import points_by_lead_in
from index.matters import KEPT, MatterFinder, Query
from index.results import Beyond, Hit, SearchResult, Wording
from index.second_look import SecondLook
from index.storage.contents import IndexContents
from index.storage.rows import Rows
from index.words.spelling import Spelling


class SearchIndex:
    """An opened index. Safe to share by threads; what a search finds depends on no other."""

    def __init__(
        self, contents: IndexContents, embedder: Embedder, second: tuple[Embedder, FloatArray] | None = None
    ) -> None:
        """`second`: see `ordered_by`."""
        self.contents = contents
        self.embedder = embedder
        self.provisions = contents.provisions
        self.documents = {document.id: document for document in contents.documents}
        self.fingerprint = contents.fingerprint
        self.spelling = Spelling(contents.vocabularies)
        self._layout = Layout(contents.provisions, contents.texts)
        self.identifiers = self._layout.identifiers  # of provisions, however many texts each has
        self.count = len(self.identifiers)
        self.points = points_by_lead_in(self.identifiers)
        self._by_key = {(p.id, p.language, p.wording): p for p in self.provisions}
        self._editions = tuple(dict.fromkeys((p.document, p.language, p.wording) for p in self.provisions))
        query = lru_cache(maxsize=KEPT)(lambda question: np.asarray(embedder.embed_queries([question])[0]))
        self.matters = _matters(contents, query)  # None where none were learned
        self._contrast_rows = contents.contrast_rows
        # All that speaks for each provision; arguments as for `search`.
        clauses = ClauseOrder(contents.provisions, self._layout, *second) if second else None
        self.second_look = SecondLook(self._layout)
        self.evidence = EvidenceFinder(contents, self._layout, query, clauses).of

    def ordered_by(self, second: Embedder, vectors: FloatArray) -> SearchIndex:
        """This index, of documents without plain words, whose clauses a second embedder helps to order: `vectors`
        `(n, d)` are those that it has of the index's texts."""
        return SearchIndex(self.contents, self.embedder, (second, vectors))

    def provision(self, identifier: str, language: str) -> Provision | None:
        """The provision's official text in the language, or None."""
        return self._by_key.get((identifier, language, "official"))

    def plain(self, identifier: str, language: str) -> Provision | None:
        """The provision's entry in the plain-language layer, or None."""
        return self._by_key.get((identifier, language, "plain"))

    def amendments(self, identifier: str) -> tuple[Amendment, ...]:
        """What is known to have changed the provision's article to what it is here, oldest first."""
        return self.contents.history.amendments.get(identifier.split("__")[0], ())

    def afterwards(self, identifier: str) -> tuple[Amendment, ...]:
        """What is known to have changed the provision's article since, oldest first."""
        return self.contents.history.afterwards.get(identifier.split("__")[0], ())

    def resolutions(self, identifier: str) -> tuple[Resolution, ...]:
        """Resolutions of the Constitutional Court or Council that notes on the provision, or on all of its article,
        refer to, in each language that a note is in."""
        known, article = self.contents.history.resolutions, identifier.split("__")[0]
        return in_order({*known.get(identifier, ()), *known.get(article, ())})

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
    def vectors(self) -> Rows:
        """`(n, d)` of all texts in order, then of what is only learned from."""
        return self.contents.vectors

    def article_at(self, row: int) -> str | None:
        """Identifier of the article that a vector's text stands for; None for what no document answers."""
        texts = self.contents.texts
        return self.provisions[texts[row].provision].article_id if row < len(texts) else None

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
        evidence = [found]
        if context:
            alone = found.score
            question = f"{context} {question}"
            found = self.evidence(
                question, language=language, documents=documents, text_language=text_language, translations=translations
            )
            found = replace(found, score=((found.score + alone) / 2).astype(np.float32))
            evidence.append(found)
        searched = ~np.isnan(found.score)
        ranked = np.argsort(-np.where(searched, found.score, -np.inf), kind="stable")[: int(searched.sum())]
        again, led = self.second_look.ordered(ranked, evidence)
        found.score[again] = found.score[ranked]
        ranked = again[:limit]
        asked = found.layered[:, 3]  # LAYER_EVIDENCE: "asked"
        return SearchResult(
            hits=self._hits(found, ranked),
            beyond=self._beyond(found.cosines, question, language),
            wording=self._wording(question, language),
            led=_rounded(led),
            typical=_rounded(float(found.score[searched].mean())) if searched.any() else 0.0,
            asked=_rounded(float(np.nanmax(asked))) if not np.isnan(asked).all() else 0.0,
            answerable=None if found.answerable is None else _rounded(found.answerable),
            beside=_rounded(found.beside),
            belongs=_rounded(float(found.classified[searched].max())) if searched.any() else 0.0,
            nearness=_rounded(float(np.nanmax(found.agreed))) if not np.isnan(found.agreed).all() else 0.0,
        )

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
            (self.contents.texts[place] for place in at),
            (self.contents.texts[place] for place in matched),
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

    def _beyond(self, cosines: FloatArray, question: str, language: str) -> Beyond:
        nearest = {code: float(cosines[a:b].max()) for code, (a, b) in self._contrast_rows.items() if b > a}
        others = [value for code, value in nearest.items() if code != language]

        def lexical(kind: str) -> float:
            index = self.contents.lexical.get((kind, language))
            return float(index.scores(question).max()) if index else 0.0

        return Beyond(
            cosine=_rounded(nearest.get(language, max(nearest.values(), default=0.0))),
            across=_rounded(sum(others) / len(others)) if others else 0.0,
            nearest=_rounded(max(nearest.values(), default=0.0)),
            words=_rounded(lexical("contrast")),
            letters=_rounded(lexical("contrast_letters")),
        )

    def _wording(self, question: str, language: str) -> Wording:
        lexical = self.contents.lexical
        indexes = [lexical[kind, language] for kind in ("plain", "official") if (kind, language) in lexical]
        terms = indexes[0].units(question) if indexes else []
        unknown = [term for term in terms if not any(index.knows(term) for index in indexes)]
        contrast = lexical.get(("contrast", language))
        letters = lexical.get(("letters", language))
        runs = letters.units(question) if letters else []
        spelled = [run for run in runs if letters and letters.knows(run)]
        return Wording(
            count=len(terms),
            unknown=_rounded(len(unknown) / len(terms)) if terms else 1.0,
            spelled=_rounded(len(spelled) / len(runs)) if runs else 0.0,
            beyond=sum(contrast.knows(term) for term in unknown) if contrast else 0,
        )


def _matters(contents: IndexContents, query: Query) -> MatterFinder | None:
    if contents.matters is None:
        return None
    return MatterFinder(contents.matters, contents.lexical, query)


def _rounded(value: float) -> float:
    return round(float(value), 6)
