"""One place that is told of each request; figures and the journal are made of what it is told."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Literal

from corpus import LANGUAGES, CorpusError
from page.admission import NotAdmitted
from page.watching.journal import note
from qa import Answer, AnswerError

if TYPE_CHECKING:
    from page.watching.figures import Figures

# A question asked in the page, and the tools for programs.
Kind = Literal["page", "ask", "search", "read_article", "compare", "topic", "topics"]


class Watched:
    """One request under way. `outcome` is "answered", an abstention's reason, "too_often", "busy", "bad_input" or
    "failed"; `language` the answer's, "" while none is known."""

    def __init__(self, language: str) -> None:
        self.language = language if language in LANGUAGES else ""
        self.outcome = "answered"

    def told(self, result: Mapping[str, Any]) -> None:
        """Take language and outcome from what a tool gave back."""
        self.language = str(result.get("language") or self.language)
        if abstained := result.get("abstained"):
            self.outcome = str(abstained["reason"])

    def answered(self, answer: Answer) -> None:
        """The same from an answer."""
        self.language = answer.language
        if answer.abstained:
            self.outcome = answer.abstained.reason


class Watch:
    """Counts in `figures`, where there are any, and writes the journal. Safe to share by threads."""

    def __init__(self, figures: Figures | None = None) -> None:
        self._figures = figures

    @contextmanager
    def request(self, kind: Kind, language: str) -> Iterator[Watched]:
        """Around the whole of a request, its wait included; what is raised goes on."""
        watched, begun = Watched(language), time.perf_counter()
        try:
            yield watched
        except NotAdmitted as error:
            watched.outcome = error.why
            raise
        except (AnswerError, CorpusError):
            watched.outcome = "bad_input"
            raise
        except BaseException:
            watched.outcome = "failed"
            raise
        finally:
            seconds = time.perf_counter() - begun
            if self._figures:
                self._figures.asked(kind, watched.language, watched.outcome, seconds)
            note(kind, outcome=watched.outcome, milliseconds=round(seconds * 1000), language=watched.language)

    def opened(self, language: str) -> None:
        """The page stands in a browser."""
        if self._figures:
            self._figures.opened(language)
        note("opened", language=language)

    def judged(self, verdict: str, reason: str | None, language: str, question: str | None) -> None:
        """Feedback was kept; `question` only with its asker's consent."""
        if self._figures:
            self._figures.judged(verdict, reason or "")
        told: dict[str, Any] = {"outcome": verdict, "reason": reason, "language": language, "question": question}
        note("feedback", **{name: value for name, value in told.items() if value is not None})
