"""How much a text looks like Kazakh, Russian or English, by its pairs of neighbouring letters."""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

import rtoml

# What stands beside letters in ordinary print and tells nothing about the encoding.
_ORDINARY = frozenset("0123456789.,;:!?()[]{}<>«»‹›\"'`´“”„‘’‚-‐‑–—−/\\|…№%‰*&@#+=_^~$€₸₽§•\u00ad\u0301")


@dataclass(frozen=True, slots=True)
class Likeness:
    """`pairs` of neighbours with a letter among them, of which `common` are common in the likeliest language."""

    pairs: int
    common: int

    @property
    def share(self) -> float:
        """Common pairs among all, 0…1; 1 for a text without pairs, which nothing speaks against."""
        return self.common / self.pairs if self.pairs else 1.0

    @property
    def weight(self) -> int:
        """Common pairs less the others: what speaks for a reading."""
        return 2 * self.common - self.pairs


def likeness(text: str) -> Likeness:
    """The likeness of a text to Kazakh or Russian, whichever it is likest to, and of its Latin words to English."""
    rows = [_of_word(word) for word in text.split()]
    if not rows:
        return Likeness(0, 0)
    pairs, kazakh, russian, english = (sum(column) for column in zip(*rows, strict=True))
    return Likeness(pairs, max(kazakh, russian) + english)


def kinds_of_pairs(texts: Iterable[str], *, common: bool = False) -> int:
    """How many different pairs the texts have, common ones only if asked: one word over and over proves nothing."""
    pairs = {a + b for text in texts for word in text.lower().split() for a, b in itertools.pairwise(word)}
    return max(len(pairs & known) for known in _languages()) if common else len(pairs)


def summed(parts: Iterable[Likeness]) -> Likeness:
    """The likeness of several texts together, each in its own language."""
    listed = list(parts)
    return Likeness(sum(part.pairs for part in listed), sum(part.common for part in listed))


def is_wrong(character: str) -> bool:
    """Whether no text has the character: private use, a lone surrogate, a control, or what replaced a lost one."""
    return character == "\ufffd" or (
        unicodedata.category(character) in ("Co", "Cs", "Cc", "Cn") and character not in "\t\n\r\f\v\x85"
    )


def is_odd(character: str) -> bool:
    """Whether ordinary print has no use for the character: neither letter nor digit nor a common mark."""
    return not (character.isalpha() or character.isspace() or character in _ORDINARY)


@lru_cache(maxsize=50_000)
def _of_word(word: str) -> tuple[int, ...]:
    """Pairs of the word, then how many of them are common in each language."""
    found = [left + right for left, right in itertools.pairwise(word) if _tells(left, right)]
    languages = _languages()
    # A capital after a small letter is what a text has whose encoding swaps them (KOI8-R read as windows-1251).
    shaped = [pair.lower() for pair in found if not (pair[0].islower() and pair[1].isupper())]
    return len(found), *(sum(pair in common for pair in shaped) for common in languages)


def _tells(left: str, right: str) -> bool:
    if left in _ORDINARY or right in _ORDINARY:
        return False
    return _letter(left) or _letter(right) or (is_wrong(left) and is_wrong(right))


def _letter(character: str) -> bool:
    """A Latin or Cyrillic letter; of other scripts nothing is known here, so nothing is held against them."""
    return character.isalpha() and (character < "\u0370" or "\u0400" <= character < "\u0530")


@cache
def _languages() -> tuple[frozenset[str], ...]:
    raw = rtoml.loads(resources.files("corpus.readers").joinpath("letter_pairs.toml").read_text(encoding="utf-8"))
    return tuple(frozenset(raw[language].split()) for language in ("kk", "ru", "en"))
