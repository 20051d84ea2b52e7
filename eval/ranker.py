"""Fits the ranker's weights to the development questions: `python -m eval.ranker [--write]`.

Prints recall of the right article for the weights in use, and for weights fitted and tried on different question groups
(cross-validation), with a paired randomisation test between the two; `--write` fits on all and writes
`index/ranking.toml`.

The model is a conditional logit over the provisions (`eval.statistics.conditional_logit`). Weights of cosines are
scaled to sum to 1, so that scores of all documents compare.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus import LANGUAGES, user_folders
from corpus.files import write_atomically
from eval.asking.dataset import Item, article_of, load
from eval.statistics.conditional_logit import conditional_logit
from eval.statistics.folds import folds
from eval.statistics.significance import paired_randomisation
from index import LAYER_EVIDENCE, SearchIndex
from qa import open_assistant
from qa.setup.progress import building, fetching, tell
from qa.understanding.question import understand

FloatArray = NDArray[np.float64]

_NAMES = ("kz-2026", "kz-2026-practice", "kz-2026-stories-practice")
_DATASETS = [Path(__file__).parent / "datasets" / f"{name}.jsonl" for name in _NAMES]
_WEIGHTS = Path(__file__).parent.parent / "index" / "ranking.toml"
_DOCUMENT = "kz-constitution-2026"
_COSINES = 7  # of the columns of LAYER_EVIDENCE; two of BM25 and the classifier's follow
_UNITS = np.array([10.0] * _COSINES + [0.1, 0.1, 3.0])  # brings the columns to one size
_PENALTY = 0.1
LOOK_UP = "look-up"  # found by their reference, not by search


@dataclass(frozen=True, slots=True)
class Example:
    """One question: the evidence of every provision `(n, 10)`, which provisions are gold `(n,)`, and their articles."""

    item: Item
    evidence: FloatArray
    gold: NDArray[np.bool_]
    articles: tuple[str, ...]

    def rank(self, weights: FloatArray) -> int:
        """Rank of the first gold article, from 1."""
        scores = self.evidence @ weights
        best = max(scores[i] for i, article in enumerate(self.articles) if article in self.item.gold_articles)
        return 1 + len({self.articles[i] for i in np.flatnonzero(scores > best)})


def development_questions() -> list[Item]:
    """What the ranker learns from: the answerable `dev` questions that are searched for."""
    items = [item for file in _DATASETS for item in load(file, split="dev")]
    return [item for item in items if item.answerable and item.category != LOOK_UP]


def examples(index: SearchIndex, items: Sequence[Item]) -> list[Example]:
    """Evidence as the assistant's own search sees it."""
    slots = [i for i, identifier in enumerate(index.identifiers) if identifier.startswith(_DOCUMENT + "#")]
    names = [index.identifiers[i] for i in slots]
    found = []
    for item in items:
        question = understand(item.question)
        evidence = index.evidence(question.topic, language=question.written_in, documents=[_DOCUMENT])
        gold = np.array([item.is_gold(name) for name in names])
        found.append(
            Example(item, evidence.layered[slots].astype(np.float64), gold, tuple(article_of(name) for name in names))
        )
    return found


def fit(training: Sequence[Example]) -> FloatArray:
    """`(10,)` weights in the order of LAYER_EVIDENCE, cosines' summing to 1."""
    evidence = [example.evidence * _UNITS for example in training]
    weights = conditional_logit(evidence, [example.gold for example in training], _PENALTY) * _UNITS
    return np.asarray(weights / weights[:_COSINES].sum())


def held_out_ranks(found: Sequence[Example]) -> list[int]:
    """Rank of the gold article of every question, by weights fitted without its group."""
    ranks = [0] * len(found)
    for train, held in folds([example.item for example in found]):
        weights = fit([found[i] for i in train])
        for i in held:
            ranks[i] = found[i].rank(weights)
    return ranks


def _line(name: str, found: Sequence[Example], ranks: Sequence[int]) -> str:
    parts = []
    for language in LANGUAGES:
        mine = [rank for example, rank in zip(found, ranks, strict=True) if example.item.language == language]
        parts.append(f"{language} " + " / ".join(f"{np.mean([rank <= k for rank in mine]):.3f}" for k in (1, 5)))
    return f"{name:34s} " + "   ".join(parts)


def main() -> None:
    with fetching() as on_fetch, building() as on_build:
        index = open_assistant(user_folders(), on_fetch=on_fetch, on_build=on_build, notice=tell).index
    items = development_questions()
    found = examples(index, items)
    now = [example.rank(index.contents.layer_weights.as_array().astype(np.float64)) for example in found]
    held = held_out_ranks(found)
    print(f"{len(items)} development questions; R@1 / R@5 of the right article")
    print(_line("weights in use", found, now))
    print(_line("fitted, on questions held out", found, held))
    difference, chance = paired_randomisation(
        [float(rank == 1) for rank in held], [float(rank == 1) for rank in now], [item.group for item in items]
    )
    print(f"difference of R@1 {difference:+.3f}, by chance with probability {chance:.3f}")
    if "--write" in sys.argv:
        weights = fit(found)
        lines = [
            "# Weights of the evidence for a provision with a plain-language layer (index/fusion.py says what each is)."
        ]
        lines += ["# Made by `python -m eval.ranker --write` from the development questions of eval/datasets/."]
        lines += ["", "[weights]"]
        lines += [f"{name} = {weight:.4f}" for name, weight in zip(LAYER_EVIDENCE, weights, strict=True)]
        write_atomically(_WEIGHTS, ("\n".join(lines) + "\n").encode("utf-8"))
        print(_line("fitted on all, written", found, [example.rank(weights) for example in found]))


if __name__ == "__main__":
    main()
