"""The working state of one question on its way to an answer."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Literal, get_args

from corpus import LANGUAGES
from corpus.library.acts import ActKind
from qa.answer import Citation, Stage, TraceStep
from qa.candidates import Choice
from qa.errors import BadReference
from qa.messages import message
from qa.understanding.conversation import Earlier
from qa.understanding.question import Question
from qa.understanding.scope import Scope

Place = Literal["both", "constitution", "laws"]
ACT_KINDS = get_args(ActKind)


@dataclass(frozen=True, slots=True)
class Where:
    """Where to look: in the Constitution and the documents beside it, in a library of laws, or in both; and in which
    acts of the library, by their ids, their kinds and the language of their text, all of them where none are named."""

    place: Place = "both"
    acts: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()

    @property
    def only_laws(self) -> bool:
        """Whether the library alone is asked."""
        return self.place == "laws" or bool(self.acts or self.kinds or self.languages)


EVERYWHERE = Where()


def where_of(
    place: str, acts: Iterable[str], kinds: Iterable[str], languages: Iterable[str], reader: str = "en"
) -> Where:
    """Where to look, as it was typed. Raises `BadReference`, worded for the reader."""
    texts, chosen = tuple(languages), tuple(kinds)
    if others := [kind for kind in chosen if kind not in ACT_KINDS]:
        raise BadReference(message("bad.act_kind", reader, value=repr(others[0]), known=", ".join(ACT_KINDS)))
    if unknown := [code for code in texts if code not in LANGUAGES]:
        raise BadReference(message("bad.language", reader, value=unknown[0]))
    for known in get_args(Place):
        if place == known:
            return Where(known, tuple(acts), chosen, texts)
    raise BadReference(message("bad.place", reader, value=repr(place)))


@dataclass(frozen=True, slots=True)
class Asked:
    """What comes with a question: as for `Assistant.ask`, when it came (`time.perf_counter`, seconds), and what a model
    at hand chose of what was found; `choosable`: one elsewhere is to choose."""

    as_of: date | None
    document: str | None
    earlier: Earlier | None
    quotes_in: str | None
    started: float
    choice: Choice | None = None
    choosable: bool = False
    where: Where = EVERYWHERE


@dataclass(slots=True)
class Turn:
    """One question understood, the one before it, the day whose law is asked for and the documents asked, and what has
    been done.

    `document` is the one that the caller asked alone, beside what the question itself names; `dated`: the caller or the
    question names the day; `started`: when work on it began (`time.perf_counter`, seconds); `quotes_in`: the language
    to quote in where there is no official text in the reader's own; `choice` what a model at hand chose; `where` to
    look; `found`: what was sought so far, so that nothing is sought twice.
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
    where: Where = EVERYWHERE
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
