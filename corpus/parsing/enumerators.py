"""Letters that number the members of a list: `(a)`, `b)`, `в)`, and the Roman `(i)`, `ii)` inside them.

Prints mix alphabets within one list ("а) б) с)"), so a letter is read by its place in the list: the third is `c`, or
`в` where the list follows the Cyrillic alphabet. The same list then has the same identifiers in every language.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice, takewhile
from typing import Literal

from corpus.parsing.grammar import paragraph_after

# One letter, or a Roman numeral in small letters, in either alphabet.
LETTERED = re.compile(r"^(?P<number>\(?(?P<n>[a-zа-яёәғқңөұүһіјѕ]|[ivxіх]{2,4})\))\s*")
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_CYRILLIC = "абвгдежзиклмнопрстуфхцчшщэюя"
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
_TO_ROMAN = str.maketrans("іх", "ix")
_FIRST = ("a", "а")
_FEWEST = 2
_SHOWS_ALPHABET = 3  # members of a list after which its alphabet is told; of a shorter one all must agree

Unit = Literal["point", "indent"]


@dataclass(frozen=True, slots=True)
class Member:
    """A list's member: `number` as printed, with its paragraph's ("3. a)") where it opens it; `unit` and `name` as in
    the eId (`point_c`, `indent_ii`)."""

    number: str
    unit: Unit
    name: str


def list_members(texts: Sequence[str], heads: Callable[[str], bool]) -> dict[int, Member]:
    """The lettered members among the lines, by their place. A list begins with its first letter and has two members at
    least; `heads` tells the lines that open an article or more."""
    found: dict[int, Member] = {}
    group: list[tuple[int, str, str]] = []
    number = ""
    for at, text in enumerate(texts):
        opens = heads(text)
        paragraph = None if opens else paragraph_after(text, number)
        if paragraph or opens:
            found |= _members_of(group)
            group, number = [], paragraph["n"] if paragraph else ""
        begins = paragraph.end() if paragraph else 0
        if letter := LETTERED.match(text[begins:]):
            group.append((at, text[: begins + letter.end("number")], letter["n"]))
    return found | _members_of(group)


def _members_of(group: Sequence[tuple[int, str, str]]) -> dict[int, Member]:
    if len(group) < _FEWEST or group[0][2] not in _FIRST:
        return {}
    names = read_list([letter for _, _, letter in group])
    return {at: Member(number, unit, name) for (at, number, _), (unit, name) in zip(group, names, strict=True)}


def read_list(letters: Sequence[str]) -> list[tuple[Unit, str]]:
    """Units and names of the members of one paragraph's lists, from their letters as printed, in order.

    A Roman numeral opens a list inside the last letter's member, and `i` after `h` is a letter.
    """
    read: list[tuple[Unit, str]] = []
    before, roman = 0, 0  # members of the list so far, and of the Roman one inside it
    for at, letter in enumerate(letters):
        if _goes_on(letter, roman) or (_opens_roman(letters, at) and not _is_ninth(letter, before)):
            roman += 1
            read.append(("indent", _ROMAN[roman - 1]))
            continue
        before = 1 if letter in _FIRST else before + 1  # the first letter opens a second list in the same paragraph
        roman = 0
        read.append(("point", letter))
    return _by_place(read)


def _as_roman(letter: str) -> str:
    return letter.translate(_TO_ROMAN)


def _goes_on(letter: str, roman: int) -> bool:
    return 0 < roman < len(_ROMAN) and _as_roman(letter) == _ROMAN[roman]


def _opens_roman(letters: Sequence[str], at: int) -> bool:
    """Whether `i` stands here and something after it bears out that it counts."""
    following = letters[at + 1] if at + 1 < len(letters) else "ii"
    return _as_roman(letters[at]) == "i" and _as_roman(following) in ("ii", *_LATIN[:8])


def _is_ninth(letter: str, before: int) -> bool:
    return before == _LATIN.index("i") and _as_roman(letter) == "i"


def _by_place(read: Sequence[tuple[Unit, str]]) -> list[tuple[Unit, str]]:
    """Letters replaced by those of their place in their list, in the alphabet that the list follows."""
    named: list[tuple[Unit, str]] = []
    place, alphabet = 0, _LATIN
    for at, (unit, letter) in enumerate(read):
        if unit == "indent":
            named.append((unit, letter))
            continue
        if letter in _FIRST:
            place = 0
            rest = (read[i][1] for i in range(at + 1, len(read)) if read[i][0] == "point")
            shown = takewhile(lambda other: other not in _FIRST, rest)
            members = [letter, *islice(shown, _SHOWS_ALPHABET - 1)]
            alphabet = _CYRILLIC if "".join(members) == _CYRILLIC[: len(members)] and len(members) > 1 else _LATIN
        named.append((unit, alphabet[place] if place < len(alphabet) else letter))
        place += 1
    return named
