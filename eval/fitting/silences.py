"""Fits what tells whether a thing known not to be there is asked after: `python -m eval.fitting.silences [--write]`.

Logistic regression of development questions after such things against those that the Constitution answers; those that
ask after something that is there weigh more, since they are the likest; and against those that are none on the law.
Prints, for groups held out (cross-validation),
how many of each are told that it is not there; `--verbose` lists those told otherwise than meant.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.metrics import roc_auc_score

from corpus import LANGUAGES, user_folders
from corpus.files import write_atomically
from eval.asking.dataset import Item, load
from eval.statistics.logistic import Fitted, held_out
from index import SearchIndex
from qa import open_assistant
from qa.evidence import silences
from qa.evidence.abstention import evidence
from qa.evidence.retrieval import in_its_letters
from qa.evidence.silences import AbsenceSignals, Looked, absence_signals
from qa.evidence.wholes import subject_fits
from qa.setup.progress import building, fetching, tell
from qa.understanding.forms import without_form
from qa.understanding.glossary import translations
from qa.understanding.question import understand

_DATASETS = Path(__file__).parent.parent / "datasets"
_MODEL = Path(silences.__file__).with_name("silences.toml")
_SOUGHT = ("kz-2026-there-or-not-practice.jsonl", "kz-2026-broad.jsonl", "kz-2026-broad-practice.jsonl")
_ANSWERED = ("kz-2026.jsonl", "kz-2026-practice.jsonl", "kz-2026-stories-practice.jsonl", "strangers-practice.jsonl")
_UNANSWERABLE = "kz-2026-unanswerable.jsonl"
_IDLE = frozenset({"chit-chat", "gibberish", "instruction", "science", "tech", "weather"})  # categories of it
_DOCUMENT = "kz-constitution-2026"
_TOLD_BEFORE = ("fact", "changes")  # categories that other ways answer first
_CATEGORY = "not-there"
_THERE = "there"
_WEIGHT = 10.0  # of a question after what is there
_IDLE_WEIGHT = 10.0
_MISTOLD = 0.08  # the share of those that are told, beside their answer, that something is not there
_INVERSE_PENALTY = 0.3
_HEAD = """\
# Weights of the signals that tell whether a thing known not to be there is asked after (qa/evidence/silences.py says
# what each is). Made by `python -m eval.fitting.silences --write`.
"""


@dataclass(frozen=True, slots=True)
class Measured:
    """A question with what speaks for the absence that it comes nearest to."""

    item: Item
    signals: AbsenceSignals

    @property
    def is_sought(self) -> bool:
        return self.item.category == _CATEGORY


def measured(index: SearchIndex, items: Sequence[Item]) -> list[Measured]:
    assert index.matters is not None
    found = []
    for item in items:
        question = in_its_letters(understand(item.question), index)
        if question.references or question.gone:  # what is named so is answered otherwise
            continue
        text = without_form("purpose", question.text, question.written_in) or question.text
        scores = index.matters.of(text, question.topic, question.written_in)
        result = index.search(
            question.topic,
            language=question.written_in,
            documents=[_DOCUMENT],
            translations=translations(question.topic, question.written_in),
        )
        case = evidence(result, question.topic, question.written_in)
        looked = Looked(question, scores, result, case, subject_fits(scores, result, text, question.written_in))
        signals = absence_signals(looked, index.matters)
        assert signals is not None
        found.append(Measured(item, signals))
    return found


def main() -> None:
    with fetching() as on_fetch, building() as on_build:
        assistant = open_assistant(user_folders(), on_fetch=on_fetch, on_build=on_build, notice=tell)
    items = [item for name in (*_SOUGHT, *_ANSWERED) for item in load(_DATASETS / name, split="dev")]
    in_question = [i for i in items if i.category == _CATEGORY or (i.answerable and i.category not in _TOLD_BEFORE)]
    idle = [i for i in load(_DATASETS / _UNANSWERABLE, split="dev") if i.category in _IDLE]
    asked = measured(assistant.index, in_question + idle)
    is_sought = np.array([float(m.is_sought) for m in asked])
    names = list(asked[0].signals.values)
    found = np.array([[m.signals.values[name] for name in names] for m in asked])
    is_there = np.array([m.item.category == _THERE for m in asked])
    is_idle = np.array([m.item.category in _IDLE for m in asked])
    weight = np.select([is_there, is_idle], [_WEIGHT, _IDLE_WEIGHT], 1.0)
    odds = held_out([m.item for m in asked], names, found, is_sought, _INVERSE_PENALTY, weight)
    least = float(np.quantile(odds[is_there], 1 - _MISTOLD))
    print(f"area {roc_auc_score(is_sought, odds):.3f}, needed {least:+.2f}")
    kinds = {"not there": is_sought == 1, "there": is_there, "idle": is_idle}
    kinds["others"] = (is_sought == 0) & ~is_there & ~is_idle
    for language in LANGUAGES:
        mine = np.array([m.item.language == language for m in asked])
        told = {kind: (odds >= least)[mine & of_kind].mean() for kind, of_kind in kinds.items()}
        print(f"{language}: told " + ", ".join(f"{kind} {share:.3f}" for kind, share in told.items()))
    if "--verbose" in sys.argv:
        for m, o in sorted(zip(asked, odds, strict=True), key=lambda pair: pair[1]):
            if (o >= least) != m.is_sought:
                print(f"  {o - least:+.2f} {m.item.id} [{m.signals.absence.name}] {m.item.question}")
    if "--write" in sys.argv:
        table = Fitted.to(names, found, is_sought, _INVERSE_PENALTY, weight).table(dict.fromkeys(LANGUAGES, least))
        write_atomically(_MODEL, f"{_HEAD}\n{table}".encode())
        print(f"written to {_MODEL.name}")


if __name__ == "__main__":
    main()
