"""Which provisions are the points of a list, and which opens it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

_POINT = re.compile(r"(?P<parent>.+)__(?:point|indent)_(?P<rest>.+)")


def points_by_lead_in(identifiers: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
    """The points of each list, their parts among them, by what opens it: the provision that stands before the first
    point. `identifiers` are in the order of the text."""
    found: dict[str, list[str]] = {}
    opens: dict[str, str] = {}  # by the list's parent
    for before, name in zip(("", *identifiers), identifiers, strict=False):
        match = _POINT.fullmatch(name)
        if match is None or not before:
            continue
        parent = match["parent"]
        while inner := _POINT.fullmatch(parent):  # a list within a point belongs to the point's list
            parent = inner["parent"]
        is_opening = before == parent or (before.startswith(parent + "__") and not _POINT.fullmatch(before))
        if is_opening and parent not in opens:
            opens[parent] = before
        if parent in opens:
            found.setdefault(opens[parent], []).append(name)
    return {name: tuple(points) for name, points in found.items()}
