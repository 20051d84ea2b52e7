"""What of a page a reader sees: text that its styles hide, or draw in the colour of what it stands on, is not read.

Styles are those of the elements and of the page's own style sheets, as far as these hold simple selectors and no
conditions. What lies in other files is not known, nor a picture behind a text: such text is taken as seen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

Declarations = Mapping[str, str]  # lower-case values by property

_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.S)
# `@media screen {` and `@media all {` hold for every reader; what other conditions hold, nobody knows here.
_ALWAYS = re.compile(r"@media\s+(?:only\s+)?(?:screen|all)\s*\{", re.I)
_CONDITIONAL = re.compile(r"@[\w-]++[^{};@]*+\{(?:[^{}]*+\{[^{}]*+\})*+[^{}]*+\}")
_STATEMENT = re.compile(r"@[\w-]++[^{};@]*+;")
_SIMPLE = re.compile(r"[\w\s.#>*,\[\]='\"-]+")
_MOST_RULES = 500  # selectors that hide or colour something; each is looked for in all of the page
_NAMED = {"white": "#ffffff", "black": "#000000", "red": "#ff0000", "blue": "#0000ff", "yellow": "#ffff00"}
_HEX = re.compile(r"#([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})\b")
_RGB = re.compile(r"rgba?\(\s*(\d{1,3})[\s,]+(\d{1,3})[\s,]+(\d{1,3})(?:[\s,/]+([\d.]+%?))?\s*\)")
_NOTHING = re.compile(r"0*\.?0*(?:px|pt|em|rem|ex|ch|vw|vh|cm|mm|in|%)?")
_FAR = re.compile(r"-(?:[1-9]\d{3,}(?:\.\d+)?(?:px|pt)|[1-9]\d{2,}(?:\.\d+)?(?:r?em|%|vw|vh))")
_CLIPPED = re.compile(r"rect\(\s*(\w+)[\s,]+\w+[\s,]+\1[\s,]+\w+\s*\)|inset\(\s*(?:50|100)%")
_UNSEEN_DIFFERENCE = 24  # of the three channels together, from 0 to 255 each: no eye tells such colours apart
_TELLING = frozenset(
    "display visibility opacity font font-size color background background-color background-image position left top"
    " right bottom text-indent clip clip-path height max-height width max-width overflow transform".split()
)
_CONTAINED = ("height", "max-height", "width", "max-width")
Colour = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Look:
    """How text is drawn here; colours are None where they cannot be told."""

    color: Colour | None = (0, 0, 0)
    ground: Colour | None = (255, 255, 255)
    visible: bool = True
    sized: bool = True

    @property
    def is_seen(self) -> bool:
        """Whether a reader sees text that looks so."""
        return self.visible and self.sized and not _alike(self.color, self.ground)


class PageStyles:
    """The styles of one page's elements."""

    def __init__(self, tree: LexborHTMLParser) -> None:
        self._by_node: dict[int, list[tuple[tuple[int, int], Declarations]]] = {}
        sheets = "\n".join(node.text() for node in tree.css("style") if _applies(node))
        for order, (selector, told) in enumerate(islice(_rules(sheets), _MOST_RULES)):
            self._apply(tree, selector, order, told)

    def _apply(self, tree: LexborHTMLParser, selector: str, order: int, told: Declarations) -> None:
        if not _SIMPLE.fullmatch(selector):
            return
        try:
            nodes = tree.css(selector)
        except SelectolaxError:  # no selector: a browser passes it over too
            return
        rank = (100 * selector.count("#") + 10 * (selector.count(".") + selector.count("[")), order)
        for node in nodes:
            self._by_node.setdefault(node.mem_id, []).append((rank, told))

    def look(self, node: LexborNode, around: Look) -> Look | None:
        """How text in the element is drawn, given how it is around; None where the element with all in it is not
        shown."""
        told = self._told(node)
        if not told:
            return around
        return None if _is_gone(told) else _drawn(told, around)

    def _told(self, node: LexborNode) -> Declarations:
        attributes = node.attributes
        told: dict[str, str] = {}
        if color := attributes.get("bgcolor"):
            told["background-color"] = color.lower()
        if (color := attributes.get("color")) and node.tag == "font":
            told["color"] = color.lower()
        own = [((1000, 0), _declarations(style))] if (style := attributes.get("style")) else []
        ranked = sorted([*self._by_node.get(node.mem_id, ()), *own], key=lambda row: row[0])
        for important in (False, True):  # what is important outdoes what is more specific
            for _, declarations in ranked:
                for name, value in declarations.items():
                    if value.endswith("!important") == important:
                        told[name] = value.removesuffix("!important").strip()
        if "hidden" in attributes:
            told.setdefault("display", "none")
        return told


