"""What a question asks for as a whole: a subject told, something of the document itself, or nothing of the law at all;
and which of the things that people look for in vain it names.

Learned from lines that people type, as `index.classifier` is, but with far fewer numbers, since all of it is looked at
for every question. Subjects, absences, and the two traits of a question (does it want a whole rather than a point? does
it want a judgement?), by ridge regression on indicators over the vectors (Hastie, Tibshirani and Friedman 2009, section
4.2); asides, which are few and short, by the same with a Gaussian kernel between them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np

from index.embedders.embedder import FloatArray
from index.texts import as_sentence
from index.words.lexical import LexicalIndex

MatterKind = Literal["subject", "aside", "opinion", "absence"]
_PENALTY = 1.0
# Of the asides' kernel, exp(sharpness * (cosine - 1)); both chosen on questions that other hands wrote.
_SHARPNESS = 15.0
_ASIDE_PENALTY = 0.3
_OTHERS_WEIGH = 15.0  # all questions on the law together, in asides: however many there are, a greeting is one
_JITTER = 1e-6
KEPT = 4  # questions whose vectors and scores are kept: one answer asks for them several times
_BLOCK = 2048  # rows worked on at once


@dataclass(frozen=True, slots=True)
class MatterLines:
    """Lines on one matter, by language: `names` that it goes by, and what people type who want it."""

    kind: MatterKind
    asked: Mapping[str, Sequence[str]]
    names: Mapping[str, Sequence[str]]


Matters = Mapping[str, MatterLines]


@dataclass(frozen=True, slots=True)
class MatterSource:
    """Where the lines come from: `checksum` names them, so that they are read only to build an index."""

    checksum: str
    read: Callable[[], Matters]


Query = Callable[[str], FloatArray]  # a question's vector `(d,)`, not to be written to


@dataclass(frozen=True, slots=True)
class LearnedMatters:
    """`linear` is `(d + 1, s + 2)`: a column for each of the `s` subjects, then "wants a whole", "wants a judgement";
    its last row is added to all. So is that of `absent` `(d + 1, b)`, with a column for each absence. `centres`
    `(m, d)` are the asides' vectors, `aside_weights` `(m, a)` their weights."""

    subjects: tuple[str, ...]
    asides: tuple[str, ...]
    absences: tuple[str, ...]
    linear: FloatArray
    absent: FloatArray
    centres: FloatArray
    aside_weights: FloatArray


# What of it is kept on disk: the names, and the arrays.
LEARNED_NAMES = ("subjects", "asides", "absences")
LEARNED_ARRAYS = ("linear", "absent", "centres", "aside_weights")


@dataclass(frozen=True, slots=True)
class MatterFits:
    """How a question fits each of a kind of matters, in the order of their `names`: `learned` is the greater the
    likelier it is its own and about 0 for others; `words` and `letters` are BM25 of the lines on it."""

    names: tuple[str, ...]
    learned: FloatArray
    words: FloatArray
    letters: FloatArray


@dataclass(frozen=True, slots=True)
class MatterScores:
    """How a question fits the `subjects`. `asides`: about 1 for its own kind, by name. `broad`: about 1 where it wants
    a whole and -1 where a point; `opinion`: about 1 where it wants a judgement."""

    subjects: MatterFits
    asides: Mapping[str, float]
    broad: float
    opinion: float


def matter_questions(matters: Matters) -> list[str]:
    """What is embedded, in order, all of it as questions."""
    return [as_sentence(text) for _, _, text in _rows(matters)]


def learn_matters(matters: Matters, vectors: FloatArray, points: FloatArray) -> LearnedMatters:
    """Learns from the vectors `(n, d)` of `matter_questions`, and from those of questions on a point of the law."""
    subjects, asides, absences = (_of_kind(matters, kind) for kind in ("subject", "aside", "absence"))
    rows = list(_rows(matters))
    kinds = np.array([matters[name].kind for name, _, _ in rows])
    is_name = np.array([is_name for _, is_name, _ in rows])
    owner = [name for name, _, _ in rows]
    of_subjects, of_absences = kinds == "subject", kinds == "absence"
    wholes = vectors[of_subjects & ~is_name]
    there = np.vstack([vectors[of_subjects], points])
    linear = np.hstack(
        [
            _ridge(vectors[of_subjects], _indicators(np.array(owner)[of_subjects], subjects)),
            _told_apart(wholes, points),
            _told_apart(vectors[kinds == "opinion"], np.vstack([points, wholes])),
        ]
    )
    centres = vectors[kinds == "aside"]
    aside_of = [name for name in owner if matters[name].kind == "aside"]
    absent = _ridge(
        np.vstack([vectors[of_absences], there]),
        np.vstack([_indicators(np.array(owner)[of_absences], absences), np.zeros((len(there), len(absences)))]),
    )
    return LearnedMatters(
        subjects,
        asides,
        absences,
        linear.astype(np.float32),
        absent.astype(np.float32),
        np.ascontiguousarray(centres, dtype=np.float32),
        _aside_weights(centres, aside_of, asides, there),
    )


