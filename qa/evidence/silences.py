"""What the Constitution is silent on, as far as we know.

"Is there a right to the internet?" comes near to provisions on the internet's matters, and none has such a right. What
people look for in vain is listed (`corpus.subjects.absences`), and an index learns to know a question on it by meaning
and by words (`index.matters`); whether it is asked after, or only comes near to it, a small model tells
(`silences.toml`, made by `python -m eval.fitting.silences`).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np
import rtoml

from corpus.subjects import Absence, absences_by_name, load_absences, load_subjects
from index import MatterFinder, MatterScores, SearchResult
from index.words.analysis import terms
from qa.evidence.abstention import Evidence
from qa.evidence.logistic import LogisticModel
from qa.evidence.wholes import Fit
from qa.understanding.asides import absence_of
from qa.understanding.forms import Form, has_form, without_form
from qa.understanding.question import Question

_NEAR = 5  # subjects, and absences, looked at
# What a question's fit to an absence is made of, in the unit of a phrase all of whose words it has: what is learned,
# and BM25 of words and of letters.
_LEARNED, _WORDS, _LETTERS = 8.0, 0.17, 0.05

_LEAST_CASE, _MOST_CASE = -4.0, 6.0  # log-odds of an answer beyond which they tell nothing more of a thing not there

_FORMS: tuple[Form, ...] = ("existence", "place", "of_the_text", "how", "listing")


@dataclass(frozen=True, slots=True)
class Sought:
    """What is looked for in vain that a question comes nearest to; `odds` are those that it is asked after, less what
    is needed to say so, in log-odds."""

    absence: Absence
    odds: float


@dataclass(frozen=True, slots=True)
class SilencesModel:
    """`sought` gives the log-odds that a thing is asked after, `needed` the least that is said, by language."""

    sought: LogisticModel
    needed: dict[str, float]


@dataclass(frozen=True, slots=True)
class Looked:
    """How a question was looked up: what it fits, what was found in the Constitution in force with the case for
    answering from that, and all subjects."""

    question: Question
    scores: MatterScores
    found: SearchResult
    case: Evidence | None
    fits: Sequence[Fit]


def sought_in_vain(looked: Looked, matters: MatterFinder) -> Sought | None:
    """None where nothing is known to be looked for in vain."""
    signals = absence_signals(looked, matters)
    if signals is None:
        return None
    model = silences_model()
    odds = model.sought.log_odds(signals.values) - model.needed[looked.question.written_in]
    return Sought(signals.absence, round(odds, 4))


@dataclass(frozen=True, slots=True)
class AbsenceSignals:
    """The absence that a question comes nearest to, and what the model weighs of it, by name."""

    absence: Absence
    values: Mapping[str, float]


def absence_signals(looked: Looked, matters: MatterFinder) -> AbsenceSignals | None:
    """None where the index knows of no absence, or nothing was found at all."""
    question, scores, language = looked.question, looked.scores, looked.question.written_in
    # That the text is spoken of names nothing in it.
    words = without_form("of_the_text", question.topic, language) or question.topic
    absent = matters.absences(question.topic, words, language)
    if not absent.names or looked.case is None:
        return None
    asked = set(terms(words, language))
    likeness = _LEARNED * absent.learned + _WORDS * absent.words + _LETTERS * absent.letters
    nearest = [int(at) for at in np.argsort(-likeness, kind="stable")[:_NEAR]]
    known = absences_by_name()
    named = {at: _named(known[absence_of(absent.names[at])], asked, language) for at in nearest}
    best = max(nearest, key=lambda at: likeness[at] + named[at])
    found = known[absence_of(absent.names[best])]
    signals = {
        "learned": float(absent.learned[best]),
        "words": float(absent.words[best]),
        "letters": float(absent.letters[best]),
        "named": named[best],
        "apart": _apart(found, asked, language),
        "its_subject": next(fit.score for fit in looked.fits if fit.subject.id == found.subject),
        "best_subject": looked.fits[0].score,
        "subject_learned": float(scores.subjects.learned.max(initial=0.0)),
        "subject_words": float(scores.subjects.words.max(initial=0.0)),
        "subject_letters": float(scores.subjects.letters.max(initial=0.0)),
        "broad": scores.broad,
        "belongs": looked.found.belongs,
        "case": max(_LEAST_CASE, min(_MOST_CASE, looked.case.margin)),
        "length": math.log1p(len(asked)),
    }
    forms = {form: float(has_form(form, question.text, language)) for form in _FORMS}
    return AbsenceSignals(found, signals | forms)


def _named(absence: Absence, asked: set[str], language: str) -> float:
    """The greatest share of the words of a phrase that tells the thing which the question has, each by how few phrases
    have it: "is", "the" and "how" tell nothing."""
    weight = _weights(language)
    phrases = [set(terms(phrase, language)) for phrase in absence.phrases[language]]
    return max(
        sum(weight[word] for word in phrase & asked) / sum(weight[word] for word in phrase)
        for phrase in phrases
        if phrase
    )


def _apart(absence: Absence, asked: set[str], language: str) -> float:
    """The same of the words that tell the thing apart from its subject: who asks who the Ombudsman is, asks nothing of
    one for children, though half of the words are there. A phrase of the subject's own words alone is had or not."""
    weight, own = _weights(language), _subject_words(absence.subject, language)
    best = 0.0
    for phrase in (set(terms(phrase, language)) for phrase in absence.phrases[language]):
        apart = phrase - own
        if apart:
            best = max(best, sum(weight[word] for word in apart & asked) / sum(weight[word] for word in apart))
        elif phrase and phrase <= asked:
            return 1.0
    return best


@cache
def _subject_words(subject: str, language: str) -> frozenset[str]:
    """Of all names that the subject goes by."""
    return frozenset(word for name in load_subjects()[subject].names[language] for word in terms(name, language))


@cache
def _weights(language: str) -> Mapping[str, float]:
    """How rare a word is among the phrases that tell what is not there (inverse document frequency)."""
    phrases = [set(terms(p, language)) for absence in load_absences() for p in absence.phrases[language]]
    held = Counter(word for phrase in phrases for word in phrase)
    return {word: math.log1p(len(phrases) / count) for word, count in held.items()}


@cache
def silences_model() -> SilencesModel:
    """The model, as `python -m eval.fitting.silences` wrote it."""
    table = rtoml.loads(resources.files("qa.evidence").joinpath("silences.toml").read_text(encoding="utf-8"))
    return SilencesModel(LogisticModel.of(table), table["needed"])
