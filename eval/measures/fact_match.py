"""Does the answer hold the facts asked for?

A fact is a number, found in digits or in words of any of the three languages ("72" in "seventy-two hours"), or a word
or phrase, found whatever its case.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from corpus import LANGUAGES
from corpus.text.numbers import numbers_in
from eval.asking.response import Outcome


def fact_match(outcomes: Sequence[Outcome]) -> list[tuple[Outcome, float]]:
    """Of each question that names facts, whether all of them are in the answer; a refusal holds none."""
    return [
        (o, float(not o.response.abstained and not missing_facts(o)))
        for o in outcomes
        if o.item.answerable and o.item.facts
    ]


def missing_facts(outcome: Outcome) -> list[str]:
    """The facts that the answer does not hold."""
    text = outcome.response.text
    numbers = {value for language in LANGUAGES for value in numbers_in(text, language)}
    return [fact for fact in outcome.item.facts if not _holds(fact, text, numbers)]


def _holds(fact: str, text: str, numbers: set[Fraction]) -> bool:
    try:
        return Fraction(fact.replace(",", ".")) in numbers
    except ValueError:
        return fact.casefold() in text.casefold()
