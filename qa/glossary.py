"""The question's words in the languages of the texts, by a glossary of the law's terms and everyday words."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

from corpus import LANGUAGES
from index.analysis import terms

_Phrase = tuple[str, ...]


def translations(question: str, language: str) -> dict[str, str]:
    """For each language, what the glossary has for the question's words; "" where it knows none of them.

    A concept counts when all stems of one of its phrases occur in the question; the longest phrase found decides,
    so that "vice president" does not also stand for the president.
    """
    present = terms(question, language)
    matched = [(phrase, number) for phrase, number in _phrases(language) if _occurs(phrase, present)]
    covered = [set(phrase) for phrase, _ in matched]
    numbers = dict.fromkeys(number for phrase, number in matched if not any(set(phrase) < other for other in covered))
    return {code: " ".join(word for number in numbers for word in _concepts()[number][code]) for code in LANGUAGES}


def _occurs(phrase: _Phrase, present: list[str]) -> bool:
    return all(term in present for term in phrase)


@cache
def _concepts() -> tuple[dict[str, list[str]], ...]:
    table = tomllib.loads(resources.files("qa").joinpath("glossary.toml").read_text(encoding="utf-8"))
    return tuple(table["concept"])


@cache
def _phrases(language: str) -> tuple[tuple[_Phrase, int], ...]:
    return tuple(
        (tuple(terms(phrase, language)), number)
        for number, concept in enumerate(_concepts())
        for phrase in concept[language]
    )
