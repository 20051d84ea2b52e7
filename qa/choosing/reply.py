"""What a model replied that was to choose: a JSON object, forgiving of what stands around it and of its forms."""

from __future__ import annotations

import json
import re
from typing import Any, get_args

from qa.candidates import Candidates, Choice, Refusal
from qa.choosing.request import MOST_PROVISIONS, MOST_SEARCHES, MOST_SUBJECTS

_THOUGHT = re.compile(r"<think>.*?(?:</think>|\Z)", re.DOTALL)
_LONGEST = 200  # letters of a sentence or a search that are taken


def choice_of(text: str, candidates: Candidates) -> Choice | None:
    """The choice that the reply makes among the candidates; None where it makes none. What it names that was not given
    is left out; of what answers and a reason why nothing does, what answers counts."""
    found = _object(_THOUGHT.sub("", text))
    if found is None:
        return None
    provisions = _chosen(found.get("provisions"), _number, candidates.provisions)[:MOST_PROVISIONS]
    subjects = _chosen(found.get("subjects"), _place, candidates.subjects)[:MOST_SUBJECTS]
    reason = found.get("none_because")
    refusal: Refusal | None = next((known for known in get_args(Refusal) if known == reason), None)
    searches = tuple(filter(None, map(_line, _listed(found.get("search")))))[:MOST_SEARCHES]
    if not (provisions or subjects or refusal or searches):
        return None
    refusal = None if provisions or subjects else refusal
    return Choice(provisions, subjects, refusal, _line(found.get("understood")), searches)


def _object(text: str) -> dict[str, Any] | None:
    """The first JSON object in the text that has one of the fields; None where there is none."""
    decoder, at = json.JSONDecoder(), text.find("{")
    while at >= 0:
        try:
            found, _ = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            found = None
        if isinstance(found, dict) and {"provisions", "subjects", "none_because", "search"} & set(found):
            return found
        at = text.find("{", at + 1)
    return None


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _chosen(value: object, place: Any, names: tuple[str, ...]) -> tuple[str, ...]:
    places = (place(each) for each in _listed(value))
    return tuple(dict.fromkeys(names[at] for at in places if at is not None and 0 <= at < len(names)))


def _number(value: object) -> int | None:
    """The place of a provision by its number, however it is written: 3, "3", "[3]"."""
    found = re.fullmatch(r"[\s\[(#'\"]*(\d{1,3})[\s\]).'\"]*", str(value))
    return int(found[1]) - 1 if found and not isinstance(value, bool) else None


def _place(value: object) -> int | None:
    """The place of a subject by its letter, small or large."""
    found = re.fullmatch(r"[\s\[('\"]*([A-Z])[\s\]).'\"]*", str(value).upper())
    return ord(found[1]) - ord("A") if found else None


def _line(value: object) -> str:
    """A text on one line, cut; "" of what is none."""
    return " ".join(value.split())[:_LONGEST].strip() if isinstance(value, str) else ""
