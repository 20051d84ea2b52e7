"""Words that no text of the index has, and the known word that each was most likely meant to be.

One slip of the keyboard apart: a letter left out, put in, changed, or two that changed places (the optimal string
alignment distance; Damerau 1964 found four of five misspellings to be such; engine: rapidfuzz). Letters that a Kazakh
word lost to a Russian keyboard are no slip, and as many as there are; nor is Russian or Kazakh in Latin letters.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from corpus.provision import Provision
from index.words.analysis import terms, typed, words
from index.words.transliteration import in_cyrillic, is_latin

# Letters: of shorter words too many lie a letter apart. A Kazakh word is long with endings, which lie close together.
_SHORTEST = {"kk": 7, "ru": 5, "en": 5}
# Of words typed in Latin letters: with fewer known the question is not English, with more it is Russian or Kazakh.
_HARDLY_ENGLISH, _MOSTLY_KNOWN = 0.5, 0.6
_FEWEST_WORDS = 2
_LIKELIER = 3  # times as frequent
_FAR_LIKELIER = 20  # times in all texts, of what a word a letter shorter than those may be a slip of
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

    def in_its_letters(self, text: str, language: str) -> str | None:
        """Kazakh typed without its letters with them, and Russian or Kazakh typed in Latin letters in Cyrillic ones;
        None where nothing changes. `language` is what the text looks like: English, where it is Latin."""
        if language == "kk":
            return self._mended(text, language, with_slips=False)
        return self._from_latin(text) if language == "en" and is_latin(text) else None

    def corrected(self, text: str, language: str) -> str | None:
        """The text with the words that it most likely means, letters and slips mended; None where nothing changes."""
        return self._mended(text, language, with_slips=True)

    def _from_latin(self, text: str) -> str | None:
        """The text in Cyrillic, if most of its words are then known, more than in English."""
        english = self._languages.get("en")
        if english and english.share_known(text, with_slips=False) >= _HARDLY_ENGLISH:
            return None
        read = {code: in_cyrillic(text, code) for code in ("ru", "kk") if code in self._languages}
        shares = {code: self._languages[code].share_known(cyrillic, with_slips=True) for code, cyrillic in read.items()}
        best = max(shares, key=lambda code: shares[code], default=None)
        if best is None or shares[best] < _MOSTLY_KNOWN:
            return None
        if english and english.share_known(text, with_slips=True) >= shares[best]:
            return None
        return "".join(self._languages[best].respelled(read[best], with_slips=True))

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
        end, without_letters = 0, self._language == "kk" and typed(text.lower()) == text.lower()
        for match in _WORD.finditer(text):
            yield text[end : match.start()]
            # A capital inside a sentence opens a name.
            is_name = match.start() > 0 and match[0][0].isupper()
            found = None if is_name else self._meant(words(match[0])[0], with_slips, without_letters)
            yield match[0] if found is None else found.capitalize() if match[0][0].isupper() else found
            end = match.end()
        yield text[end:]

    def share_known(self, text: str, with_slips: bool) -> float:
        """Of the words of three letters and more, those that are known, or a slip away; 0 where there are few."""
        told = [word for word in words(text) if len(word) > 2 and word.isalpha()]
        known = [word for word in told if self._is_known(word) or (with_slips and self._meant(word, with_slips))]
        return len(known) / len(told) if len(told) >= _FEWEST_WORDS else 0.0

    def _is_known(self, word: str) -> bool:
        return word in self._known.counts or terms(word, self._language)[0] in self._known.stems

    def _meant(self, word: str, with_slips: bool, without_letters: bool = False) -> str | None:
        """The word that is meant; None where it is known itself, or none is like it. In a text `without_letters`, one
        that somebody typed so before is known, but the one that has them may be far more frequent."""
        counts, as_typed = self._known.counts, typed(word)
        in_letters = self._typed.get(as_typed)
        if self._is_known(word):
            often = without_letters and counts.get(in_letters or "", 0) >= _LIKELIER * max(counts.get(word, 0), 1)
            return in_letters if often and in_letters != word else None
        missing = _SHORTEST[self._language] - len(word)
        if in_letters or not with_slips or missing > 1:
            return in_letters
        meant = self._nearest(as_typed)
        return meant if missing < 1 or counts.get(meant or "", 0) >= _FAR_LIKELIER else None

    def _nearest(self, as_typed: str) -> str | None:
        """The most frequent word that is one slip away; of several as frequent the first that the texts have."""
        from rapidfuzz.distance import OSA  # a refusal away from the start-up path

        begun, length = _heard(as_typed[0]), len(as_typed)
        alike = [row for letters in range(length - 1, length + 2) for row in self._alike.get((begun, letters), ())]
        near = sorted(row for row in alike if OSA.distance(as_typed, row[1], score_cutoff=1) <= 1)
        meant = (self._typed[word] for _, word in near)
        return max(meant, key=lambda word: self._known.counts[word], default=None)

    @cached_property
    def _alike(self) -> Mapping[tuple[str, int], Sequence[tuple[int, str]]]:
        """Words as typed with their places, by how they begin and how long they are. A word a slip away begins alike
        and is a letter longer at most: to measure how far every word is takes a second for a long question."""
        found: dict[tuple[str, int], list[tuple[int, str]]] = {}
        for place, word in enumerate(self._typed):
            found.setdefault((_heard(word[0]), len(word)), []).append((place, word))
        return found

    @cached_property
    def _typed(self) -> dict[str, str]:
        """The most frequent word behind each that is typed without Kazakh letters."""
        counts = self._known.counts
        rarest_first = sorted((word for word in counts if word.isalpha()), key=lambda word: counts[word])
        return {typed(word): word for word in rarest_first}
