"""Fits the abstention models to the development questions: `python -m eval.fitting.abstention [--write] [--verbose]`.

Prints how well each tells answerable from unanswerable questions of groups held out (cross-validation): area under the
ROC curve, unanswerable questions refused and answerable ones refused; `--write` fits on all and writes
`qa/evidence/abstention.toml`. The model for documents with a plain-language layer learns from questions on the
Constitution in force, that for official text alone from questions on the other documents, each against the questions
that no document answers. Questions that name an article are left out: their reference decides, not the model.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import roc_auc_score

from corpus import LANGUAGES, user_folders
from corpus.files import write_atomically
from eval.asking.dataset import Item, load
from eval.statistics.logistic import Fitted, held_out
from qa import Assistant, open_assistant
from qa.evidence.abstention import ModelName, signals
from qa.evidence.retrieval import in_its_letters
from qa.setup.progress import building, fetching, tell
from qa.understanding.question import understand

FloatArray = NDArray[np.float64]

_DATASETS = Path(__file__).parent.parent / "datasets"
_MODELS = Path(__file__).parent.parent.parent / "qa" / "evidence" / "abstention.toml"
_DOCUMENT = "kz-constitution-2026"
_STRANGERS = "strangers-practice.jsonl"  # as strangers will ask: their lines are not learned from
_STORIES = "kz-2026-stories-practice.jsonl"  # by those whose other lines are learned from
_THEIR_WEIGHT = 3.0
_PRACTICE = ("kz-2026-practice.jsonl", _STORIES, _STRANGERS)
_OFFICIAL = {
    "kz-1995.jsonl": "kz-constitution-1995",
    "udhr.jsonl": "udhr",
    "legal-acts.jsonl": "kz-law-on-legal-acts-2016",
}
_HEAD = """\
# Weights of the signals that tell answerable from unanswerable questions (qa/evidence/abstention.py says what each is).
# Made by `python -m eval.fitting.abstention --write` from the development questions of eval/datasets/.
"""
# Less is needed than the questions asked for, in log-odds: a wrong refusal is worse than one answer too many, and plain
# questions lay that close. Of strangers' stories, by which the layer's is set, they are farther.
_LEEWAY: dict[ModelName, float] = {"layer": 0.6, "official": 0.1, "added": 0.1}
_INVERSE_PENALTY = 0.1
# The share of development questions refused though answerable; with a layer of strangers' alone, since of what is like
# its lines hardly any are. The house's promise is 0.03, with room for new questions.
_FALSE_REFUSALS: dict[ModelName, float] = {"layer": 0.0125, "official": 0.02, "added": 0.02}


def measured(assistant: Assistant, asked: Sequence[tuple[Item, str]]) -> tuple[list[Item], FloatArray, tuple[str, ...]]:
    """The questions that are searched for, each in the document beside it; their signals `(n, signals)`, and the
    signals' names."""
    kept, rows = [], []
    for item, document in asked:
        question = in_its_letters(understand(item.question), assistant.index)
        if question.references:
            continue
        result = assistant.search(question.text, document=document)
        kept.append(item)
        rows.append(signals(result, question.topic, question.written_in))
    names = tuple(rows[0])
    return kept, np.array([[row[name] for name in names] for row in rows]), names


def _without(
    signal: str, items: list[Item], found: FloatArray, names: tuple[str, ...]
) -> tuple[list[Item], FloatArray, tuple[str, ...]]:
    kept = [i for i, name in enumerate(names) if name != signal]
    return items, found[:, kept], tuple(names[i] for i in kept)


def thresholds(items: Sequence[Item], odds: FloatArray, share: float) -> dict[str, float]:
    """The least log-odds answered, by language: the share of answerable questions lies below. A language's own
    quantile rests on a handful of questions, so it is drawn half the way to that of all languages."""
    answerable = [(item.language, o) for item, o in zip(items, odds, strict=True) if item.answerable]
    of_all = np.quantile([o for _, o in answerable], share)
    own = {code: np.quantile([o for language, o in answerable if language == code], share) for code in LANGUAGES}
    return {language: float((quantile + of_all) / 2) for language, quantile in own.items()}


