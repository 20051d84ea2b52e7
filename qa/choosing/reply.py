"""What a model replied that was to choose: a JSON object, forgiving of what stands around it and of its forms."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import get_args

from qa.candidates import Candidates, Choice, Refusal
from qa.choosing.request import MOST_PROVISIONS, MOST_SEARCHES, MOST_SUBJECTS
from qa.prose.generators.json_reply import listed, numbers_in, object_in

_FIELDS = ("provisions", "subjects", "none_because", "search")
_LETTER = re.compile(r"[\s\[('\"]*([A-Z])[\s\]).'\"]*")
_LONGEST = 200  # letters of a sentence or a search that are taken


def choice_of(text: str, candidates: Candidates) -> Choice | None:
    """The choice that the reply makes among the candidates; None where it makes none. What it names that was not given
    is left out; of what answers and a reason why nothing does, what answers counts."""
    found = object_in(text, _FIELDS)
    if found is None:
        return None
    numbers = (number - 1 for number in numbers_in(listed(found.get("provisions"))))
    provisions = _chosen(numbers, candidates.provisions)[:MOST_PROVISIONS]
    subjects = _chosen(_places(listed(found.get("subjects"))), candidates.subjects)[:MOST_SUBJECTS]
    reason = found.get("none_because")
    refusal: Refusal | None = next((known for known in get_args(Refusal) if known == reason), None)
    searches = tuple(filter(None, map(_line, listed(found.get("search")))))[:MOST_SEARCHES]
    if not (provisions or subjects or refusal or searches):
        return None
    refusal = None if provisions or subjects else refusal
    return Choice(provisions, subjects, refusal, _line(found.get("understood")), searches)


def _chosen(places: Iterable[int], names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names[at] for at in places if 0 <= at < len(names)))


def _places(letters: Iterable[object]) -> Iterator[int]:
    """The places of subjects by their letters, small or large."""
    for letter in letters:
        if match := _LETTER.fullmatch(str(letter).upper()):
            yield ord(match[1]) - ord("A")


def _line(value: object) -> str:
    """A text on one line, cut; "" of what is none."""
    return " ".join(value.split())[:_LONGEST].strip() if isinstance(value, str) else ""
