"""From a question to provisions of a library, best first: by meaning and by words, each in all its languages once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from corpus import LANGUAGES
from index import Embedder
from index.stores import Filters, Found, Health, ProvisionStore, StoredProvision
from index.stores.embedding import SEARCHED
from index.stores.wording import asked_terms
from index.texts import as_sentence
from qa.understanding.glossary import translations
from qa.understanding.question import Question

# Fitted on the development half of eval/datasets/library.jsonl (`python -m eval.legislation --fit`): what a point of
# BM25 adds to an inner product, for the question's own words and for words that a glossary has for them.
_OWN_WORDS, _GLOSSARY = 0.006, 0.004
# How much the mean over a provision's languages weighs beside the best of them: what both bear out is seldom chance.
_AGREEMENT = 0.8
_CANDIDATES = 200  # by vector, and as many by words
_MOST_OF_ONE_ACT = 3


@dataclass(frozen=True, slots=True)
class LibraryHit:
    """A provision found: in the language to quote, then in its others; `score` ranks, `dense` is the greatest inner
    product over its languages, `bm25` the greatest score of its words."""

    provision: StoredProvision
    score: float
    dense: float
    bm25: float
    others: tuple[StoredProvision, ...] = ()


class Legislation:
    """Searches a library for questions. Without state between questions; safe to share by threads."""

    def __init__(self, store: ProvisionStore | None, embedder: Embedder) -> None:
        self._store = store
        self._embedder = embedder

    @property
    def store(self) -> ProvisionStore:
        """The store that is searched."""
        assert self._store is not None
        return self._store

    def health(self) -> Health:
        """How the store is. Raises `StoreFailure`."""
        return self.store.health()

    def find(
        self, question: Question, *, filters: Filters, limit: int = 10, most_of_one_act: int = _MOST_OF_ONE_ACT
    ) -> tuple[LibraryHit, ...]:
        """The best provisions, one hit a provision, of one act no more than so many. Raises `StoreFailure`."""
        asked = question.topic
        vector = SEARCHED.query(self._embedder.embed_queries([as_sentence(asked)])[0])
        words = translations(asked, question.written_in) | {question.written_in: asked}
        terms = list(chain.from_iterable(asked_terms(words.get(code, ""), code) for code in LANGUAGES))
        found = self.store.search(vector, terms, filters=filters, limit=_CANDIDATES)
        ranked = folded(found, written_in=question.written_in, language=question.language)
        taken = Counter[str]()
        hits = []
        for hit in ranked:
            taken[hit.provision.act] += 1
            if taken[hit.provision.act] <= most_of_one_act:
                hits.append(hit)
        return tuple(hits[:limit])


def folded(found: Sequence[Found], *, written_in: str, language: str) -> list[LibraryHit]:
    """What was found, each provision once, best first. `written_in` is the question's language, `language` the
    reader's, in which to quote where there is a text."""
    # What was found by its words alone is no nearer than the last found by its vector.
    least = min((f.dense for f in found if f.dense is not None), default=0.0)
    editions: dict[str, list[tuple[float, float, float, StoredProvision]]] = {}
    for each in found:
        dense = least if each.dense is None else each.dense
        bm25 = each.bm25 or 0.0
        score = dense + bm25 * (_OWN_WORDS if each.provision.language == written_in else _GLOSSARY)
        editions.setdefault(each.provision.id, []).append((score, dense, bm25, each.provision))
    hits = [_hit(rows, language) for rows in editions.values()]
    return sorted(hits, key=lambda hit: (-hit.score, hit.provision.act, hit.provision.ordinal))


def _hit(rows: Sequence[tuple[float, float, float, StoredProvision]], language: str) -> LibraryHit:
    best = max(score for score, *_ in rows)
    mean = sum(score for score, *_ in rows) / len(rows)
    ordered = sorted(rows, key=lambda row: (row[3].language != language, -row[0], row[3].language))
    quoted, *others = (row[3] for row in ordered)
    return LibraryHit(
        quoted,
        round(_AGREEMENT * mean + (1 - _AGREEMENT) * best, 6),
        max(dense for _, dense, *_ in rows),
        max(bm25 for _, _, bm25, _ in rows),
        tuple(others),
    )
