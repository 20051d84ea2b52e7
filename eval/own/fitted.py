"""`python -m eval.own.fitted`: weights that order the clauses of documents of which nothing is known beforehand.

A conditional logit (McFadden 1974) over the clauses of a document, from the questions in `practice/`. Prints how often
the right clause is among the first 1, 3 and 5, for the cosines of the embedder that ships alone and for all that
`index.clauses.order` weighs: in `practice/`, each document by weights that the others gave, and on the documents that
nothing is chosen by; then the weights, which are kept in `ClauseWeights` there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.private import parse_private
from eval.own.questions import FOLDER, PRACTICE, Asked, questions
from eval.statistics.conditional_logit import conditional_logit
from index import open_embedder, untrained_embedder
from index.clauses.order import headings
from index.clauses.thesaurus import MattersOf, load_thesaurus
from index.layout import Layout
from index.texts import TextTable, as_sentence, indexed_texts
from index.words.lexical import LexicalIndex
from qa.setup.private_library import MAX_CHARACTERS, MAX_PAGES, SECONDS
from qa.setup.reading_process import Bounds, read_apart

FloatArray = NDArray[np.float64]

_SIGNALS = ("whole", "sentence", "second whole", "second sentence", "letters", "heading", "matters")
_OF_THE_FIRST, _COSINES = 2, 4
_SCALES = np.array([30.0] * _COSINES + [3.0, 3.0, 1.0])  # of the weights, that one penalty fits all
_PENALTY = 0.005


@dataclass(frozen=True, slots=True)
class Example:
    """What speaks for each clause of the document `(clauses, signals)`, and which of them answers `(clauses,)`."""

    asked: Asked
    signals: FloatArray
    right: NDArray[np.bool_]

    def rank(self, weights: FloatArray) -> int:
        """Of the clause that answers, from 1."""
        scores = self.signals @ weights
        return 1 + int((scores > scores[self.right].max()).sum())


def examples(folder: Path) -> list[Example]:
    """Of each question that a clause answers, looked up by no number."""
    first = open_embedder()
    second = untrained_embedder(first)
    assert second is not None
    found = []
    for document, asked in groupby(questions(folder), key=lambda each: each.document):
        stored = read_apart((folder / document).read_bytes(), document, Bounds(MAX_PAGES, MAX_CHARACTERS, SECONDS))
        clauses = parse_private(stored).provisions
        rows = indexed_texts(clauses)
        layout, texts = Layout(clauses, TextTable.of(rows)), [row.text for row in rows]
        read = [(embedder, embedder.embed_passages(texts)) for embedder in (first, second)]
        matters = MattersOf(load_thesaurus(), [(clause.text, clause.language) for clause in clauses])
        letters = LexicalIndex.build(stored.language, [clause.text for clause in clauses], "letters")
        for each in asked:
            right = np.array([each.is_answered_by(clause.text) for clause in clauses])
            if each.kind == "number" or not right.any():
                continue
            columns = []
            for embedder, vectors in read:
                cosines = vectors @ embedder.embed_queries([as_sentence(each.question)])[0]
                whole, _ = layout.nearest(cosines, "whole")
                sentence, at = layout.nearest(cosines, "sentence")
                columns += [whole, np.where(at >= 0, sentence, whole)]
            alike = letters.scores(each.question) * (each.language == stored.language)
            columns += [alike / (alike.max() or 1.0), headings(clauses)]
            columns.append(matters.likeness(as_sentence(each.question), each.language))
            found.append(Example(each, np.stack(columns, axis=1).astype(np.float64), right))
    return found


def fit(training: Sequence[Example], signals: Sequence[int]) -> FloatArray:
    """`(signals,)` weights under which the clauses that answer are likeliest; 0 for all but the `signals`."""
    used = list(signals)

    weights = np.zeros(len(_SIGNALS))
    evidence = [example.signals[:, used] * _SCALES[used] for example in training]
    found = conditional_logit(evidence, [example.right for example in training], _PENALTY * len(training))
    weights[used] = found * _SCALES[used]
    return weights


def ranks_held_out(found: Sequence[Example], signals: Sequence[int]) -> list[int]:
    """Of every question, by weights that the questions on the other documents gave."""
    ranks = []
    for document in dict.fromkeys(example.asked.document for example in found):
        weights = fit([example for example in found if example.asked.document != document], signals)
        ranks += [example.rank(weights) for example in found if example.asked.document == document]
    return ranks


def _shares(ranks: Sequence[int]) -> str:
    return " / ".join(f"{np.mean([rank <= most for rank in ranks]):.3f}" for most in (1, 3, 5))


def main() -> None:
    practice, held = examples(PRACTICE), examples(FOLDER)
    print(f"{len(practice)} questions in practice/, {len(held)} others; the right clause among the first 1 / 3 / 5")
    weighed = {"cosines of ours": _OF_THE_FIRST, "all but matters": len(_SIGNALS) - 1, "all": len(_SIGNALS)}
    for name, signals in ((name, range(count)) for name, count in weighed.items()):
        weights = fit(practice, signals)
        others = [example.rank(weights) for example in held]
        print(f"{name:16s} {_shares(ranks_held_out(practice, signals))}   others {_shares(others)}")
    weights, alone = (fit(practice, range(count)) for count in (len(_SIGNALS), _OF_THE_FIRST))
    cosines = weights[:_COSINES]
    wholes, sentences = cosines[::2].sum(), cosines[1::2].sum()
    told = {
        "whole": wholes,
        "sentence": sentences,
        "letters": weights[4],
        "heading": -weights[5],
        "matters": weights[6],
        "share": cosines[:_OF_THE_FIRST].sum(),
    }
    shares = "  ".join(f"{name} {weight / cosines.sum():.3f}" for name, weight in told.items())
    print(f"{shares}  unit {cosines.sum() / alone.sum():.1f}")


if __name__ == "__main__":
    main()
