"""Where a page draws its text: the coordinates of its graphics and text state (ISO 32000-1, 8.3 and 9.4).

What stands outside the part of the page that is shown, in letters too small to read, or without colour, no reader sees.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from pypdf import PageObject
from pypdf.generic import DictionaryObject

from corpus.readers.pdf.fonts import entries_of, resources_of

Matrix = tuple[float, float, float, float, float, float]

_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_SMALLEST = 1.0  # points of a letter's height; small print has four
_EDGE = 2.0  # points beyond the edge that still show a letter
_FAINTEST = 0.02  # opacity
_SOLID = 0.95  # opacity from which nothing below is seen
_MOVING = frozenset({b"cm", b"Tm", b"Td", b"TD", b"TL"})  # operators whose operands are numbers
_NUMBER = rb"([-+]?[\d.]+)\s+"
_PLACED = re.compile(_NUMBER * 2 + rb"(Td|TD|Tm|cm)\b")
_BEGUN = re.compile(rb"\bBT\s+(?:/\S+\s+\S+\s+Tf\s+)?" + _NUMBER * 2 + rb"Td\b")
_SMALL = re.compile(rb"(?:^|\s)0*\.\d+\s+(?:Tf\b|\S+\s+\S+\s+[-+]?0*\.\d+\s+\S+\s+\S+\s+(?:Tm|cm)\b)")


def times(one: Matrix, other: Matrix) -> Matrix:
    """The product: `one` first, then `other`."""
    a, b, c, d, e, f = one
    p, q, r, s, t, u = other
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


@dataclass(frozen=True, slots=True)
class Window:
    """The part of a page that is shown, in points."""

    left: float
    bottom: float
    right: float
    top: float

    @classmethod
    def of(cls, page: PageObject) -> Window:
        crop, paper = (
            (*sorted((float(box.left), float(box.right))), *sorted((float(box.bottom), float(box.top))))
            for box in (page.cropbox, page.mediabox)
        )
        left, right, bottom, top = (f(a, b) for f, a, b in zip((max, min, max, min), crop, paper, strict=True))
        if left >= right or bottom >= top:  # a crop beside the paper crops nothing
            left, right, bottom, top = paper
        return cls(left, bottom, right, top)

    def shows(self, x: float, y: float) -> bool:
        return self.left - _EDGE <= x <= self.right + _EDGE and self.bottom - _EDGE <= y <= self.top + _EDGE


@dataclass(slots=True)
class Placing:
    """Where the next letter stands, and how high it is: the transformation of the page, of the text and of its line,
    the leading and the size of the font. Copied with the graphics state."""

    page: Matrix = _IDENTITY
    text: Matrix = _IDENTITY
    line: Matrix = _IDENTITY
    leading: float = 0.0
    size: float = 1.0
    faint: bool = False

    def take(self, operands: Any, operator: bytes) -> None:
        """Follow an operator; one whose operands are no numbers moves nothing."""
        try:
            numbers = [float(value) for value in operands] if operator in _MOVING else []
        except (TypeError, ValueError):
            return
        if operator == b"BT":
            self.text = self.line = _IDENTITY
        elif operator == b"Tf" and operands:
            self.size = _real(operands[-1], self.size)
        elif operator == b"cm" and len(numbers) == 6:
            self.page = times((*numbers,), self.page)  # type: ignore[arg-type]
        elif operator == b"Tm" and len(numbers) == 6:
            self.text = self.line = (*numbers,)  # type: ignore[assignment]
        elif operator in (b"Td", b"TD") and len(numbers) == 2:
            if operator == b"TD":
                self.leading = -numbers[1]
            self._to_line(numbers[0], numbers[1])
        elif operator == b"TL" and numbers:
            self.leading = numbers[0]
        elif operator in (b"T*", b"'", b'"'):
            self._to_line(0.0, -self.leading)

    def _to_line(self, right: float, up: float) -> None:
        self.text = self.line = times((1.0, 0.0, 0.0, 1.0, right, up), self.line)

    def is_seen(self, window: Window) -> bool:
        """Whether letters drawn here can be read."""
        a, b, c, d, x, y = times(self.text, self.page)
        height = abs(self.size) * abs(a * d - b * c) ** 0.5
        return not self.faint and height >= _SMALLEST and window.shows(x, y)


def opacity(resources: DictionaryObject, name: Any) -> float | None:
    """Of what is filled, as the named graphics state sets it; None where it sets none."""
    state: Any = entries_of(resources, "/ExtGState").get(name)
    value: Any = state.get("/ca") if isinstance(state, DictionaryObject) else None
    return _real(value.get_object(), 1.0) if value is not None else None


def lets_through(resources: DictionaryObject, name: Any) -> bool | None:
    """Whether what is filled leaves what is below it seen, as the named graphics state sets it; None where it sets
    neither opacity, blending nor a mask."""
    state: Any = entries_of(resources, "/ExtGState").get(name)
    if not isinstance(state, DictionaryObject) or not state.keys() & {"/ca", "/BM", "/SMask"}:
        return None
    solid = opacity(resources, name)
    blended, mask = (str(state.get(key, of_none)) for key, of_none in (("/BM", "/Normal"), ("/SMask", "/None")))
    return (solid is not None and solid < _SOLID) or blended != "/Normal" or mask != "/None"


def is_faint(value: float) -> bool:
    """Whether what has that opacity is not seen."""
    return value < _FAINTEST


def may_be_unseen(page: PageObject, data: bytes) -> bool:
    """Whether the page may draw text where nobody sees it, by a look at its operators: then it is followed in full."""
    window, paper = Window.of(page), page.mediabox
    if page.cropbox != paper or _SMALL.search(data):
        return True
    graphics = entries_of(resources_of(page), "/ExtGState")
    if any((value := opacity(resources_of(page), name)) is not None and is_faint(value) for name in graphics):
        return True
    farthest = max(window.right - window.left, window.top - window.bottom)
    for match in _PLACED.finditer(data):
        x, y = _number(match[1]), _number(match[2])
        if max(abs(x), abs(y)) > farthest or (match[3] == b"Tm" and not window.shows(x, y)):
            return True
    return any(not window.shows(_number(m[1]), _number(m[2])) for m in _BEGUN.finditer(data))


def _number(digits: bytes) -> float:
    return _real(digits, 0.0)  # with several points it is no number that a page could use


def _real(value: Any, otherwise: float) -> float:
    try:
        return float(value)
    except (TypeError, ValueError):
        return otherwise