class MatterFinder:
    """Looks up one index's matters. Safe to share by threads. `lexical` is by unit and language."""

    def __init__(self, learned: LearnedMatters, lexical: Mapping[tuple[str, str], LexicalIndex], query: Query) -> None:
        self._learned = learned
        self._lexical = lexical
        self._query = query
        # How the question fits each matter; its words are those of its `topic`.
        self.of: Callable[[str, str, str], MatterScores] = lru_cache(maxsize=KEPT)(self._of)

    def _of(self, question: str, topic: str, language: str) -> MatterScores:
        learned = self._learned
        vector = self._query(as_sentence(question))
        linear = vector @ learned.linear[:-1] + learned.linear[-1]
        asides = _kernel(learned.centres @ vector) @ learned.aside_weights
        return MatterScores(
            self._fits("subject", learned.subjects, linear[:-2], topic, language),
            {name: float(score) for name, score in zip(learned.asides, asides, strict=True)},
            float(linear[-2]),
            float(linear[-1]),
        )

    def absences(self, topic: str, words: str, language: str) -> MatterFits:
        """How the topic of a question fits each absence, and those of its words that may name one."""
        learned = self._learned
        absent = self._query(as_sentence(topic)) @ learned.absent[:-1] + learned.absent[-1]
        return self._fits("absence", learned.absences, absent, words, language)

    def _fits(
        self, kind: MatterKind, names: tuple[str, ...], learned: FloatArray, topic: str, language: str
    ) -> MatterFits:
        words, letters = (self._lexical[name, language].scores(topic) for name in lexical_kinds(kind))
        return MatterFits(names, learned, words, letters)


def lexical_kinds(kind: MatterKind) -> tuple[str, str]:
    """What the lexical indexes of the words and of the letters of a kind of matters are called."""
    return kind, f"{kind}_letters"


def texts_of(matters: Matters, kind: MatterKind, language: str) -> list[str]:
    """All lines on each matter of the kind in the language, in one text a matter: what words are looked up in."""
    return [
        " ".join([*lines.names[language], *lines.asked[language]]) for lines in matters.values() if lines.kind == kind
    ]


def _of_kind(matters: Matters, kind: MatterKind) -> tuple[str, ...]:
    return tuple(name for name, lines in matters.items() if lines.kind == kind)


def _indicators(owners: Sequence[str], names: Sequence[str]) -> np.ndarray:
    """`(rows, names)`: 1 where the row is the name's."""
    column = {name: at for at, name in enumerate(names)}
    found = np.zeros((len(owners), len(names)))
    found[np.arange(len(owners)), [column[name] for name in owners]] = 1.0
    return found


def _rows(matters: Matters) -> Iterator[tuple[str, bool, str]]:
    """Every line with its matter and whether it is a name."""
    for name, lines in matters.items():
        for is_name, by_language in ((True, lines.names), (False, lines.asked)):
            for texts in by_language.values():
                yield from ((name, is_name, text) for text in texts)


def _ridge(vectors: FloatArray, wanted: np.ndarray, weight: np.ndarray | None = None) -> np.ndarray:
    """Weights `(d + 1, k)` from vectors `(n, d)` to what is wanted of each `(n, k)`."""
    width = vectors.shape[1] + 1
    gram, target = _PENALTY * np.eye(width), np.zeros((width, wanted.shape[1]))
    for block in _blocks(len(vectors)):
        rows = np.hstack([vectors[block].astype(np.float64), np.ones((len(vectors[block]), 1))])
        weighed = rows if weight is None else rows * weight[block, None]
        gram += weighed.T @ rows
        target += weighed.T @ wanted[block]
    return np.linalg.solve(gram, target)


def _told_apart(these: FloatArray, others: FloatArray) -> np.ndarray:
    """Weights `(d + 1, 1)`: 1 for these and -1 for the others, who are as heavy all together."""
    wanted = np.concatenate([np.ones(len(these)), -np.ones(len(others))])
    weight = np.concatenate([np.full(len(these), len(others) / max(len(these), 1)), np.ones(len(others))])
    return _ridge(np.vstack([these, others]), wanted[:, None], weight)


def _aside_weights(centres: FloatArray, owners: Sequence[str], asides: Sequence[str], others: FloatArray) -> FloatArray:
    """Weights `(m, a)` of kernel ridge regression whose centres are the asides alone, and that knows the others too."""
    wanted = _indicators(owners, asides)
    among = _kernel(centres @ centres.T).astype(np.float64)
    gram = among.T @ among + _ASIDE_PENALTY * among + _JITTER * np.eye(len(centres))
    weight = min(_OTHERS_WEIGH * len(centres) / max(len(others), 1), 1.0)
    for block in _blocks(len(others)):  # nothing of the asides is wanted of the others
        kernel = _kernel(others[block] @ centres.T).astype(np.float64)
        gram += weight * (kernel.T @ kernel)
    return np.asarray(np.linalg.solve(gram, among.T @ wanted), dtype=np.float32)


def _blocks(count: int) -> Iterator[slice]:
    """All rows, a few at a time: what is made of them takes much more room than they."""
    return (slice(start, start + _BLOCK) for start in range(0, count, _BLOCK))


def _kernel(cosines: FloatArray) -> FloatArray:
    return np.asarray(np.exp(_SHARPNESS * (cosines - 1)))
