"""JSON out of a model's reply, forgiving of what stands around it and of how numbers are written."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Sequence
from typing import Any

_THOUGHT = re.compile(r"<think>.*?(?:</think>|\Z)", re.DOTALL)
_NUMBER = re.compile(r"[\s\[(#'\"]*(\d{1,3})[\s\]).'\"]*")


def object_in(text: str, fields: Collection[str]) -> dict[str, Any] | None:
    """The first JSON object in the text that has one of the fields; None where there is none."""
    text = _THOUGHT.sub("", text)
    decoder, at = json.JSONDecoder(), text.find("{")
    while at >= 0:
        try:
            found, _ = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            found = None
        if isinstance(found, dict) and not found.keys().isdisjoint(fields):
            return found
        at = text.find("{", at + 1)
    return None


def listed(value: object) -> list[object]:
    """What was given as a list, or alone where one was wanted; nothing for null."""
    return value if isinstance(value, list) else [] if value is None else [value]


def numbers_in(values: Sequence[object]) -> Iterator[int]:
    """The numbers among the values, however each is written: 3, "3", "[3]"."""
    for value in values:
        if not isinstance(value, bool) and (match := _NUMBER.fullmatch(str(value))):
            yield int(match[1])
