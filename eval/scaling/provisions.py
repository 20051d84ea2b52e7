"""Provisions made of real ones, as many as wanted: their words and vectors lie to each other as real ones do.

A text is a real provision in which some runs of words are another's of its language, and a number of its own. A vector
is a mixture of two real ones with Gaussian noise of the real ones' covariance. The same number gives the same ones.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from corpus import Provision, user_folders
from eval.asking.dataset import load
from index import SearchIndex
from index.embedders.embedder import FloatArray
from index.stores import OPEN_END, StoredAct, StoredProvision
from index.stores.embedding import SEARCHED
from index.stores.wording import asked_terms, stored_terms
from qa import open_assistant

_QUESTIONS = Path(__file__).parents[1] / "datasets" / "kz-2026.jsonl"
_LANGUAGES = ("kk", "ru")
_ACT = 25  # provisions
_RUN = 6  # words that stay together
_OWN = 0.7  # of a text's runs
_MIXED, _NOISE, _HUBNESS_NOISE = (0.6, 1.0), 0.35, 0.01
_KINDS = ("law", "law", "code", "decree", "resolution", "order", "order", "order")
_REPEALED = 0.2


class Question(NamedTuple):
    text: str
    vector: FloatArray
    terms: list[str]


@dataclass(frozen=True, slots=True)
class MadeAct:
    act: StoredAct
    provisions: list[StoredProvision]
    vectors: FloatArray


@dataclass(frozen=True, slots=True)
class _Real:
    """A provision as runs of its words, with each run's terms."""

    provision: Provision
    runs: list[tuple[str, str]]

    @classmethod
    def of(cls, provision: Provision) -> _Real:
        words = provision.text.split()
        runs = [" ".join(words[i : i + _RUN]) for i in range(0, len(words), _RUN)]
        return cls(provision, [(run, stored_terms(run, provision.language)) for run in runs])


class Material:
    """Real provisions in Kazakh and Russian with their vectors, and real questions in these languages."""

    def __init__(self) -> None:
        index = open_assistant(user_folders()).index
        texts = index.contents.texts
        rows = [i for i, text in enumerate(texts) if text.kind == "whole" and _is_material(index, text.provision)]
        hubness = index.contents.hubness
        near = np.zeros(len(rows), dtype=np.float32) if hubness is None else hubness[rows]
        self.vectors = SEARCHED.of(index.vectors.whole()[rows], near)
        self.real = [_Real.of(index.provisions[texts[i].provision]) for i in rows]
        self.embedder = index.embedder
        self.factor = np.linalg.cholesky(np.cov(self.vectors[:, :-1].T) + 1e-7 * np.eye(index.vectors.shape[1]))

    def questions(self, count: int) -> list[Question]:
        asked = [item for item in load(_QUESTIONS) if item.language in _LANGUAGES][:count]
        vectors = self.embedder.embed_queries([item.question for item in asked])
        return [
            Question(item.question, SEARCHED.query(vector), asked_terms(item.question, item.language))
            for item, vector in zip(asked, vectors, strict=True)
        ]

    def acts(self, provisions: int) -> Iterator[MadeAct]:
        """Acts with so many provisions in all."""
        chance, numbers = random.Random(provisions), np.random.default_rng(provisions)
        of_language = {
            code: [i for i, r in enumerate(self.real) if r.provision.language == code] for code in _LANGUAGES
        }
        for number, start in enumerate(range(0, provisions, _ACT)):
            language = _LANGUAGES[number % len(_LANGUAGES)]
            size = min(_ACT, provisions - start)
            own = np.array(chance.choices(of_language[language], k=size))
            other = np.array(chance.choices(of_language[language], k=size))
            act = _act(f"made-{number}", language, size, chance)
            rows = [
                self._provision(act, place, self.real[own[place]], self.real[other[place]], chance)
                for place in range(size)
            ]
            yield MadeAct(act, rows, self._vectors(own, other, numbers))

    def _vectors(self, own: Any, other: Any, numbers: np.random.Generator) -> FloatArray:
        share = numbers.uniform(*_MIXED, size=(len(own), 1))
        mixed = share * self.vectors[own] + (1 - share) * self.vectors[other]
        mixed[:, :-1] += _NOISE * (numbers.standard_normal((len(own), len(self.factor))) @ self.factor.T)
        mixed[:, :-1] /= np.linalg.norm(mixed[:, :-1], axis=1, keepdims=True)
        mixed[:, -1] += _HUBNESS_NOISE * numbers.standard_normal(len(own))
        return np.asarray(mixed, dtype=np.float32)

    def _provision(
        self, act: StoredAct, place: int, own: _Real, other: _Real, chance: random.Random
    ) -> StoredProvision:
        runs = [run if chance.random() < _OWN else chance.choice(other.runs) for run in own.runs]
        number = str(chance.randrange(1_000_000))
        real = own.provision
        return StoredProvision.of(
            act,
            f"art_{place + 1}",
            place,
            " ".join([*(text for text, _ in runs), number]),
            " ".join([*(terms for _, terms in runs), f"{act.language}_{number}"]),
            lead_in=real.lead_in,
            section=real.section,
            article_title=real.article_title,
        )


def _is_material(index: SearchIndex, provision: int) -> bool:
    found = index.provisions[provision]
    return found.wording == "official" and found.language in _LANGUAGES


def _act(identifier: str, language: str, provisions: int, chance: random.Random) -> StoredAct:
    since = (1993 + chance.randrange(33)) * 10_000 + 101
    act = StoredAct(
        id=identifier,
        language=language,
        title=f"Act {identifier}",
        short="",
        kind=chance.choice(_KINDS),  # type: ignore[arg-type]
        status="in_force",
        number=identifier,
        edition="",
        since=since,
        until=OPEN_END,
        page="",
        source=identifier,
        checksum=identifier,
        provisions=provisions,
    )
    repealed = chance.random() < _REPEALED
    return replace(act, status="repealed", until=min(since + 50_000, 2026_01_01)) if repealed else act
