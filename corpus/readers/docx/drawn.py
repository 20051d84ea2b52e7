"""How a DOCX's text is drawn: what has the colour of its ground, or no size, no reader sees."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from corpus.readers.docx.package import W

_LEAST_SIZE = 2  # half-points; of a smaller text nothing is seen
_UNSEEN_DIFFERENCE = 24  # of the three channels together, from 0 to 255 each: no eye tells such colours apart
_HIGHLIGHTS = {"yellow": "FFFF00", "white": "FFFFFF", "black": "000000", "red": "FF0000", "green": "00FF00"}
AUTO = "auto"  # the colour that stands out from its ground
WHITE = "FFFFFF"
UNKNOWN = ""  # a ground that cannot be told: what is drawn on it is taken as seen


@dataclass(frozen=True, slots=True)
class Drawn:
    """Colours as six hexadecimal digits, `AUTO` or `UNKNOWN`, and size in half-points, as far as they are said."""

    color: str | None = None
    ground: str | None = None
    size: int | None = None

    def over(self, other: Drawn) -> Drawn:
        """This, and what it does not say as the other says it."""
        return Drawn(
            other.color if self.color is None else self.color,
            other.ground if self.ground is None else self.ground,
            other.size if self.size is None else self.size,
        )

    @property
    def is_seen(self) -> bool:
        """Whether a reader sees text that is drawn so, on white where no ground is said."""
        if self.size is not None and self.size < _LEAST_SIZE:
            return False
        color, ground = _channels(self.color or AUTO), _channels(WHITE if self.ground is None else self.ground)
        if color is None or ground is None:
            return True
        return sum(abs(a - b) for a, b in zip(color, ground, strict=True)) > _UNSEEN_DIFFERENCE


def drawn_of(properties: Any) -> Drawn:
    """What a run's properties say."""
    if properties is None:
        return Drawn()
    size = _value(properties, "sz") or ""
    highlight = _value(properties, "highlight")
    ground = _HIGHLIGHTS.get(highlight, UNKNOWN) if highlight and highlight != "none" else ground_of(properties)
    return Drawn(_value(properties, "color"), ground, int(size) if size.isascii() and size.isdigit() else None)


def ground_of(properties: Any) -> str | None:
    """The colour that the properties of a run, paragraph or cell fill its ground with; None where they say none."""
    shading = None if properties is None else properties.find(f"{W}shd")
    if shading is None:
        return None
    fill = shading.get(f"{W}fill") or AUTO
    pattern = shading.get(f"{W}val") or "clear"
    if pattern not in {"clear", "nil"} or shading.get(f"{W}themeFill"):
        return UNKNOWN
    return None if fill == AUTO else fill


def _value(properties: Any, name: str) -> str | None:
    child = properties.find(f"{W}{name}")
    return None if child is None else child.get(f"{W}val")


def _channels(color: str) -> tuple[int, int, int] | None:
    try:
        return int(color[:2], 16), int(color[2:4], 16), int(color[4:6], 16)
    except ValueError:
        return None
