"""The question's words in the languages of the texts, by a glossary of the law's terms and everyday words."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from importlib import resources

import rtoml

from corpus import LANGUAGES
from index.words.analysis import terms

_Phrase = tuple[str, ...]


def translations(question: str, language: str) -> dict[str, str]:
    """For each language, what the glossary has for the question's words; "" where it knows none of them.

    A concept counts when all stems of one of its phrases occur in the question; the longest phrase found decides,
    so that "vice president" does not also stand for the president.
    """
    present = terms(question, language)
    begun = (entry for term in dict.fromkeys(present) for entry in _phrases(language).get(term, ()))
    matched = sorted({(number, phrase) for phrase, number in begun if set(phrase) <= set(present)})
    covered = [set(phrase) for _, phrase in matched]
    numbers = dict.fromkeys(number for number, phrase in matched if not any(set(phrase) < other for other in covered))
    return {code: " ".join(word for number in numbers for word in _concepts()[number][code]) for code in LANGUAGES}


@cache
def _concepts() -> tuple[dict[str, list[str]], ...]:
    table = rtoml.loads(resources.files("qa.understanding").joinpath("glossary.toml").read_text(encoding="utf-8"))
    return tuple(table["concept"])


@cache
def _phrases(language: str) -> dict[str, list[tuple[_Phrase, int]]]:
    """Phrases with the number of their concept, by their first term."""
    found: dict[str, list[tuple[_Phrase, int]]] = defaultdict(list)
    for number, concept in enumerate(_concepts()):
        for phrase in concept[language]:
            stems = tuple(terms(phrase, language))
            found[stems[0]].append((stems, number))
    return dict(found)
