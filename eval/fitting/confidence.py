"""Fits the chance that the provision cited first is right: `python -m eval.fitting.confidence [--test] [--write]`.

What tells the chance is weighed on questions by other hands that the search answers (`kz-2026-stories-practice`,
`kz-2026-practice`), answerable or not, what is cited first being right where its article is gold. Those are nearer to
what was learned from than strangers' are, so that the chances are then set right on `strangers-dev` (Platt 1999), which
has two numbers to learn. Prints the expected calibration error of groups held out: the mean distance between the chance
told and the share right, over bins of as many questions each (Naeini, Cooper and Hauskrecht 2015). `--test` looks at
`strangers-test`, totals only; `--write` writes `qa/evidence/confidence.toml`.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from corpus import LANGUAGES, user_folders
from corpus.concordance import load_concordance
from corpus.files import write_atomically
from eval.asking.dataset import Item, load
from eval.statistics.calibration import calibration_error
from eval.statistics.folds import folds
from eval.statistics.logistic import Fitted
from index import SearchResult
from qa import Assistant, open_assistant
from qa.evidence.abstention import evidence
from qa.evidence.confidence import confidence_signals
from qa.evidence.retrieval import in_its_letters
from qa.setup.progress import building, fetching, tell
from qa.understanding.glossary import translations
from qa.understanding.question import understand

FloatArray = NDArray[np.float64]

_DATASETS = Path(__file__).parent.parent / "datasets"
_LEARNED_FROM = ("kz-2026-stories-practice", "kz-2026-practice")
_SET_RIGHT_ON = "strangers-dev"
_TRIED_ON = "strangers-test"
_BINS = 5  # of some three hundred questions: with more, chance alone makes an error
_MODEL = Path(__file__).parent.parent.parent / "qa" / "evidence" / "confidence.toml"
_HEAD = """\
# Weights of what tells the chance that the provision cited first is right (qa/evidence/confidence.py says what each).
# Made by `python -m eval.fitting.confidence --write`.
"""
_INVERSE_PENALTY = 1.0


def measured(assistant: Assistant, items: list[Item]) -> tuple[list[Item], FloatArray, FloatArray, tuple[str, ...]]:
    """The questions that are answered by search, their signals `(n, signals)`, whether the first provision is right
    `(n,)`, and the signals' names."""
    kept, rows, right = [], [], []
    for item in items:
        question = in_its_letters(understand(item.question), assistant.index)
        if question.references or question.gone or question.document or question.as_of or question.compares:
            continue
        result = _searched(assistant, question.topic, question.written_in)
        case = evidence(result, question.topic, question.written_in)
        if case is None or not case.sufficient:
            continue
        kept.append(item)
        rows.append(confidence_signals(result, case, question.text))
        right.append(float(item.in_gold_article(result.hits[0].provision.id)))
    names = tuple(rows[0])
    return kept, np.array([[row[name] for name in names] for row in rows]), np.array(right), names


def _searched(assistant: Assistant, topic: str, language: str) -> SearchResult:
    return assistant.index.search(
        topic,
        language=language,
        documents=[load_concordance().new],
        limit=20,
        translations=translations(topic, language),
    )


def main() -> None:
    with fetching() as on_fetch, building() as on_build:
        assistant = open_assistant(user_folders(), on_fetch=on_fetch, on_build=on_build, notice=tell)
    items = [item for name in _LEARNED_FROM for item in load(_DATASETS / f"{name}.jsonl") if item.split != "test"]
    kept, found, right, names = measured(assistant, items)

    def fitted(rows: FloatArray, is_right: FloatArray) -> Fitted:
        return Fitted.to(names, rows, is_right, _INVERSE_PENALTY, balanced=False)

    told = np.zeros(len(kept))
    for train, held in folds(kept):
        told[held] = _chance(fitted(found[train], right[train]).log_odds(found[held]))
    print(f"{len(kept)} questions answered, right {right.mean():.3f}, told {told.mean():.3f}")
    print(f"expected calibration error {calibration_error(told, right):.3f}, each judged by a model without its group")
    whole = fitted(found, right)
    kept, found, right, _ = measured(assistant, load(_DATASETS / f"{_SET_RIGHT_ON}.jsonl"))
    odds = whole.log_odds(found)
    told = np.zeros(len(kept))
    for train, held in folds(kept):
        told[held] = _chance(_scaled(odds[train], right[train], odds[held]))
    print(f"{_SET_RIGHT_ON}, as weighed: {_figures(_chance(odds), right)}")
    print(f"{_SET_RIGHT_ON}, set right without its group: {_figures(told, right)}")
    slope, shift = _platt(odds, right)
    whole.classifier.coef_ *= slope
    whole.classifier.intercept_ = whole.classifier.intercept_ * slope + shift
    if "--test" in sys.argv:
        kept, found, right, _ = measured(assistant, load(_DATASETS / f"{_TRIED_ON}.jsonl"))
        told = _chance(whole.log_odds(found))
        print(f"{_TRIED_ON}: {_figures(told, right)}")
        for language in LANGUAGES:
            mine = np.array([item.language == language for item in kept])
            print(f"  {language}: right {right[mine].mean():.3f}, told {told[mine].mean():.3f}")
        for part in np.array_split(np.argsort(told, kind="stable"), _BINS):
            span = f"{told[part].min():.2f} to {told[part].max():.2f}"
            print(f"  told {span}: {len(part)} questions, right {right[part].mean():.3f}")
    if "--write" in sys.argv:
        write_atomically(_MODEL, f"{_HEAD}\n{whole.table({})}".encode())
        print(f"written to {_MODEL.name}")


def _platt(odds: FloatArray, right: FloatArray) -> tuple[float, float]:
    """Slope and shift of the log-odds."""
    fitted = LogisticRegression(C=1e6).fit(odds[:, None], right)
    return float(fitted.coef_[0, 0]), float(fitted.intercept_[0])


def _scaled(odds: FloatArray, right: FloatArray, held: FloatArray) -> FloatArray:
    slope, shift = _platt(odds, right)
    return held * slope + shift


def _figures(told: FloatArray, right: FloatArray) -> str:
    error = calibration_error(told, right, _BINS)
    return f"{len(told)} answered, right {right.mean():.3f}, told {told.mean():.3f}, calibration error {error:.3f}"


def _chance(odds: FloatArray) -> FloatArray:
    return np.asarray(1 / (1 + np.exp(-odds)))


if __name__ == "__main__":
    main()
