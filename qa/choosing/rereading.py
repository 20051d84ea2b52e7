"""Putting a model's choice in the place of what the search put first, or leaving that as it was."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from index import SearchIndex
from qa.answer import Answer, TraceStep
from qa.candidates import Choice
from qa.choosing.reader import Reading
from qa.messages import message
from qa.understanding.glossary import translations
from qa.understanding.language import detect_language

_NEAREST = 10  # provisions among which one chosen must be, for the model's sentence on the question to be shown
_ADDRESS = re.compile(r"https?:|www\.|@|\d{5}", re.IGNORECASE)


def reread(answer: Answer, reading: Reading, chosen: Callable[[Choice], Answer], index: SearchIndex) -> Answer:
    """The answer with what the model chose, made by `chosen`; as it was where it chose the same or nothing."""
    choice, language = reading.choice, answer.language
    if choice is None or not (choice.provisions or choice.subjects or choice.refusal):
        told = message("written.not_chosen", language, problem=reading.problem)
        return _with_step(answer, told)
    counts = {"model": reading.model, "count": len(reading.candidates.provisions)}
    cost = message("written.cost", language, calls=reading.calls, read=reading.read, written=reading.written)
    if choice.refusal:
        step = message("written.chose_none", language, **counts)
        # That it is not there, or that the text judges nobody, with the nearest subject, says more than a refusal.
        other = answer if answer.absent or answer.opinion or answer.abstained else chosen(choice)
    else:
        other = chosen(choice)
        step = message("written.chose", language, number=len(other.citations), **counts)
    kept = answer if _says_the_same(answer, other) else other
    understood = choice.understood if choice.provisions and _is_on(choice, language, index) else ""
    kept = replace(
        kept,
        reading=kept.reading or understood,
        candidates=reading.candidates,
        tokens=(reading.read, reading.written),
        elapsed_ms=round(answer.elapsed_ms + other.elapsed_ms, 1),
    )
    return _with_step(kept, f"{step} {cost}")


def _says_the_same(one: Answer, other: Answer) -> bool:
    return (one.abstained is None) == (other.abstained is None) and (
        [c.provision for c in one.citations] == [c.provision for c in other.citations]
    )


def _with_step(answer: Answer, told: str) -> Answer:
    return replace(answer, trace=(*answer.trace, TraceStep("generation", told)))


def _is_on(choice: Choice, language: str, index: SearchIndex) -> bool:
    """Whether the model's sentence on the question is in the reader's language and on what it chose: whoever reads it
    takes it for what is answered."""
    said = choice.understood
    if not said or _ADDRESS.search(said) or detect_language(said) != language:
        return False
    documents = list(dict.fromkeys(name.split("#")[0] for name in choice.provisions))
    found = index.search(
        said, language=language, documents=documents, limit=_NEAREST, translations=translations(said, language)
    )
    near = {hit.provision.article_id for hit in found.hits}
    return any(name.split("__")[0] in near for name in choice.provisions)
