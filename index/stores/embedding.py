"""How an act's provisions become the rows and vectors of a store.

A provision is found by itself under what a reader sees above it, by its article and by its act: one vector, since the
inner product of a sum is the sum of inner products. The shares were chosen on the development half of
`eval/datasets/library.jsonl` (`python -m eval.legislation`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from corpus.digest import digests
from corpus.provision import Provision
from corpus.text.folding import fold_letters
from index.embedders.embedder import Embedder, FloatArray
from index.storage.shipped import shipped
from index.storage.vectors import Line, embedded, hashes_of
from index.stores.rows import SearchVectors, StoredAct, StoredProvision
from index.stores.wording import stored_terms
from index.texts import as_sentence, head_of, with_list

_OWN, _ARTICLE, _ACT = 0.7, 0.2, 0.1
# How much of a text's nearness to whatever is asked is taken from its inner product with a question.
SEARCHED = SearchVectors(hubness=0.5)
_QUESTIONS, _NEAREST = 2_000, 5
_ASKED_OF = "kz-constitution-2026"  # whose questions tell what is near to whatever is asked


def stored_rows(act: StoredAct, provisions: Sequence[Provision]) -> list[StoredProvision]:
    """The rows of an act's provisions in their order; what says nothing (`Provision.excluded`) has none."""
    return [
        StoredProvision.of(
            act,
            p.eid,
            ordinal,
            p.text,
            stored_terms(f"{head_of(p, p.section)}{p.body}", act.language),
            number=p.number,
            lead_in=p.lead_in,
            section=p.section,
            article_title=p.article_title,
            anchor=p.anchor or "",
        )
        for ordinal, p in enumerate(provisions)
        if not p.excluded
    ]


def act_texts(act: StoredAct, provisions: Sequence[Provision]) -> list[str]:
    """What is embedded, as passages, for an act: a text for each of its rows, then its title."""
    listed = defaultdict[str, list[str]](list)
    for p in provisions:
        if p.lead_in:
            listed[p.lead_in].append(p.body)
    texts = [head_of(p, p.section) + with_list(p.body, listed.get(p.body, ())) for p in provisions if not p.excluded]
    return [fold_letters(text) for text in (*texts, act.title)]


def act_vectors(rows: Sequence[StoredProvision], vectors: FloatArray, questions: FloatArray) -> FloatArray:
    """The rows' vectors `(n, d + 1)` as they are searched, from those of `act_texts` `(n + 1, d)` and of questions on
    other things `(m, d)`, all of unit length."""
    own, title = vectors[:-1], vectors[-1]
    places: dict[str, int] = {}
    article = np.array([places.setdefault(row.article_eid, len(places)) for row in rows], dtype=np.int64)
    sums = np.zeros((len(places), own.shape[1]), dtype=np.float32)
    np.add.at(sums, article, own)
    means = sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-9)
    cosines = own @ questions.T
    nearest = np.partition(cosines, -_NEAREST, axis=1)[:, -_NEAREST:].mean(axis=1)
    return SEARCHED.of(_OWN * own + _ARTICLE * means[article] + _ACT * title, nearest)


def question_vectors(embedder: Embedder) -> FloatArray:
    """Vectors `(m, d)` of questions people ask, spread over all that the plain-language layer has: those that ship, or
    embedded here for another model than the bundled one, which takes a while."""
    asked = [question for text in digests(_ASKED_OF) for p in text.provisions for question in p.asked]
    chosen = [asked[i] for i in np.linspace(0, len(asked) - 1, _QUESTIONS, dtype=np.int64)]
    lines = [Line(as_sentence(question), is_question=True) for question in chosen]
    hashes = hashes_of(embedder, lines)
    return embedded([shipped()], lines, hashes, embedder, lambda *_: None)
