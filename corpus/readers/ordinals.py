"""Numbers as word processors print them before a paragraph (ECMA-376, part 1, 17.18.59, `ST_NumberFormat`)."""

from __future__ import annotations

from collections.abc import Callable

_LATIN = "abcdefghijklmnopqrstuvwxyz"
_RUSSIAN = "абвгдежзиклмнопрстуфхцчшщыэюя"  # without ё, й, ъ and ь, as the standard has it
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"))
_ROMAN_ONES = ((9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_LARGEST_ROMAN = 3999
_LONGEST_LETTERS = 10  # "aaa…": nobody counts by letters for longer


def printed(number: int, form: str) -> str:
    """The number in the form of that name; decimal in forms unknown here, "" in `none` and `bullet`."""
    return _FORMS.get(form, str)(number)


def _letters(alphabet: str) -> Callable[[int], str]:
    def write(number: int) -> str:
        times, at = divmod(number - 1, len(alphabet))
        return alphabet[at] * (times + 1) if 0 <= times < _LONGEST_LETTERS else str(number)

    return write


def _roman(number: int) -> str:
    if not 0 < number <= _LARGEST_ROMAN:
        return str(number)
    text = ""
    for value, sign in (*_ROMAN, *_ROMAN_ONES):
        text += sign * (number // value)
        number %= value
    return text


_FORMS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02d}",
    "lowerLetter": _letters(_LATIN),
    "upperLetter": _letters(_LATIN.upper()),
    "russianLower": _letters(_RUSSIAN),
    "russianUpper": _letters(_RUSSIAN.upper()),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    "numberInDash": lambda number: f"- {number} -",
    "none": lambda _: "",
    "bullet": lambda _: "",
}
