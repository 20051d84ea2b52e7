"""Columns of a page one after the other: rows as printed would mix them line by line."""

from __future__ import annotations

import re
from collections import Counter

_GAP = re.compile(r"(?<=\S) {2,}(?=\S)")
_SPACES = re.compile(r" +")
_ROWS = 5  # rows that a column has at least
_BROAD = 18  # characters of its average row; narrower ones are a table's
_BESIDE = 0.4  # share of rows that must stand on both sides
_PARTED = 0.8  # share of those whose gap between the sides is wider than any in a column


def unfolded(rows: list[str]) -> list[str]:
    """The rows with columns put below each other, left before right; as they are where there is one column."""
    edge = _edge(rows)
    if edge is None:
        return rows
    result: list[str] = []
    block: list[str] = []
    for row in [*rows, None]:
        if row is not None and not _crosses(row, edge):
            block.append(row)
            continue
        result += _split(block, edge)
        block = []
        if row is not None:
            result.append(row)
    return result


def _edge(rows: list[str]) -> int | None:
    """The character at which a further column begins: where most rows go on after a gap."""
    starts = Counter(gap.end() for row in rows for gap in _GAP.finditer(row))
    if not starts:
        return None
    best = max(starts, key=lambda at: starts[at] + starts[at - 1] + starts[at + 1])
    nearby = [at for at in (best - 1, best, best + 1) if starts[at]]
    return min(nearby) if sum(starts[at] for at in nearby) >= _ROWS else None


def _crosses(row: str, edge: int) -> bool:
    """Whether a row is printed across the gap before that character."""
    return len(row) > edge and bool(row[max(0, edge - 2) : edge].strip())


def _split(block: list[str], edge: int) -> list[str]:
    columns = _columns(block, edge)
    if len(columns) == 1:
        return block
    return [row for column in columns for row in ("", *column)][1:]


def _columns(block: list[str], edge: int | None) -> list[list[str]]:
    """The block's columns, each of which may be two again; the block alone where it is one."""
    if edge is None or any(_crosses(row, edge) for row in block):
        return [block]
    sides = [row[:edge].rstrip() for row in block], [row[edge:].rstrip() for row in block]
    if not all(map(_is_column, sides)):
        return [block]
    left, right = ([list(column) for column in _columns(side, _edge(side))] for side in sides)
    widest = [max(map(_widest_gap, row)) for row in zip(*left, *right, strict=True)]
    beside = [i for i in range(len(block)) if sides[0][i] and sides[1][i].strip()]
    parted = [i for i in beside if _gutter(sides[0][i], sides[1][i], edge) > widest[i]]
    filled = sum(bool(row.strip()) for row in block)
    # In justified print the gaps between words are wide too, and one above the other where a sentence is repeated.
    if len(beside) < max(_ROWS, _BESIDE * filled) or len(parted) < _PARTED * len(beside):
        return [block]
    return [*left, *right]


def _gutter(left: str, right: str, edge: int) -> int:
    return edge - len(left) + len(right) - len(right.lstrip())


def _widest_gap(text: str) -> int:
    return max(map(len, _SPACES.findall(text.strip())), default=0)


def _is_column(rows: list[str]) -> bool:
    filled = [row.strip() for row in rows if row.strip()]
    return len(filled) >= _ROWS and sum(map(len, filled)) >= _BROAD * len(filled)
