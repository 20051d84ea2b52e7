"""Two columns of a page one after the other: rows as printed would mix them line by line."""

from __future__ import annotations

import re
from collections import Counter

_GAP = re.compile(r"(?<=\S) {2,}(?=\S)")
_SPACES = re.compile(r" +")
_ROWS = 5  # rows that a column has at least
_BROAD = 18  # characters of its average row; narrower ones are a table's
_BESIDE = 0.4  # share of rows that must stand in both columns
_PARTED = 0.8  # share of those whose gap between the columns is the widest in the row


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
    """The character at which a right column begins: where most rows go on after a gap."""
    starts = Counter(gap.end() for row in rows for gap in _GAP.finditer(row))
    if not starts:
        return None
    best = max(starts, key=lambda at: starts[at] + starts[at - 1] + starts[at + 1])
    nearby = [at for at in (best - 1, best, best + 1) if starts[at]]
    return min(nearby) if sum(starts[at] for at in nearby) >= _ROWS else None


def _crosses(row: str, edge: int) -> bool:
    """Whether a row is printed across both columns."""
    return len(row) > edge and bool(row[max(0, edge - 2) : edge].strip())


def _split(block: list[str], edge: int) -> list[str]:
    left = [row[:edge] for row in block]
    right = [row[edge:].rstrip() for row in block]
    if not (_is_column(left) and _is_column(right)):
        return block
    beside = [(a, b) for a, b in zip(left, right, strict=True) if a.strip() and b.strip()]
    parted = [(a, b) for a, b in beside if _gutter(a, b) > max(_widest_gap(a), _widest_gap(b))]
    filled = sum(bool(row.strip()) for row in block)
    # In justified print the gaps between words are wide too, and one above the other where a sentence is repeated.
    if len(beside) < max(_ROWS, _BESIDE * filled) or len(parted) < _PARTED * len(beside):
        return block
    return [*(row.rstrip() for row in left), "", *right]


def _gutter(left: str, right: str) -> int:
    return len(left) - len(left.rstrip()) + len(right) - len(right.lstrip())


def _widest_gap(text: str) -> int:
    return max(map(len, _SPACES.findall(text.strip())), default=0)


def _is_column(rows: list[str]) -> bool:
    filled = [row.strip() for row in rows if row.strip()]
    return len(filled) >= _ROWS and sum(map(len, filled)) >= _BROAD * len(filled)
