"""Russian and Kazakh typed in Latin letters, as people do on a phone: "skolko let", "neshe jyl".

There is no one standard for it, so this follows habit: digraphs first, letters after; what habit leaves out, such as
the soft sign, the known words make up for (`index.words.spelling`).
"""

from __future__ import annotations

import re
from functools import cache

_COMMON = (
    "shch щ sch щ sh ш ch ч zh ж kh х yu ю ya я yo ё"
    " a а b б d д e е f ф g г h х k к l л m м n н o о p п r р s с t т u у v в z з"
)
# Later entries win.
_LETTERS = {
    "ru": f"{_COMMON} ts ц ye е ju ю ja я jo ё i и j й y ы c ц w в x х q к ' ь",
    "kk": f"{_COMMON} gh ғ ng ң i и j ж y ы c с w у x х q қ ä ә ö ө ü ү ū ұ ğ ғ ñ ң ş ш ı ы ' ",
}
_LATIN = frozenset("abcdefghijklmnopqrstuvwxyzäöüūğñşı")
_VOWELS = "aeiouyäöüūı"
# After a vowel both stand for the short i: "sailau", "saylau", "kakoy"; not before a vowel, where "ya" is a letter.
_SHORT_I = re.compile(rf"(?<=[{_VOWELS}])[iy](?![{_VOWELS}])")


def is_latin(text: str) -> bool:
    """Whether it has letters, and all are Latin."""
    letters = [character for character in text.lower() if character.isalpha()]
    return bool(letters) and all(character in _LATIN for character in letters)


def in_cyrillic(text: str, language: str) -> str:
    """The text, lower-case, in Cyrillic letters as habit has them in Russian (ru) or Kazakh (kk); other characters
    stay."""
    table = _table(language)
    return _pattern(language).sub(lambda match: table[match[0]], _SHORT_I.sub("й", text.lower()))


@cache
def _table(language: str) -> dict[str, str]:
    pairs = _LETTERS[language].split(" ")
    return dict(zip(pairs[::2], pairs[1::2], strict=True))


@cache
def _pattern(language: str) -> re.Pattern[str]:
    return re.compile("|".join(sorted(map(re.escape, _table(language)), key=len, reverse=True)))
