"""Fits the second look to the development questions: `python -m eval.fitting.second_look [--write]`.

Prints how often the right article is first as ranked by score and after a second look whose weights were fitted
without the question's group, by set and language, with a paired randomisation test; `strangers-dev`, of which nothing
is learned here, by weights fitted on all the others. `--write` writes `index/second_look.toml`.
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
from eval.ranker import LOOK_UP
from eval.statistics.conditional_logit import conditional_logit
from eval.statistics.folds import folds
from eval.statistics.significance import paired_randomisation
from index import SearchIndex
from index.second_look import FEATURES, LookWeights
from qa import open_assistant
from qa.evidence.retrieval import in_its_letters
from qa.setup.progress import building, fetching, tell
from qa.understanding.question import understand

FloatArray = NDArray[np.float64]

_DATASETS = Path(__file__).parent.parent / "datasets"
_WEIGHTS = Path(__file__).parent.parent.parent / "index" / "second_look.toml"
_DOCUMENT = "kz-constitution-2026"
_STRANGERS = "strangers-practice"
_LEARNED_FROM = ("kz-2026", "kz-2026-practice", "kz-2026-stories-practice", _STRANGERS)
_TRIED_ON = "strangers-dev"
# Strangers ask of all articles alike and in words that are not ours, as whoever comes will: their word counts more.
_THEIR_WEIGHT = 3.0
_PENALTY = 3.0  # of standardised features…
_OF_ARTICLES = 1.0  # …and of the articles' own weights


@dataclass(frozen=True, slots=True)
class Example:
    """One question: of its candidates, in their order by score, what is weighed `(n, f)`, the articles' names, and
    which of them are gold."""

    item: Item
    dataset: str
    features: FloatArray
    articles: tuple[str, ...]
    gold: NDArray[np.bool_]

    def is_first(self, weights: LookWeights | None) -> bool:
        """Whether a gold article comes first: by score, or after a second look by the weights."""
        if weights is None:
            return bool(self.gold[0])
        own = [weights.articles.get(article, 0.0) for article in self.articles]
        return bool(self.gold[int(np.argmax(self.features @ weights.features + own))])


def examples(index: SearchIndex, dataset: str) -> list[Example]:
    """Of each answerable question of the data set on the Constitution in force that is searched for."""
    found = []
    for item in load(_DATASETS / f"{dataset}.jsonl", split="dev"):
        question = in_its_letters(understand(item.question), index)
        of_it = item.answerable and all(name.startswith(f"{_DOCUMENT}#") for name in item.gold)
        if not of_it or item.as_of or item.category == LOOK_UP or question.references:
            continue
        evidence = index.evidence(question.topic, language=question.written_in, documents=[_DOCUMENT])
        look = index.second_look
        ranked = np.argsort(-np.nan_to_num(evidence.score, nan=-np.inf), kind="stable")
        slots = ranked[look.candidates(ranked, evidence.layered)]
        articles = tuple(article_of(index.identifiers[slot]) for slot in slots)
        features = look.features(slots, evidence.layered, evidence.cosines).astype(np.float64)
        gold = np.array([article in item.gold_articles for article in articles])
        found.append(Example(item, dataset, features, articles, gold))
    return found


def fit(found: Sequence[Example]) -> LookWeights:
    """Weights under which the gold articles' candidates are likeliest."""
    usable = [example for example in found if example.gold.any()]
    names = sorted({article for example in usable for article in example.articles})
    place = {name: i for i, name in enumerate(names)}
    scale = np.concatenate([example.features for example in usable]).std(axis=0) + 1e-6

    def evidence(example: Example) -> FloatArray:
        own = np.zeros((len(example.articles), len(names)))
        own[np.arange(len(own)), [place[article] for article in example.articles]] = 1.0
        return np.hstack([example.features / scale, own])

    weights = conditional_logit(
        [evidence(example) for example in usable],
        [example.gold for example in usable],
        np.array([_PENALTY] * len(FEATURES) + [_OF_ARTICLES] * len(names)),
        np.array([_THEIR_WEIGHT if example.dataset == _STRANGERS else 1.0 for example in usable]),
    )
    own = dict(zip(names, weights[len(FEATURES) :].tolist(), strict=True))
    return LookWeights((weights[: len(FEATURES)] / scale).astype(np.float32), own)


def _report(found: Sequence[Example], after: Sequence[bool]) -> None:
    before = [example.is_first(None) for example in found]
    for name in dict.fromkeys(example.dataset for example in found):
        parts = []
        for language in LANGUAGES:
            own = [i for i, each in enumerate(found) if (each.dataset, each.item.language) == (name, language)]
            shares = (np.mean([firsts[i] for i in own]) for firsts in (before, after))
            parts.append(f"{language} " + " -> ".join(f"{share:.3f}" for share in shares))
        mine = [i for i, example in enumerate(found) if example.dataset == name]
        difference, chance = paired_randomisation(
            [float(after[i]) for i in mine], [float(before[i]) for i in mine], [found[i].item.group for i in mine]
        )
        print(f"{name:26s} {'   '.join(parts)}   difference {difference:+.4f}, by chance {chance:.3f}")


def main() -> None:
    with fetching() as on_fetch, building() as on_build:
        index = open_assistant(user_folders(), on_fetch=on_fetch, on_build=on_build, notice=tell).index
    found = [example for name in _LEARNED_FROM for example in examples(index, name)]
    print(f"{len(found)} questions; the right article first by score, and after a second look")
    held_out = [False] * len(found)
    for train, held in folds([example.item for example in found]):
        weights = fit([found[i] for i in train])
        for i in held:
            held_out[i] = found[i].is_first(weights)
    _report(found, held_out)
    weights, tried = fit(found), examples(index, _TRIED_ON)
    _report(tried, [example.is_first(weights) for example in tried])
    if "--write" in sys.argv:
        write_atomically(_WEIGHTS, _table(weights).encode("utf-8"))
        print(f"written to {_WEIGHTS.name}")


def _table(weights: LookWeights) -> str:
    lines = ["# What a second look weighs (index/second_look.py says what each is), and each article's own weight."]
    lines += [
        "# Made by `python -m eval.fitting.second_look --write` from the development questions of eval/datasets/."
    ]
    lines += ["", "[weights]"]
    lines += [f"{name} = {weight:.5f}" for name, weight in zip(FEATURES, weights.features.tolist(), strict=True)]
    lines += ["", "[articles]"]
    lines += [f'"{name}" = {weight:.4f}' for name, weight in sorted(weights.articles.items())]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
