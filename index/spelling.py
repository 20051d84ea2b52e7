"""Words that no text of the index has, and the known word that each was most likely meant to be.

One slip of the keyboard apart: a letter left out, put in, changed, or two that changed places (the optimal string
alignment distance; Damerau 1964 found four of five misspellings to be such; engine: rapidfuzz). Letters that a Kazakh
word lost to a Russian keyboard are no slip, and as many as there are.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from corpus.provision import Provision
from index.analysis import terms, typed, words

WordCounts = Mapping[str, Mapping[str, int]]  # how often a language's texts have each word

_SHORTEST = 5  # letters: of shorter words too many lie a letter apart
# A run of letters that is no part of a compound or of a number with its ending.
_WORD = re.compile(r"(?<![\w’'‐‑-])[^\W\d_]+(?![\w’'‐‑-])")


def count_words(provisions: Iterable[Provision], *others: Mapping[str, Sequence[str]]) -> dict[str, dict[str, int]]:
    """How often the provisions, with all that finds them, and the other texts by language have each word."""
    counts: dict[str, Counter[str]] = {}
    for p in provisions:
        for text in (p.article_title, p.lead_in, p.body, *p.everyday, *p.asked):
            counts.setdefault(p.language, Counter()).update(words(text))
    for texts in others:
        for language, lines in texts.items():
            for line in lines:
                counts.setdefault(language, Counter()).update(words(line))
    return {language: dict(found) for language, found in counts.items()}


class Spelling:
    """The words known in each language. Safe to share by threads."""

    def __init__(self, counts: WordCounts) -> None:
        self._languages = {language: _Words(found, language) for language, found in counts.items()}

    def corrected(self, text: str, language: str) -> str | None:
        """The text with the words that it most likely means; None where all are known or none is like a known one."""
        known = self._languages.get(language)
        if known is None:
            return None
        corrected = "".join(known.respelled(text))
        return corrected if corrected != text else None


class _Words:
    """One language's words."""

    def __init__(self, counts: Mapping[str, int], language: str) -> None:
        self._counts = counts
        self._language = language

    def respelled(self, text: str) -> Iterator[str]:
        """The text in pieces."""
        end = 0
        for match in _WORD.finditer(text):
            yield text[end : match.start()]
            # A capital inside a sentence opens a name.
            is_name = match.start() > 0 and match[0][0].isupper()
            found = None if is_name else self._meant(words(match[0])[0])
            yield match[0] if found is None else found.capitalize() if match[0][0].isupper() else found
            end = match.end()
        yield text[end:]

    def _meant(self, word: str) -> str | None:
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        if word in self._counts or terms(word, self._language)[0] in self._stems:
            return None
        as_typed = typed(word)
        if as_typed in self._typed or len(word) < _SHORTEST:
            return self._typed.get(as_typed)
        near = process.extract(as_typed, list(self._typed), scorer=OSA.distance, score_cutoff=1, limit=None)
        # The first letter is seldom wrong.
        meant = [self._typed[found] for found, *_ in near if found[0] == as_typed[0]]
        return max(meant, key=lambda known: self._counts[known], default=None)

    @cached_property
    def _stems(self) -> frozenset[str]:
        return frozenset(stem for word in self._counts for stem in terms(word, self._language))

    @cached_property
    def _typed(self) -> dict[str, str]:
        """The most frequent word behind each that is typed without Kazakh letters."""
        rarest_first = sorted((word for word in self._counts if word.isalpha()), key=lambda word: self._counts[word])
        return {typed(word): word for word in rarest_first}