def report(items: Sequence[Item], odds: FloatArray, needed: dict[str, float]) -> None:
    """One row a language, then the refused share of each kind of unanswerable question."""
    for language in LANGUAGES:
        mine = [(item.answerable, o) for item, o in zip(items, odds, strict=True) if item.language == language]
        refused = {kind: np.mean([o < needed[language] for a, o in mine if a is kind]) for kind in (True, False)}
        area = roc_auc_score([a for a, _ in mine], [o for _, o in mine])
        shares = f"unanswerable refused {refused[False]:.3f}   answerable refused {refused[True]:.3f}"
        print(f"{language}  area {area:.3f}   {shares}")
    kinds: dict[str, list[bool]] = defaultdict(list)
    for item, o in zip(items, odds, strict=True):
        if not item.answerable:
            kinds[item.category].append(o < needed[item.language])
    print("refused by category: " + ", ".join(f"{kind} {np.mean(flags):.2f}" for kind, flags in sorted(kinds.items())))


def training() -> dict[ModelName, list[tuple[Item, str]]]:
    """The development questions each model learns from, with the document each is asked of. Strangers' near misses come
    near to the Constitution's own matters, and tell official text alone nothing of its own."""
    practice = [item for name in _PRACTICE for item in load(_DATASETS / name, split="dev")]
    unanswerable = load(_DATASETS / "kz-2026-unanswerable.jsonl", split="dev")
    strangers = {item.id for item in load(_DATASETS / _STRANGERS, split="dev")}
    unanswerable += [item for item in practice if not item.answerable]
    far = [item for item in unanswerable if item.id not in strangers]
    constitution = load(_DATASETS / "kz-2026.jsonl", split="dev")
    constitution += [item for item in practice if item.answerable]
    official: list[tuple[Item, str]] = []
    for file, document in _OFFICIAL.items():
        items = load(_DATASETS / file, split="dev")
        languages = {item.language for item in items}
        official += [(item, document) for item in items]
        official += [(item, document) for item in far if item.language in languages]
    return {"layer": [(item, _DOCUMENT) for item in (*constitution, *unanswerable)], "official": official}


def main() -> None:
    with fetching() as on_fetch, building() as on_build:
        assistant = open_assistant(user_folders(), on_fetch=on_fetch, on_build=on_build, notice=tell)
    tables = [_HEAD]
    measures = {name: measured(assistant, asked) for name, asked in training().items()}
    measures["added"] = _without("answerable", *measures["official"])  # learned of the Constitution only
    strangers = {item.id for item in load(_DATASETS / _STRANGERS, split="dev")}
    theirs = strangers | {item.id for item in load(_DATASETS / _STORIES, split="dev")}
    for name, (items, found, names) in measures.items():
        answerable = np.array([float(item.answerable) for item in items])
        weight = np.array([_THEIR_WEIGHT if item.id in theirs and name == "layer" else 1.0 for item in items])
        odds = held_out(items, names, found, answerable, _INVERSE_PENALTY, weight)
        chosen_on = np.array([name != "layer" or item.id in strangers for item in items])
        of_these = [item for item, chosen in zip(items, chosen_on, strict=True) if chosen]
        fitted = thresholds(of_these, odds[chosen_on], _FALSE_REFUSALS[name])
        needed = {language: round(least - _LEEWAY[name], 3) for language, least in fitted.items()}
        print(f"{name}: {len(items)} development questions, each judged by a model fitted without its group")
        report(items, odds, needed)
        if name == "layer":
            print("of these strangers':")
            report(of_these, odds[chosen_on], needed)
        if "--verbose" in sys.argv:
            for item, o in sorted(zip(items, odds, strict=True), key=lambda pair: pair[1]):
                if (o < needed[item.language]) == item.answerable:
                    print(f"  {o - needed[item.language]:+.2f} {item.category}: {item.question}")
        tables.append(Fitted.to(names, found, answerable, _INVERSE_PENALTY, weight).table(needed, name))
    if "--write" in sys.argv:
        write_atomically(_MODELS, "\n".join(tables).encode("utf-8"))
        print(f"written to {_MODELS.name}")


if __name__ == "__main__":
    main()
