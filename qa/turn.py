"""The working state of one question on its way to an answer."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from qa.answer import Citation, Stage, TraceStep
from qa.candidates import Choice
from qa.messages import message
from qa.understanding.conversation import Earlier
from qa.understanding.question import Question
from qa.understanding.scope import Scope


@dataclass(slots=True)
class Turn:
    """One question understood, the one before it, the day whose law is asked for and the documents asked, and what has
    been done.

    `document` is the one that the caller asked alone, beside what the question itself names; `dated`: the caller or the
    question names the day; `started`: when work on it began (`time.perf_counter`, seconds); `quotes_in`: the language
    to quote in where there is no official text in the reader's own; `choice` what a model at hand chose; `found`: what
    was sought so far, so that nothing is sought twice.
    """

    question: Question
    earlier: Earlier | None
    as_of: date
    scope: Scope
    started: float
    document: str | None = None
    dated: bool = False
    quotes_in: str | None = None
    choice: Choice | None = None
    steps: list[TraceStep] = field(default_factory=list)
    found: dict[Hashable, Any] = field(default_factory=dict)

    @property
    def day(self) -> date | None:
        """The day asked about, where one is named."""
        return self.as_of if self.dated else None

    def say(self, key: str, **values: object) -> str:
        """The message in the reader's language."""
        return message(key, self.question.language, **values)

    def step(self, stage: Stage, key: str, **values: object) -> None:
        """Leaves a trace."""
        self.steps.append(TraceStep(stage, self.say(key, **values)))

    def thread(self, citations: Sequence[Citation], subjects: Sequence[str] = ()) -> Earlier:
        """What the next question may lean on: the last question that stood by itself, the article cited now, what was
        shown and the `subjects` told, by their ids."""
        leaned_on = self.earlier if self.question.reading else None
        thread = leaned_on or Earlier(self.question.text, self.question.language)
        thread = replace(thread, shown=tuple(c.provision for c in citations), subjects=tuple(subjects))
        first = next((c for c in citations if "#art_" in c.provision), None)
        if first is None:
            return thread
        article = first.provision.split("#art_")[1].split("__")[0]
        return replace(thread, language=self.question.language, article=article, document=first.document)
