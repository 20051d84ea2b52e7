"""Fits what tells which subject a question wants and whether as a whole: `python -m eval.fitting.wholes [--write]`.

Which subject: weights of the signals, by the likelihood of the subjects whose essential provisions fit a question's
gold best. Whether as a whole: logistic regression of development questions that want one against those that want a
point or have no answer. Prints both for groups held out (cross-validation); `--verbose` lists what is told otherwise
than meant.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from sklearn.metrics import roc_auc_score

from corpus import LANGUAGES, user_folders
from corpus.files import write_atomically
from corpus.subjects import Subject, load_subjects
from eval.asking.dataset import Item, load
from eval.statistics.folds import folds
from eval.statistics.logistic import Fitted, held_out, least_told
from index import SearchIndex
from qa import open_assistant
from qa.evidence import wholes
from qa.evidence.abstention import evidence
from qa.evidence.retrieval import in_its_letters
from qa.setup.progress import building, fetching, tell
from qa.understanding.forms import without_form
from qa.understanding.glossary import translations
from qa.understanding.question import Question, understand

FloatArray = NDArray[np.float64]

_DATASETS = Path(__file__).parent.parent / "datasets"
_MODEL = Path(wholes.__file__).with_name("wholes.toml")
_DOCUMENT = "kz-constitution-2026"
_WHOLE = ("kz-2026-broad.jsonl", "kz-2026-broad-practice.jsonl")
_POINT = ("kz-2026.jsonl", "kz-2026-practice.jsonl", "kz-2026-unanswerable.jsonl")
_STORIES = "kz-2026-stories-practice.jsonl"  # by strangers, long ones among them; each is on a point, or on nothing
_THEIR_WEIGHT = 0.3  # more would tell fewer wholes, less more stories as wholes
# The share of questions on a point that may be told as a whole: of ours, where the promise is 0.03, and of the stories.
_WIDENED = 0.020
_STORIES_WIDENED = 0.080
_INVERSE_PENALTY = 0.05
_HEAD = """\
# Weights of the signals that tell which subject a question wants, and whether it wants it told as a whole
# (qa/evidence/wholes.py says what each is). Made by `python -m eval.fitting.wholes --write`.
"""


@dataclass(frozen=True, slots=True)
class Measured:
    """A question with what speaks for each subject `(signals, subjects)`, for a whole, and which subjects fit its gold
    best `(subjects,)`."""

    item: Item
    subjects: FloatArray
    breadth: dict[str, float]
    fitting: FloatArray


def measured(index: SearchIndex, items: Sequence[Item]) -> list[Measured]:
    assert index.matters is not None
    found = []
    for item in items:
        question = in_its_letters(understand(item.question), index)
        if question.references:
            continue
        result = index.search(
            question.topic,
            language=question.written_in,
            documents=[_DOCUMENT],
            translations=translations(question.topic, question.written_in),
        )
        scores = index.matters.of(_asked(question), question.topic, question.written_in)
        case = evidence(result, question.topic, question.written_in)
        found.append(
            Measured(
                item,
                wholes.subject_signals(scores, result, _asked(question), question.written_in).astype(np.float64),
                wholes.breadth_signals(scores, result, case, _asked(question), question.written_in),
                _fitting(item),
            )
        )
    return found


def _asked(question: Question) -> str:
    """The question without what its answer is for, as the assistant reads it."""
    return without_form("purpose", question.text, question.written_in) or question.text


def _fitting(item: Item) -> FloatArray:
    """How well each subject's essential provisions are the question's: recall and precision in one (F1)."""
    return np.array([_f1(subject, item) for subject in load_subjects().values()])


def _f1(subject: Subject, item: Item) -> float:
    shown = [name for group in subject.groups for name in group.essential]
    if not item.gold or not shown:
        return 0.0
    recall = np.mean([any(name == gold or name.startswith(gold + "__") for name in shown) for gold in item.gold])
    fit = [any(name == g or name.startswith(g + "__") for g in (*item.gold, *item.also)) for name in shown]
    precision = np.mean(fit)
    return float(2 * recall * precision / (recall + precision)) if recall + precision else 0.0


def subject_weights(asked: Sequence[Measured]) -> FloatArray:
    """Weights of the signals under which the subjects that fit best are likeliest (multinomial logit)."""
    rows = [m for m in asked if m.fitting.max() > 0]
    targets = [(m.fitting >= m.fitting.max() - 1e-9).astype(float) for m in rows]
    scale = 10.0  # of scores to log-odds: the weights are wanted about 1

    def loss(weights: FloatArray) -> float:
        total = 0.0
        for m, target in zip(rows, targets, strict=True):
            odds = scale * (weights @ m.subjects)
            odds -= odds.max()
            total -= float(np.log((np.exp(odds) * target).sum() / np.exp(odds).sum()))
        return total / len(rows) + 0.01 * float(weights @ weights)

    start = np.full(len(wholes.SUBJECT_SIGNALS), 0.5)
    return np.asarray(minimize(loss, start, bounds=[(0, None)] * len(start)).x)


def report_subjects(asked: Sequence[Measured]) -> None:
    """Of groups held out, how well the first subject fits, against the best there is."""
    chosen = np.zeros(len(asked))
    for train, held in folds([m.item for m in asked]):
        weights = subject_weights([asked[i] for i in train])
        for i in held:
            chosen[i] = asked[i].fitting[int(np.argmax(weights @ asked[i].subjects))]
    for language in LANGUAGES:
        mine = [i for i, m in enumerate(asked) if m.item.language == language]
        best = np.mean([asked[i].fitting.max() for i in mine])
        print(f"{language}: {len(mine)} questions, fit of the first subject {chosen[mine].mean():.3f}, best {best:.3f}")


def _share(asked: Sequence[Measured], told: Sequence[bool], language: str, whole: bool, answerable: bool) -> float:
    kind = (language, whole, answerable)
    mine = [t for m, t in zip(asked, told, strict=True) if (m.item.language, m.item.whole, m.item.answerable) == kind]
    return float(np.mean(mine))


def main() -> None:
    with fetching() as on_fetch, building() as on_build:
        assistant = open_assistant(user_folders(), on_fetch=on_fetch, on_build=on_build, notice=tell)
    whole = [item for name in _WHOLE for item in load(_DATASETS / name, split="dev")]
    points = [item for name in _POINT for item in load(_DATASETS / name, split="dev")]
    stories = load(_DATASETS / _STORIES, split="dev")
    asked = measured(assistant.index, [item for item in whole if item.whole] + points + stories)
    told_by = {item.id for item in stories}
    is_story = np.array([m.item.id in told_by for m in asked])
    weight = np.where(is_story, _THEIR_WEIGHT, 1.0)
    about = [m for m in asked if m.item.whole]
    report_subjects([m for m in about if m.item.category != "two"])
    is_whole = np.array([float(m.item.whole) for m in asked])
    names = list(asked[0].breadth)
    found = np.array([[m.breadth[name] for name in names] for m in asked])
    odds = held_out([m.item for m in asked], names, found, is_whole, _INVERSE_PENALTY, weight)
    is_point = np.array([m.item.answerable and not m.item.whole for m in asked]) & ~is_story
    languages = np.array([m.item.language for m in asked])
    ours, theirs = (
        least_told(languages[kind], odds[kind], share)
        for kind, share in ((is_point, _WIDENED), (is_story, _STORIES_WIDENED))
    )
    needed = {language: max(ours[language], theirs[language]) for language in LANGUAGES}
    told_of_stories = [o >= needed[language] for o, language in zip(odds[is_story], languages[is_story], strict=True)]
    print(f"area {roc_auc_score(is_whole, odds):.3f}, stories told as a whole {np.mean(told_of_stories):.3f}")
    for language in LANGUAGES:
        told = [o >= needed[language] for o in odds]
        shares = {kind: _share(asked, told, language, *kind) for kind in ((True, True), (False, True), (False, False))}
        print(
            f"{language}: needed {needed[language]:+.2f}, told as a whole: wholes {shares[True, True]:.3f}, "
            f"points {shares[False, True]:.3f}, no answer {shares[False, False]:.3f}"
        )
    if "--verbose" in sys.argv:
        for m, o in sorted(zip(asked, odds, strict=True), key=lambda pair: pair[1]):
            least = needed[m.item.language]
            if (o >= least) != m.item.whole:
                print(f"  {o - least:+.2f} {m.item.id} {m.item.category}: {m.item.question}")
    if "--write" in sys.argv:
        weights = zip(wholes.SUBJECT_SIGNALS, subject_weights(about), strict=True)
        subject = "\n".join(["[subject]", *(f"{name} = {weight:.3f}" for name, weight in weights)])
        breadth = Fitted.to(names, found, is_whole, _INVERSE_PENALTY, weight).table(needed, "breadth")
        write_atomically(_MODEL, f"{_HEAD}\n{subject}\n\n{breadth}".encode())
        print(f"written to {_MODEL.name}")


if __name__ == "__main__":
    main()
