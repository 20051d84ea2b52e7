"""Seeing through typography: the same words, however an edition prints them.

Official Kazakh texts hold letters of another alphabet that look alike (a Latin `i` for `і`, a schwa for `ә`), and the
same act differs between its official sources in quotation marks, dashes and spaces. What is shown is never folded;
what is compared, matched, searched or counted is.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Latin letters and the Cyrillic ones that look like them, by Unicode's confusables (UTS #39), as far as these
# three languages' prints mix them up; "һ" is Kazakh, and its capital looks like no Latin one in use.
_LATIN = "aceopxyiAaBCEHIKMOPTX"
_CYRILLIC = "асеорхуіАаВСЕНІКМОРТХ"
_TO_CYRILLIC = str.maketrans(_LATIN + "hjs", _CYRILLIC + "һјѕ")
_TO_LATIN = str.maketrans(_CYRILLIC + "һјѕ", _LATIN + "hjs")
# Letters that only look like Kazakh ones, whatever stands around them: the phonetic schwa, the barred o, and so on.
_STRAYS = str.maketrans("əƏɵƟҺ", "әӘөӨҺ")
_STRAY = re.compile("[əƏɵƟҺ]")
_AMBIGUOUS = frozenset(_LATIN + _CYRILLIC + "hjsһјѕ")
_WORD = re.compile(r"[^\W\d_]+")
# A numeral in capitals that look Roman, in whichever alphabet: "ІІ", "IІ", "Х"; a single one that is no Russian word.
_NUMERAL = re.compile(r"(?:[IІVXХLСCМM]{2,}|[IІVXХ])")
_NUMERAL_WORD = re.compile(rf"(?<![^\W\d_])(?:{_NUMERAL.pattern})(?![^\W\d_])")
_LATIN_ONLY = re.compile(r"[A-Za-zÀ-ɏ]")
_CYRILLIC_ONLY = re.compile(r"[Ѐ-ӿ]")

_QUOTES = dict.fromkeys(map(ord, "«»“”„‟‹›‘’‚‛`´\"'ʼ"), "'")
_DASHES = dict.fromkeys(map(ord, "-‐‑‒–—―−"), "-")
_PUNCTUATION = _QUOTES | _DASHES | {ord("…"): "...", ord("ё"): "е", ord("Ё"): "Е", ord("№"): "N"}
_UNSEEN = re.compile(r"[\s\u00ad\u200b-\u200f\u2060\ufeff]+")


def fold_letters(text: str) -> str:
    """The text with every word in one alphabet; as long as the text, letter for letter.

    A word with a letter that only Cyrillic has is Cyrillic, one with a letter that only Latin has is Latin; a Roman
    numeral is Latin; of look-alikes alone, mixed, it is Cyrillic.
    """
    if _STRAY.search(text):
        text = text.translate(_STRAYS)
    if not _CYRILLIC_ONLY.search(text):
        return text
    # Where there is no Latin letter at all, nothing is mixed, and only numerals change.
    return (_WORD if _LATIN_ONLY.search(text) else _NUMERAL_WORD).sub(_folded_word, text)


def fold(text: str) -> str:
    """What is left of the text when typography is out: letters folded, quotation marks, dashes and number signs of one
    kind each, no white space. Two prints of one edition have the same; for comparing, not for reading."""
    composed = unicodedata.normalize("NFC", _UNSEEN.sub("", fold_letters(unicodedata.normalize("NFC", text))))
    return composed.translate(_PUNCTUATION)


def fold_run(text: str) -> str:
    """The text for finding what was copied: letters folded, lower-case, every run of white space one space."""
    return " ".join(fold_letters(text).lower().split())


def _folded_word(match: re.Match[str]) -> str:
    return _in_one_alphabet(match[0])


@lru_cache(maxsize=65536)  # texts repeat their words
def _in_one_alphabet(word: str) -> str:
    has_latin, has_cyrillic = bool(_LATIN_ONLY.search(word)), bool(_CYRILLIC_ONLY.search(word))
    if _NUMERAL.fullmatch(word):
        return word.translate(_TO_LATIN) if has_cyrillic else word
    if not (has_latin and has_cyrillic):
        return word
    only_latin = any(_LATIN_ONLY.match(c) for c in word if c not in _AMBIGUOUS)
    only_cyrillic = any(_CYRILLIC_ONLY.match(c) for c in word if c not in _AMBIGUOUS)
    return word.translate(_TO_LATIN if only_latin and not only_cyrillic else _TO_CYRILLIC)
