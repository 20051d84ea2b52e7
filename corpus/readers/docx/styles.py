"""What a DOCX's styles say of paragraphs: numbering, hidden text, how text is drawn, tables of contents."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from corpus.readers.docx.drawn import Drawn, drawn_of, ground_of
from corpus.readers.docx.package import W

_OFF = frozenset({"0", "false", "off"})
_LARGEST = 32_767  # what word processors count to
_DEEPEST = 20  # styles that are based on one another


@dataclass(frozen=True, slots=True)
class Style:
    """One style with what it inherits: `number` is the list it belongs to, `level` counts from 0, `drawn` is how its
    text is drawn, as far as it says."""

    name: str
    number: int | None
    level: int | None
    hidden: bool
    drawn: Drawn


class Styles:
    """Styles by identifier; one that is not there has no properties."""

    def __init__(self, root: Any) -> None:
        self._elements = {} if root is None else {s.get(f"{W}styleId"): s for s in root.iterchildren(f"{W}style")}
        self._default = next(
            (
                name
                for name, element in self._elements.items()
                if element.get(f"{W}type") == "paragraph" and element.get(f"{W}default") in ("1", "true", "on")
            ),
            None,
        )
        self._known: dict[str | None, Style] = {}

    def of(self, identifier: str | None, *, paragraph: bool = False) -> Style:
        """The style of that identifier; for a paragraph without one the default style."""
        name = self._default if paragraph and identifier not in self._elements else identifier
        if name not in self._known:
            self._known[name] = self._inherited(name)
        return self._known[name]

    def _inherited(self, identifier: str | None) -> Style:
        chain: list[Any] = []
        name = identifier
        while (element := self._elements.get(name)) is not None and len(chain) < _DEEPEST:
            chain.append(element)
            name = value_of(element, "basedOn")
        number = level = None
        hidden: bool | None = None
        drawn = Drawn()
        for element in chain:
            drawn = drawn.over(drawn_of(child_of(element, "rPr")))
            drawn = drawn.over(Drawn(ground=ground_of(child_of(element, "pPr"))))
            numbering = child_of(child_of(element, "pPr"), "numPr")
            number = integer_of(numbering, "numId") if number is None else number
            level = integer_of(numbering, "ilvl") if level is None else level
            hidden = flag_of(child_of(element, "rPr"), "vanish") if hidden is None else hidden
        return Style(value_of(chain[0], "name") or "" if chain else "", number, level, bool(hidden), drawn)


def child_of(element: Any, name: str) -> Any:
    """The child element of that name, or None; of None too."""
    return None if element is None else element.find(f"{W}{name}")


def value_of(element: Any, name: str) -> str | None:
    """The value of the child of that name: what `w:val` says."""
    child = child_of(element, name)
    return None if child is None else child.get(f"{W}val")


def integer_of(element: Any, name: str) -> int | None:
    """The child's value as a number, or None for what is no number that a word processor writes."""
    text = (value_of(element, name) or "").strip()
    return min(int(text), _LARGEST) if text.isascii() and text.isdigit() and len(text) < 12 else None


def flag_of(element: Any, name: str) -> bool | None:
    """Whether a property is on: it stands there and does not say "off"; None where it does not stand there."""
    child = child_of(element, name)
    return None if child is None else child.get(f"{W}val") not in _OFF
