"""What kind of answer a question wants, where its words tell (`answer_types.toml`).

"How many judges sit on the Supreme Court?" comes near to every provision on that court, and only one with a number
could answer it; "within how many days must it decide?", only one with a length of time. What money one gets or pays,
and what happened today, no constitution says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import resources
from typing import Any, Literal

import rtoml

from corpus.text.numbers import numbers_in
from corpus.text.sentences import asked_part
from index import Hit

AnswerType = Literal["number", "term", "share", "confirming", "money", "news", "task"]
Measure = Literal["number", "term", "share"]

_LOOKED_AT = 3
_BEFORE_UNIT = 4  # words that may stand from a number to what it counts


def wants(kind: AnswerType, question: str, language: str) -> bool:
    """Whether the question asks for a number (how many, how often), a length of time or an age, a share, for money (a
    price, a pay), for news (of today and the days near to it), a task done (write, translate, pretend), or that
    something be confirmed."""
    return any(pattern.search(question) for pattern in _patterns(kind, language))


def wanted_measure(question: str, language: str) -> Measure | None:
    """What is to be counted: a length of time, a share, or whatever the question counts; None where it wants no number.
    Who tells of a term and asks whether it is so wants the term."""
    asked = asked_part(question)
    if wants("share", asked, language):
        return "share"
    if wants("term", asked, language):
        return "term"
    if wants("number", asked, language):
        return "number"
    if wants("confirming", asked, language) and next(_terms(question, language), None):
        return "term"
    return None


def wants_a_number_not_there(question: str, language: str, hits: Sequence[Hit]) -> bool:
    """Whether the question asks for a number, and the best provision, with others of its article among the first three,
    holds none of the kind, in words or digits."""
    measure = wanted_measure(question, language)
    return measure is not None and not names_one(hits, measure)


def names_one(hits: Sequence[Hit], measure: Measure) -> bool:
    """Whether the best provision, or another of its article among the first three, names a number of the kind."""
    best = hits[0].provision
    near = [hit.provision for hit in hits[:_LOOKED_AT] if hit.provision.article_id == best.article_id]
    return any(holds(provision.body, provision.language, measure) for provision in near)


def holds(text: str, language: str, measure: Measure) -> bool:
    """Whether the text names one of the kind: a length of time with its unit; a share, of which a majority is one; any
    number that counts no time."""
    terms = list(_terms(text, language))
    if measure == "term":
        return bool(terms)
    is_share = bool(re.search(_table()["part"][language], text, re.IGNORECASE))
    for start, end in terms:  # they may overlap: blanked out, the others stay where they are
        text = text[:start] + " " * (end - start) + text[end:]
    values = numbers_in(text, language)
    return is_share or any(value.denominator > 1 or measure == "number" for value in values)


def _terms(text: str, language: str) -> Iterator[tuple[int, int]]:
    """`(start, end)` of each length of time: from its number to its unit."""
    for unit in re.finditer(_table()["unit"][language], text, re.IGNORECASE):
        words = [word.start() for word in re.finditer(r"\w+", text[: unit.start()])][-_BEFORE_UNIT:]
        for start in [unit.start(), *reversed(words)]:
            if numbers_in(text[start : unit.end()], language):
                yield start, unit.end()
                break


@cache
def _patterns(kind: AnswerType, language: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in _table()[kind][language])


@cache
def _table() -> dict[str, Any]:
    return rtoml.loads(resources.files("qa.evidence").joinpath("answer_types.toml").read_text(encoding="utf-8"))
