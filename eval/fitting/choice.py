"""Fit the choice between the Constitution and a constitutional law: `python -m eval.fitting.choice [--write]`.

Questions of the laws are those learned from (corpus/digest/kz-constlaw-*.asked.*.toml): each is judged by a classifier
that has seen neither it nor the same question in another language. Questions of the Constitution, and those that it
does not answer, few of which the laws do, are the development ones; strangers', who tell long stories, weigh more.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold
from sklearn.preprocessing import StandardScaler

from corpus import LANGUAGES, user_folders
from corpus.digest import asked_questions
from corpus.files import write_atomically
from eval.asking.dataset import load
from index import SearchIndex, SearchResult
from index.classifier import QuestionClassifier, learn
from index.embedders.embedder import FloatArray
from index.texts import as_sentence
from qa.evidence import constitutional_laws as choice
from qa.setup.installation import open_assistant
from qa.setup.progress import building, fetching, tell
from qa.understanding.glossary import translations
from qa.understanding.question import Question, understand

_LEARNED_FROM = 16_000  # questions: all would take a quarter of an hour for each fold
_DATASETS = Path("eval/datasets")
_MODEL = Path("qa/evidence/constitutional_laws.toml")
_CONSTITUTION = "kz-constitution-2026"
_OTHERS = {
    "kz-2026.jsonl": 1.0,
    "kz-2026-practice.jsonl": 1.0,
    "kz-2026-stories-practice.jsonl": 3.0,
    "kz-2026-unanswerable.jsonl": 1.0,
}
_UNANSWERED = 0.1  # of their weight, since the laws answer some
_FOLDS = 4
_SAME = 0.9999  # cosine of a question with itself
_HEAD = """# Weights of the signals that tell a question on a constitutional law's details from one on the Constitution
# (qa/evidence/constitutional_laws.py says what each is). Made by `python -m eval.fitting.choice --write`.
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question understood, what answers it, and the group of the same question in other languages."""

    question: Question
    by: Literal["law", "Constitution", "nothing"]
    group: str
    weight: float = 1.0

    @property
    def of_law(self) -> bool:
        return self.by == "law"


def questions(laws: tuple[str, ...]) -> list[Asked]:
    """Those of the laws, then the others; without what names its document and so needs no choice."""
    found = []
    for law in laws:
        for language in LANGUAGES:
            for eid, asked in asked_questions(law, language).items():
                found += [Asked(understand(text), "law", f"{law}#{eid} {n}") for n, text in enumerate(asked)]
    for name, weight in _OTHERS.items():
        for item in load(_DATASETS / name, split="dev"):
            by: Literal["Constitution", "nothing"] = "Constitution" if item.answerable else "nothing"
            own = weight if item.answerable else weight * _UNANSWERED
            found.append(Asked(understand(item.question), by, f"{name} {item.group}", own))
    return [
        a for a in found if not (a.question.document or a.question.references or a.question.gone or a.question.as_of)
    ]


def measured(index: SearchIndex, asked: list[Asked], laws: tuple[str, ...]) -> tuple[list[str], FloatArray]:
    """Names of the signals, and `(n, signals)`, a row a question; those of the laws by a classifier that has not seen
    their group."""
    rows: list[dict[str, float]] = [{} for _ in asked]
    for _, held_out in GroupKFold(_FOLDS).split(asked, groups=[a.group for a in asked]):
        unseen = [asked[i].question.text for i in held_out if asked[i].of_law]
        untaught = SearchIndex(replace(index.contents, classifier=learned_without(index, unseen)), index.embedder)
        for i in held_out:
            found = (_search(untaught, asked[i].question, documents) for documents in ((_CONSTITUTION,), laws))
            rows[i] = choice.signals(*found)
    return list(rows[0]), np.array([list(row.values()) for row in rows], dtype=np.float32)


def learned_without(index: SearchIndex, texts: list[str]) -> QuestionClassifier:
    """The index's classifier learned anew without these questions."""
    known = index.contents.classifier
    assert known is not None
    vectors = index.vectors.whole()[known.rows]
    unseen = index.embedder.embed_queries([as_sentence(text) for text in texts])
    keep = np.flatnonzero((vectors @ unseen.T).max(axis=1) < _SAME)
    classes = [index.article_at(row) for row in known.rows[keep]]
    beside = {name for name in classes if name and not name.startswith(f"{_CONSTITUTION}#")}
    learned = learn(vectors, keep.tolist(), classes, beside, most=_LEARNED_FROM)
    # Every article keeps its class, also one none of whose questions is left.
    names = [*learned.articles, "answerable", "beside"]
    place = {name: i for i, name in enumerate((*known.articles, "answerable", "beside"))}
    parts = (
        replace(part, columns=np.array([place[names[column]] for column in part.columns])) for part in learned.parts
    )
    return QuestionClassifier(known.rows[keep], tuple(parts), known.articles)


def _search(index: SearchIndex, question: Question, documents: tuple[str, ...]) -> SearchResult:
    return index.search(
        question.topic,
        language=question.written_in,
        documents=documents,
        limit=1,
        translations=translations(question.topic, question.written_in),
    )


def fitted(found: FloatArray, asked: Sequence[Asked]) -> tuple[StandardScaler, LogisticRegression]:
    scaler, of_law = StandardScaler().fit(found), [a.of_law for a in asked]
    model = LogisticRegression(C=1.0, max_iter=2000)
    return scaler, model.fit(scaler.transform(found), of_law, [a.weight for a in asked])


def report(asked: list[Asked], found: FloatArray) -> None:
    """Of each kind, the share that a model fitted without their groups takes for a law's."""
    odds = np.zeros(len(asked))
    for train, held_out in GroupKFold(8).split(found, groups=[a.group for a in asked]):
        scaler, model = fitted(found[train], [asked[i] for i in train])
        odds[held_out] = model.decision_function(scaler.transform(found[held_out]))
    by, language = (np.array(column) for column in ([a.by for a in asked], [a.question.written_in for a in asked]))
    for kind in ("law", "Constitution", "nothing"):
        for code in LANGUAGES:
            mine = odds[(by == kind) & (language == code)]
            first, beside = (float(np.mean(mine >= least)) for least in (choice.FIRST, choice.BESIDE))
            print(f"{kind:12s} {code}: {len(mine):4d} questions, law first {first:.3f}, beside or first {beside:.3f}")


def main() -> None:
    with fetching() as on_fetch, building() as on_build:
        assistant = open_assistant(user_folders(), on_fetch=on_fetch, on_build=on_build, notice=tell)
    laws = choice.constitutional_laws(assistant.index.documents)
    asked = questions(laws)
    names, found = measured(assistant.index, asked, laws)
    report(asked, found)
    if "--write" in sys.argv:
        scaler, model = fitted(found, asked)
        lines = [_HEAD, f"intercept = {model.intercept_[0]:.4f}"]
        for row in zip(names, scaler.mean_, scaler.scale_, model.coef_[0], strict=True):
            name, mean, scale, weight = row
            lines += ["", "[[signal]]", f'name = "{name}"', f"mean = {mean:.5f}", f"scale = {scale:.5f}"]
            lines.append(f"weight = {weight:.4f}")
        write_atomically(_MODEL, ("\n".join(lines) + "\n").encode("utf-8"))
        print(f"written to {_MODEL.name}")


if __name__ == "__main__":
    main()
