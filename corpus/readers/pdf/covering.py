"""What a page paints over what it has drawn: nobody reads the text under a filled box (ISO 32000-1, 8.5).

Boxes alone, upright and opaque: a page may lay its pictures over the text that was recognised in them, and a stroke of
a marker lets the text through.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from corpus.readers.pdf.placing import Matrix

_SLACK = 1.0  # points by which a letter may stick out
_LETTER = 0.3  # of its height, how wide a letter is at least
_FLAT = 1e-6
_MOST_BOXES = 2000  # of a page that are looked under


class Box(NamedTuple):
    """Upright, in points of the page."""

    left: float
    bottom: float
    right: float
    top: float

    def within(self, other: Box) -> Box:
        """What both have in common; of no size where that is nothing."""
        left, bottom = max(self.left, other.left), max(self.bottom, other.bottom)
        return Box(left, bottom, max(left, min(self.right, other.right)), max(bottom, min(self.top, other.top)))

    def holds(self, text: Box) -> bool:
        return (
            self.left - _SLACK <= text.left
            and self.bottom - _SLACK <= text.bottom
            and text.right <= self.right + _SLACK
            and text.top <= self.top + _SLACK
        )


EVERYWHERE = Box(float("-inf"), float("-inf"), float("inf"), float("inf"))
NOWHERE = Box(0.0, 0.0, 0.0, 0.0)


class Path:
    """What is drawn next: its boxes, as far as it is made of boxes alone."""

    def __init__(self) -> None:
        self._boxes: list[Box] = []
        self._corners: list[tuple[float, float]] = []
        self._crooked = False
        self._clips = False

    def take(self, operands: Sequence[Any], operator: bytes, page: Matrix) -> None:
        """Follow an operator; one whose operands are no numbers draws what is no box."""
        if operator in (b"c", b"v", b"y"):
            self._crooked = True
        elif operator in (b"W", b"W*"):
            self._clips = True
        elif operator in (b"re", b"m", b"l"):
            try:
                numbers = [float(value) for value in operands]
            except (TypeError, ValueError):
                numbers = []
            if len(numbers) != (4 if operator == b"re" else 2):
                self._crooked = True
            elif operator == b"re":
                x, y, width, height = numbers
                corners = ((x, y), (x + width, y), (x + width, y + height), (x, y + height))
                self._add([_moved(corner, page) for corner in corners])
            else:
                if operator == b"m":
                    self._close()
                self._corners.append(_moved((numbers[0], numbers[1]), page))

    def end(self) -> tuple[list[Box], Box]:
        """The path is done with: its boxes, none where it has another outline, and what is painted from here on: with
        an outline that is no single box, as if nothing were."""
        self._close()
        found = [] if self._crooked else self._boxes
        clip = EVERYWHERE if not self._clips else found[0] if len(found) == 1 else NOWHERE
        self._boxes, self._crooked, self._clips = [], False, False
        return found, clip

    def _close(self) -> None:
        if self._corners:
            self._add(self._corners)
        self._corners = []

    def _add(self, corners: Sequence[tuple[float, float]]) -> None:
        xs, ys = zip(*corners, strict=True)
        box = Box(min(xs), min(ys), max(xs), max(ys))
        upright = all(
            min(abs(x - box.left), abs(x - box.right)) <= _FLAT and min(abs(y - box.bottom), abs(y - box.top)) <= _FLAT
            for x, y in corners
        )
        if upright and len(corners) >= 4:
            self._boxes.append(box)
        else:
            self._crooked = True


class Covered:
    """The texts of a page, and which of them were painted over."""

    def __init__(self) -> None:
        self._texts: dict[int, Box] = {}
        self._looked = 0
        self.rows: set[int] = set()

    def draw(self, row: int, at: Matrix, size: float, letters: int) -> None:
        """A text of so many letters, drawn by that row, upright or not."""
        a, b, c, d, x, y = at
        height = abs(size) * abs(a * d - b * c) ** 0.5
        across = height * _LETTER * letters
        length = (a * a + b * b) ** 0.5 or 1.0
        ends = (x, x + a / length * across), (y, y + b / length * across)
        self._texts[row] = Box(min(ends[0]), min(ends[1]), max(ends[0]), max(ends[1]) + height / 2)

    def paint(self, boxes: Sequence[Box], clip: Box) -> None:
        """Boxes filled with a colour that lets nothing through."""
        for box in boxes:
            seen = box.within(clip)
            if self._looked >= _MOST_BOXES or min(seen.right - seen.left, seen.top - seen.bottom) < _SLACK:
                continue
            self._looked += 1
            under = [row for row, text in self._texts.items() if seen.holds(text)]
            self.rows.update(under)
            for row in under:
                del self._texts[row]


def _moved(point: tuple[float, float], page: Matrix) -> tuple[float, float]:
    (x, y), (a, b, c, d, e, f) = point, page
    return a * x + c * y + e, b * x + d * y + f
