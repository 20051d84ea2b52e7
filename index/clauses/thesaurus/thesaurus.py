"""Which matters a text speaks of, by its words: a thesaurus (ISO 25964) of drafters' words and people's.

An entry of several words is found where all of them stand near one another, in its order or another. A word that stands
for several matters tells less of each. Who writes Kazakh uses Russian words too.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

import numpy as np
import rtoml

from index.embedders.embedder import FloatArray
from index.words.analysis import terms

_READ_TOO = {"kk": ("kk", "ru")}  # languages whose entries are looked up
_OF_SEVERAL_WORDS = 1.5  # an entry of several words tells so much more than one of one
_BESIDE = 2  # words that may stand between those of an entry
_RARE = 0.5  # of a clause's worth is added to how many speak of a matter, so that none divides by nothing


@dataclass(frozen=True, slots=True)
class _Entry:
    """`rest` are the words after the first; `matters` it stands for, each told as surely as `weight`."""

    rest: frozenset[str]
    matters: tuple[int, ...]
    weight: float


class Thesaurus:
    """Safe to share by threads."""

    def __init__(self, matters: Sequence[Mapping[str, Sequence[str]]]) -> None:
        """`matters`: the entries of each by language."""
        self.count = len(matters)
        self._matters = matters
        self._entries = cache(self._compiled)

    def of(self, text: str, language: str) -> dict[int, float]:
        """The matters that a text of the language speaks of, and how surely."""
        found: dict[int, float] = defaultdict(float)
        for code in _READ_TOO.get(language, (language,)):
            for entry in self._within(terms(text, code), self._entries(code)):
                for matter in entry.matters:
                    found[matter] = max(found[matter], entry.weight)
        return found

    @staticmethod
    def _within(words: Sequence[str], entries: Mapping[str, Sequence[_Entry]]) -> Iterator[_Entry]:
        for at, word in enumerate(words):
            for entry in entries.get(word, ()):
                if not entry.rest or entry.rest.issubset(words[at + 1 : at + 1 + len(entry.rest) + _BESIDE]):
                    yield entry

    def _compiled(self, language: str) -> dict[str, list[_Entry]]:
        """Entries by their first word."""
        matters: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for number, by_language in enumerate(self._matters):
            for told in dict.fromkeys(tuple(terms(entry, language)) for entry in by_language[language]):
                if told:
                    matters[told].append(number)
        found: dict[str, list[_Entry]] = defaultdict(list)
        for (first, *rest), of in matters.items():
            weight = (_OF_SEVERAL_WORDS if rest else 1.0) / math.sqrt(len(of))
            found[first].append(_Entry(frozenset(rest), tuple(of), weight))
        return found


class MattersOf:
    """The matters of the clauses of documents, to which a question's are likened."""

    def __init__(self, thesaurus: Thesaurus, clauses: Sequence[tuple[str, str]]) -> None:
        """`clauses`: their texts, each with its language."""
        self._thesaurus = thesaurus
        self._told = np.zeros((len(clauses), thesaurus.count), dtype=np.float32)
        for row, (text, language) in enumerate(clauses):
            for matter, weight in thesaurus.of(text, language).items():
                self._told[row, matter] = weight
        rare = np.log1p(len(clauses) / (_RARE + self._told.sum(axis=0)))
        self._weighed = self._told * rare
        self.likeness = lru_cache(maxsize=4)(self._likeness)

    def _likeness(self, question: str, language: str) -> FloatArray:
        """`(clauses,)`: how many matters each has in common with the question, the rarer the more (inverse document
        frequency), by the root of how many the question has."""
        asked = self._thesaurus.of(question, language)
        if not asked:
            return np.zeros(len(self._told), dtype=np.float32)
        matters, weights = list(asked), np.array(list(asked.values()), dtype=np.float32)
        return np.asarray(self._weighed[:, matters] @ weights / math.sqrt(len(asked)), dtype=np.float32)


@cache
def load_thesaurus() -> Thesaurus:
    """The one that ships, in the order of its files' names."""
    files = sorted(
        (file for file in resources.files("index.clauses.thesaurus").iterdir() if file.name.endswith(".toml")),
        key=lambda file: file.name,
    )
    tables = [rtoml.loads(file.read_text(encoding="utf-8")) for file in files]
    return Thesaurus([matter for table in tables for matter in table.values()])