def _applies(sheet: LexborNode) -> bool:
    return (sheet.attributes.get("media") or "all").strip().lower() in {"all", "screen"}


def _rules(sheet: str) -> Iterator[tuple[str, Declarations]]:
    """Each selector with what is declared for it that tells whether text is seen, where anything does."""
    css = _CONDITIONAL.sub(" ", _ALWAYS.sub(" ", _STATEMENT.sub(" ", _COMMENT.sub(" ", sheet))))
    for rule in css.split("}"):
        selectors, _, body = rule.partition("{")
        if told := _declarations(body):
            yield from ((selector.strip(), told) for selector in selectors.split(","))


def _declarations(style: str) -> Declarations:
    found: dict[str, str] = {}
    for row in _COMMENT.sub(" ", style).split(";"):
        name, _, value = row.partition(":")
        if (name := name.strip().lower()) in _TELLING:
            found[name] = re.sub(r"\s*!\s*important\s*$", "!important", " ".join(value.lower().split()))
    return found


def _is_gone(told: Declarations) -> bool:
    """Whether the element is not shown at all: taken out, transparent, off the screen, or of no size."""
    if told.get("display") == "none" or _is_nothing(told.get("opacity")):
        return True
    placed = told.get("position") in {"absolute", "fixed"}
    if placed and any(_FAR.fullmatch(told.get(side, "")) for side in ("left", "top", "right", "bottom")):
        return True
    if placed and _CLIPPED.match(told.get("clip") or told.get("clip-path") or ""):
        return True
    if told.get("overflow") in {"hidden", "clip"} and any(_is_nothing(told.get(side)) for side in _CONTAINED):
        return True
    return bool(_FAR.fullmatch(told.get("text-indent", ""))) or told.get("transform") in {"scale(0)", "scale(0, 0)"}


def _is_nothing(value: str | None) -> bool:
    return bool(value) and bool(_NOTHING.fullmatch(value or ""))


def _drawn(told: Declarations, around: Look) -> Look:
    look = around
    if shown := told.get("visibility"):
        look = replace(look, visible=shown not in {"hidden", "collapse"})
    size = told.get("font-size") or next((part.split("/")[0] for part in told.get("font", "").split()), None)
    if size:
        relative = size.endswith(("em", "%")) and not size.endswith("rem")
        look = replace(look, sized=not _is_nothing(size) and (look.sized or not relative))
    ground = told.get("background-color") or told.get("background")
    if told.get("background-image", "none") != "none" or (ground and ("url(" in ground or "gradient" in ground)):
        look = replace(look, ground=None)
    elif ground and ground not in {"transparent", "none", "inherit"}:
        look = replace(look, ground=_colour(ground, look.ground))
    if (color := told.get("color")) and color not in {"inherit", "currentcolor"}:
        look = replace(look, color=_colour(color, look.ground))
    return look


def _colour(value: str, ground: Colour | None) -> Colour | None:
    """The colour that the value names; what shows nothing of itself is the ground."""
    if value == "transparent":
        return ground
    if found := _RGB.search(value):
        alpha = found[4]
        if alpha and float(alpha.rstrip("%") or 0) == 0:
            return ground
        return int(found[1]), int(found[2]), int(found[3])
    value = next((_NAMED[part] for part in value.split() if part in _NAMED), value)
    if not (hexed := _HEX.search(value if value.startswith("#") or " " in value else f"#{value}")):
        return None
    digits = hexed[1]
    if len(digits) < 6:
        digits = "".join(2 * digit for digit in digits)
    if digits[6:] == "00":
        return ground
    return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:6], 16)


def _alike(one: Colour | None, other: Colour | None) -> bool:
    if one is None or other is None:
        return False
    return sum(abs(a - b) for a, b in zip(one, other, strict=True)) <= _UNSEEN_DIFFERENCE
