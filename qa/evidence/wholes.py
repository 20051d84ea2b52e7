"""Whether a question wants a subject told as a whole or a point of it, and which subject.

"What does the Constitution say about schools?" and "how long may they hold me?" come near to the same provisions as
points and wholes of them do. What is learned from questions of both kinds (`index.matters`), how the provisions found
are spread, and the question's form are weighed by two small models; their weights stand in `wholes.toml`, made by
`python -m eval.fitting.wholes` from development questions, those that want a whole by people who saw nothing of the
assistant.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np
import rtoml

from corpus.subjects import Subject, load_subjects
from index import MatterScores, SearchResult
from index.embedders.embedder import FloatArray
from qa.evidence.abstention import Evidence
from qa.evidence.answer_type import wants
from qa.evidence.logistic import LogisticModel
from qa.understanding.forms import has_form
from qa.understanding.subject_question import named_within, subject_within

# How fast a provision's vote for its subjects falls with its distance from the best, in the scores' unit.
_VOTE_WIDTH = 0.03
_FULL_WORDS = 10.0  # BM25 of a subject whose lines share the question's telling words; less speaks for less
_FEW_WORDS = 3
_NARROW = 20  # provisions
# A long message is a story more often than a wish for a whole, however near it comes to one, and what tells a short
# question tells nothing of a long one. So the signals' weights change with the number of words: piecewise linear
# between these (a varying-coefficient model, Hastie and Tibshirani 1993).
_STRETCHES = ((0, 4), (4, 8), (8, 14), (14, 24), (24, 44))
SUBJECT_SIGNALS = ("learned", "words", "letters", "votes", "named")


@dataclass(frozen=True, slots=True)
class Fit:
    """A subject and how well the question fits it; scores compare within a question, and roughly between."""

    subject: Subject
    score: float


@dataclass(frozen=True, slots=True)
class WholesModel:
    """`subject` weighs `SUBJECT_SIGNALS`; `breadth` gives the log-odds that a whole is wanted, `needed` the least that
    is told as one, by language."""

    subject: tuple[float, ...]
    breadth: LogisticModel
    needed: dict[str, float]


def subject_fits(scores: MatterScores, result: SearchResult, text: str, language: str) -> list[Fit]:
    """All subjects, those that fit best first. `text` is what is looked for, `language` its own."""
    weighed = _weighed(subject_signals(scores, result, text, language))
    known = load_subjects()
    order = np.argsort(-weighed, kind="stable")
    return [Fit(known[scores.subjects.names[at]], round(float(weighed[at]), 4)) for at in order]


def _weighed(signals: FloatArray) -> FloatArray:
    """`(subjects,)` from `(signals, subjects)`: how well the question fits each."""
    return np.asarray(np.tensordot(wholes_model().subject, signals, 1), dtype=np.float32)


def subject_signals(scores: MatterScores, result: SearchResult, text: str, language: str) -> FloatArray:
    """`(signals, subjects)`: what speaks for each subject, each from about 0 to 1, in the order of
    `SUBJECT_SIGNALS`. `named` is the share of the text that the name is of the one named in it: in a story names stand
    by the way."""
    found = scores.subjects
    best = float(found.words.max(initial=0.0))
    words = found.words / max(best, 1e-6) * min(1.0, best / _FULL_WORDS)
    letters = found.letters / max(float(found.letters.max(initial=0.0)), 1e-6)
    within = named_within(text, language)
    named = np.array([within[1] if within and name == within[0].id else 0.0 for name in found.names])
    return np.stack([found.learned, words, letters, _votes(found.names, result), named]).astype(np.float32)


def wants_whole(scores: MatterScores, result: SearchResult, case: Evidence | None, text: str, language: str) -> float:
    """Log-odds that the question wants a subject told as a whole, and the Constitution can tell it. `language` is the
    question's own."""
    return round(wholes_model().breadth.log_odds(breadth_signals(scores, result, case, text, language)), 4)


def breadth_signals(
    scores: MatterScores, result: SearchResult, case: Evidence | None, text: str, language: str
) -> dict[str, float]:
    """What the model weighs, by name: each signal by itself and in each stretch of the question's length."""
    shares = [share for share in _shares(result) if share > 0]
    count = len(text.split())
    signals = subject_signals(scores, result, text, language)
    told = {
        "broad": scores.broad,
        "opinion": scores.opinion,
        "learned": float(scores.subjects.learned.max(initial=0.0)),
        "subject_words": float(scores.subjects.words.max(initial=0.0)),
        "voted": float(signals[SUBJECT_SIGNALS.index("votes")].max(initial=0.0)),
        "fit": float(_weighed(signals).max(initial=0.0)),
        "names_one": float(subject_within(text, language) is not None),
        "spread": -sum(share * math.log(share) for share in shares),
        "belongs": result.belongs,
        "asked": result.asked,
        "margin": case.margin if case else 0.0,
        "length": math.log1p(count),
        "few": float(count <= _FEW_WORDS),
        "question_mark": float(text.rstrip().endswith("?")),
        "listing": float(has_form("listing", text, language)),
        "point": float(has_form("point", text, language)),
        "number": float(wants("number", text, language)),
    }
    stretches = {f"{least}_to_{most}": min(max(count - least, 0), most - least) for least, most in _STRETCHES}
    within = {f"{name}_{words}": value * told[name] for words, value in stretches.items() for name in told}
    return told | {f"words_{words}": float(value) for words, value in stretches.items()} | within


def _votes(subjects: Sequence[str], result: SearchResult) -> FloatArray:
    """The share of what was found that is essential to each subject."""
    votes = np.zeros(len(subjects), dtype=np.float32)
    places = {name: at for at, name in enumerate(subjects)}
    for hit, share in zip(result.hits, _shares(result), strict=True):
        for name in essential_to().get(hit.provision.id, ()):
            votes[places[name]] += share
    return votes


def _shares(result: SearchResult) -> list[float]:
    """How the provisions found share the question, by their scores; all together 1."""
    if not result.hits:
        return []
    raw = [math.exp((hit.score - result.hits[0].score) / _VOTE_WIDTH) for hit in result.hits]
    total = sum(raw)
    return [value / total for value in raw]


@cache
def essential_to() -> Mapping[str, tuple[str, ...]]:
    """Subjects, by id, by the provisions essential to them."""
    return _by_provision({subject.id: subject.essential for subject in load_subjects().values()})


@cache
def narrow_subjects_of() -> Mapping[str, tuple[str, ...]]:
    """Narrow subjects, by id, by the provisions that they have, essential or further. A broad one has what is in no way
    beside each other."""
    narrow = (subject for subject in load_subjects().values() if len(subject.provisions) <= _NARROW)
    return _by_provision({subject.id: subject.provisions for subject in narrow})


def _by_provision(provisions: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    """The keys by what they have."""
    found: dict[str, list[str]] = {}
    for key, names in provisions.items():
        for name in dict.fromkeys(names):
            found.setdefault(name, []).append(key)
    return {name: tuple(keys) for name, keys in found.items()}


@cache
def wholes_model() -> WholesModel:
    """The model, as `python -m eval.fitting.wholes` wrote it."""
    table = rtoml.loads(resources.files("qa.evidence").joinpath("wholes.toml").read_text(encoding="utf-8"))
    weights = tuple(table["subject"][name] for name in SUBJECT_SIGNALS)
    return WholesModel(weights, LogisticModel.of(table["breadth"]), table["breadth"]["needed"])
