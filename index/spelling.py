"""Words that no text of the index has, and the known word that each was most likely meant to be.

One slip of the keyboard apart: a letter left out, put in, changed, or two that changed places (the optimal string
alignment distance; Damerau 1964 found four of five misspellings to be such; engine: rapidfuzz). Letters that a Kazakh
word lost to a Russian keyboard are no slip, and as many as there are.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from corpus.provision import Provision
from index.analysis import terms, typed, words

# Letters: of shorter words too many lie a letter apart. A Kazakh word is long with endings, which lie close together.
_SHORTEST = {"kk": 7, "ru": 5, "en": 5}
# A run of letters that is no part of a compound or of a number with its ending.
_WORD = re.compile(r"(?<![\w’'‐‑-])[^\W\d_]+(?![\w’'‐‑-])")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What a language's texts have: each word and how often, and the words' stems."""

    counts: Mapping[str, int]
    stems: frozenset[str]

    @classmethod
    def of(cls, texts: Iterable[str], language: str) -> Vocabulary:
        counts = Counter(word for text in texts for word in words(text))
        return cls(dict(counts), frozenset(stem for word in counts for stem in terms(word, language)))


def vocabularies(provisions: Iterable[Provision], *others: Mapping[str, Sequence[str]]) -> dict[str, Vocabulary]:
    """By language, of the provisions with all that finds them, and of the other texts."""
    texts: dict[str, list[str]] = {}
    for p in provisions:
        texts.setdefault(p.language, []).extend((p.article_title, p.lead_in, p.body, *p.everyday, *p.asked))
    for of_languages in others:
        for language, lines in of_languages.items():
            texts.setdefault(language, []).extend(lines)
    return {language: Vocabulary.of(lines, language) for language, lines in texts.items()}


def _heard(letter: str) -> str:
    """A first letter is seldom wrong; a Russian vowel that is not stressed is written as it is heard."""
    return {"о": "а", "е": "и", "э": "и"}.get(letter, letter)


class Spelling:
    """The words known in each language. Safe to share by threads."""

    def __init__(self, vocabularies: Mapping[str, Vocabulary]) -> None:
        self._languages = {language: _Words(known, language) for language, known in vocabularies.items()}

    def with_letters(self, text: str, language: str) -> str | None:
        """The text with the letters of words that were typed without Kazakh ones; None where nothing changes."""
        return self._mended(text, language, with_slips=False) if language == "kk" else None

    def corrected(self, text: str, language: str) -> str | None:
        """The text with the words that it most likely means, letters and slips mended; None where nothing changes."""
        return self._mended(text, language, with_slips=True)

    def _mended(self, text: str, language: str, *, with_slips: bool) -> str | None:
        known = self._languages.get(language)
        if known is None:
            return None
        mended = "".join(known.respelled(text, with_slips))
        return mended if mended != text else None


class _Words:
    """One language's words."""

    def __init__(self, known: Vocabulary, language: str) -> None:
        self._known = known
        self._language = language

    def respelled(self, text: str, with_slips: bool) -> Iterator[str]:
        """The text in pieces."""
        end = 0
        for match in _WORD.finditer(text):
            yield text[end : match.start()]
            # A capital inside a sentence opens a name.
            is_name = match.start() > 0 and match[0][0].isupper()
            found = None if is_name else self._meant(words(match[0])[0], with_slips)
            yield match[0] if found is None else found.capitalize() if match[0][0].isupper() else found
            end = match.end()
        yield text[end:]

    def _meant(self, word: str, with_slips: bool) -> str | None:
        if word in self._known.counts or terms(word, self._language)[0] in self._known.stems:
            return None
        as_typed = typed(word)
        if as_typed in self._typed or not with_slips or len(word) < _SHORTEST[self._language]:
            return self._typed.get(as_typed)
        return self._nearest(as_typed)

    def _nearest(self, as_typed: str) -> str | None:
        """The most frequent word that is one slip away."""
        from rapidfuzz import process  # a refusal away from the start-up path
        from rapidfuzz.distance import OSA

        near = process.extract(as_typed, list(self._typed), scorer=OSA.distance, score_cutoff=1, limit=None)
        meant = [self._typed[found] for found, *_ in near if _heard(found[0]) == _heard(as_typed[0])]
        return max(meant, key=lambda word: self._known.counts[word], default=None)

    @cached_property
    def _typed(self) -> dict[str, str]:
        """The most frequent word behind each that is typed without Kazakh letters."""
        counts = self._known.counts
        rarest_first = sorted((word for word in counts if word.isalpha()), key=lambda word: counts[word])
        return {typed(word): word for word in rarest_first}
