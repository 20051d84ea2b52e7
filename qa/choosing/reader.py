"""A model at hand that reads a question and chooses among what was found. It can only choose worse or better, never
cite what was not found; and it may choose only once it has shown that it can (`qa.choosing.examination`)."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from index import SearchIndex
from qa.answer import Answer
from qa.candidates import Candidates, Choice
from qa.choosing.examination import examined, trials
from qa.choosing.reply import choice_of
from qa.choosing.request import INSTRUCTION, MOST_TOKENS, form_of, messages_for
from qa.evidence.changed_text import AS_KNOWN, ChangedTexts
from qa.messages import message
from qa.prose.generators.generator import Generator, GeneratorUnavailable
from qa.prose.generators.marks import Mark, Marks
from qa.understanding.glossary import translations

SECONDS = 20.0
_REST = 60.0  # seconds that a model which cannot be reached, or is too slow to be examined, is left alone
_ATTEMPTS = 2  # the second where the first reply was no choice
_FOUND = 6  # provisions that a search of the model's adds
Ask = Callable[[str], Answer]


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of asking the `model`: its choice, None with the `problem` where there is none; `candidates` are those
    it chose among; `read` and `written` are tokens in all, 0 where the model does not count them; `calls` to it."""

    model: str
    candidates: Candidates
    choice: Choice | None = None
    problem: str = ""
    calls: int = 0
    read: int = 0
    written: int = 0

    def after(self, first: Reading) -> Reading:
        """This one, of the second time of asking, with what the `first` cost; its choice where this made none."""
        kept = self if self.choice else replace(self, choice=first.choice, candidates=first.candidates)
        return replace(
            kept,
            calls=first.calls + self.calls,
            read=first.read + self.read,
            written=first.written + self.written,
        )


class Reader:
    """Safe to share by threads; one generator serves them all. `seconds` bounds each call to the model; `marks` tells
    how it did where its choice was known."""

    def __init__(
        self,
        index: SearchIndex,
        generator: Generator,
        marks: Marks,
        changed: ChangedTexts = AS_KNOWN,
        seconds: float = SECONDS,
    ) -> None:
        self.generator = generator
        self._index, self._marks, self._changed, self._seconds = index, marks, changed, seconds
        self._trying = threading.Lock()
        self._failed: tuple[float, GeneratorUnavailable] | None = None  # when its examination broke off, and why

    def read(self, answer: Answer, ask: Ask, before: str = "") -> Reading:
        """The model's choice for the answer's question; none where it may not choose. Where it asks for a search
        instead, it chooses again among what that adds, once. `ask` answers without a model, and `before` is the
        question that this one follows on from. Never raises for the model's sake."""
        assert answer.candidates
        try:
            mark = self.mark(ask)
        except GeneratorUnavailable as error:
            return Reading(self.generator.name, answer.candidates, problem=str(error))
        if mark is None or not mark.passed:
            language = answer.language
            problem = message("written.trying", language) if mark is None else _failed(mark, language)
            return Reading(self.generator.name, answer.candidates, problem=problem)
        first = self._chosen(answer, answer.candidates, before)
        candidates = with_searches(first, self._index, answer.language)
        if candidates is None:
            return first
        return self._chosen(answer, candidates, before).after(first)

    def mark(self, ask: Ask) -> Mark | None:
        """How the model did in its examination, which it sits the first time; None while it does. Raises
        `GeneratorUnavailable`, and then nothing is held against it."""
        name, told = self.generator.name, INSTRUCTION + "".join(trial.text for trial in trials())
        if known := self._marks.of(name, told):
            return known
        if self._failed and time.monotonic() - self._failed[0] < _REST:
            raise self._failed[1]
        if not self._trying.acquire(blocking=False):
            return None
        try:
            found = self._marks.of(name, told) or examined(ask, self._choose)
            self._marks.keep(name, told, found)
        except GeneratorUnavailable as error:
            self._failed = time.monotonic(), error
            raise
        finally:
            self._trying.release()
        return found

    def _choose(self, answer: Answer, candidates: Candidates) -> Choice | None:
        reading = self._chosen(answer, candidates, "")
        if reading.choice is None and not reading.calls:
            raise GeneratorUnavailable(reading.problem)
        return reading.choice

    def _chosen(self, answer: Answer, candidates: Candidates, before: str) -> Reading:
        reading = Reading(self.generator.name, candidates)
        messages = messages_for(answer, candidates, self._index, self._changed, before)
        wanted = form_of(candidates)
        for _ in range(_ATTEMPTS):
            try:
                said = self.generator.complete(messages, most_tokens=MOST_TOKENS, seconds=self._seconds, wanted=wanted)
            except GeneratorUnavailable as error:
                return replace(reading, problem=str(error))
            reading = replace(
                reading,
                choice=choice_of(said.text, candidates),
                calls=reading.calls + 1,
                read=reading.read + said.read,
                written=reading.written + said.written,
            )
            if reading.choice:
                return reading
        return replace(reading, problem=message("written.no_choice", answer.language))


def with_searches(reading: Reading, index: SearchIndex, language: str) -> Candidates | None:
    """The candidates with what the searches find that the model asked for instead of choosing; None where it chose, or
    they find no more."""
    choice = reading.choice
    if choice is None or not choice.searches or choice.provisions or choice.subjects:
        return None
    documents = list(dict.fromkeys(name.split("#")[0] for name in reading.candidates.provisions))
    names: list[str] = []
    for words in choice.searches:
        found = index.search(
            words, language=language, documents=documents, limit=_FOUND, translations=translations(words, language)
        )
        names += [hit.provision.id for hit in found.hits]
    candidates = reading.candidates.with_more(tuple(names))
    return candidates if candidates != reading.candidates else None


def _failed(mark: Mark, language: str) -> str:
    return message("written.failed", language, right=mark.right, asked=mark.asked)
