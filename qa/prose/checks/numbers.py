"""Numbers, terms, shares and years must stand in a cited provision, in words or digits, in any language."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from corpus.text.numbers import numbers_in
from qa.prose.checks.doubt import Doubt
from qa.prose.checks.marks import has
from qa.prose.checks.source import Source
from qa.understanding.references import find_references

# What says "two" or "twice" in other words.
_TWO = {
    "en": r"\b(?:dual|double|both|more than once)\b",
    "ru": r"\b(?:двойн\w+|об(?:а|е|оих|еих|оим|еим|оими|еими)|(?<!не )(?:более|больше) одного раза)\b",
    "kk": r"\b(?:қос\w*|екеу\w*|бір (?:рет|реттен) артық|бір реттен көп)\b",
}


def unfounded_numbers(sentence: str, language: str, sources: Sequence[Source]) -> list[Doubt]:
    """Numbers, terms, shares and years must stand in a cited provision, in words or digits, in any language."""
    for reference in reversed(find_references(sentence)):
        sentence = sentence[: reference.span[0]] + " " + sentence[reference.span[1] :]
    known = {number for source in sources for p in source.texts for number in numbers_in(p.body, p.language)}
    if any(has(_TWO, p.body, p.language) for source in sources for p in source.texts):
        known.add(Fraction(2))
    return [Doubt("number", str(number)) for number in sorted(numbers_in(sentence, language) - known)]
