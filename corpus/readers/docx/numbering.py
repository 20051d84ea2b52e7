"""Automatic numbers of a DOCX as Word prints them (ECMA-376, part 1, 17.9): people cite "clause 2.2"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from corpus.readers.docx.package import W
from corpus.readers.docx.styles import Styles, child_of, flag_of, integer_of, value_of
from corpus.readers.ordinals import printed

_LEVELS = 9
_LONGEST = 100  # characters of a printed number
_BLANK = re.compile(r"%([1-9])")
_GAPS = {"nothing": "", "space": " ", "tab": " "}
_DASHES = "-–—"


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    form: str
    text: str
    gap: str
    restart: int | None
    legal: bool
    style: str | None


@dataclass(frozen=True, slots=True)
class _List:
    """A use of a list: the list whose counters it shares, where it starts anew, and levels of its own."""

    abstract: str
    starts: dict[int, int]
    levels: dict[int, _Level]


class Numbering:
    """Counts the numbered paragraphs of one document, which must come in order."""

    def __init__(self, root: Any, styles: Styles) -> None:
        self._styles = styles
        self._abstract: dict[str, dict[int, _Level]] = {}
        self._linked: dict[str, str] = {}
        self._lists: dict[int, _List] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[int, int]] = set()
        if root is not None:
            self._read(root)

    def number(self, properties: Any, style_id: str | None) -> str:
        """The printed number before a paragraph, gap included; "" where it has none. Counts the paragraph.

        `properties` is its `w:pPr` element or None.
        """
        style = self._styles.of(style_id, paragraph=True)
        own = child_of(properties, "numPr")
        number = integer_of(own, "numId")
        level = integer_of(own, "ilvl")
        if number is None:
            number = style.number
            level = self._level_of_style(number, style_id, style.level) if level is None else level
        used = self._lists.get(number) if number else None
        if number is None or used is None:
            return ""
        return self._next(number, used, min(level or 0, _LEVELS - 1))

    def _level_of_style(self, number: int | None, style_id: str | None, level: int | None) -> int | None:
        """A heading style names its list; which level it is, the list's level says by naming the style."""
        used = self._lists.get(number) if number else None
        levels = self._abstract.get(used.abstract, {}) if used else {}
        return next((at for at, row in levels.items() if row.style and row.style == style_id), level)

    def _next(self, number: int, used: _List, level: int) -> str:
        levels = self._abstract.get(used.abstract, {}) | used.levels
        if (row := levels.get(level)) is None:
            return ""
        counts = self._counts.setdefault(used.abstract, {})
        start = used.starts.get(level, row.start)
        fresh = level in used.starts and (number, level) not in self._begun
        counts[level] = start if fresh or level not in counts else counts[level] + 1
        self._begun.add((number, level))
        for deeper in [at for at in counts if at > level]:
            restart = levels[deeper].restart if deeper in levels else None
            # 0: never; n: only after the n-th level or one above it; unsaid: after any above it.
            if restart is None or level < restart:
                del counts[deeper]
        return self._printed(row, levels, used, counts)

    def _printed(self, row: _Level, levels: dict[int, _Level], used: _List, counts: dict[int, int]) -> str:
        if row.form == "bullet":
            text = row.text if row.text in _DASHES else "•"
            return f"{text} " if row.text else ""

        def blank(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            shown = levels.get(at)
            if shown is None:
                return ""
            count = counts.get(at, used.starts.get(at, shown.start))
            return printed(count, "decimal" if row.legal and shown.form != "none" else shown.form)

        text = _BLANK.sub(blank, row.text)[:_LONGEST]
        return text + row.gap if text.strip() else ""

    # Reading the definitions

    def _read(self, root: Any) -> None:
        for element in root.iterchildren(f"{W}abstractNum"):
            name = str(element.get(f"{W}abstractNumId"))
            self._abstract[name] = _levels(element)
            if link := value_of(element, "numStyleLink"):
                self._linked[name] = link
        for element in root.iterchildren(f"{W}num"):
            number = element.get(f"{W}numId") or ""
            if number.isascii() and number.isdigit() and len(number) < 12:
                self._lists[int(number)] = _use(element)
        for number, used in list(self._lists.items()):
            if (link := self._linked.get(used.abstract)) and (target := self._lists.get(self._style_list(link))):
                self._lists[number] = _List(target.abstract, used.starts, target.levels | used.levels)

    def _style_list(self, style: str) -> int:
        return self._styles.of(style).number or 0


def _use(element: Any) -> _List:
    starts: dict[int, int] = {}
    levels: dict[int, _Level] = {}
    for override in element.iterchildren(f"{W}lvlOverride"):
        at = _level_number(override)
        if (start := integer_of(override, "startOverride")) is not None:
            starts[at] = start
        if (row := child_of(override, "lvl")) is not None:
            levels[at] = _level(row)
    return _List(value_of(element, "abstractNumId") or "", starts, levels)


def _levels(element: Any) -> dict[int, _Level]:
    return {_level_number(row): _level(row) for row in element.iterchildren(f"{W}lvl")}


def _level_number(element: Any) -> int:
    text = element.get(f"{W}ilvl") or "0"
    return int(text) if text in map(str, range(_LEVELS)) else 0


def _level(element: Any) -> _Level:
    start = integer_of(element, "start")
    return _Level(
        0 if start is None else start,
        value_of(element, "numFmt") or "decimal",
        (value_of(element, "lvlText") or "")[:_LONGEST],
        _GAPS.get(value_of(element, "suff") or "tab", " "),
        integer_of(element, "lvlRestart"),
        bool(flag_of(element, "isLgl")),
        value_of(element, "pStyle"),
    )
