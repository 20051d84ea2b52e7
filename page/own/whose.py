"""Whose texts a question is put to: the law's, the visitor's own documents, or both."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

import gradio as gr

from page.translation import DEFAULT, Translated, say
from qa import Assistant
from qa.answer import Abstention, Answer
from qa.setup.private_library import PrivateLibrary
from qa.turn import EVERYWHERE, Where
from qa.understanding.conversation import Earlier

Whose = Literal["law", "own", "both"]
BOTH: Whose = "both"


def whose_of(value: object) -> Whose:
    """What a browser gave back, if it is one of them; else the law's."""
    return next((whose for whose in get_args(Whose) if whose == value), "law")


def switch(texts: Translated) -> gr.Radio:
    """The choice beside the question box, hidden until a document is held."""
    made: gr.Radio = texts.add(
        gr.Radio(
            _choices(DEFAULT),
            value=BOTH,
            label=say("whose", DEFAULT),
            elem_id="whose",
            container=False,
            show_label=False,
            visible=False,
        ),
        lambda code: gr.Radio(_choices(code), label=say("whose", code)),
    )
    return made


def offered(library: PrivateLibrary | None) -> gr.Radio:
    """The switch as it is now: without documents it is gone and set back."""
    return gr.Radio(visible=True) if library and library.held else gr.Radio(value=BOTH, visible=False)


def chip(whose: Whose, language: str) -> str:
    """What is set, in short."""
    return say("whose_own_short", language) if whose == "own" else say("whose_law_short", language)


@dataclass(frozen=True, slots=True)
class Texts:
    """The law's texts, the visitor's documents, and which of them a question is put to."""

    law: Assistant
    library: PrivateLibrary | None
    whose: Whose

    def ask(
        self,
        question: str,
        language: str,
        *,
        earlier: Earlier | None,
        as_of: date | None,
        quotes_in: str | None = None,
        where: Where = EVERYWHERE,
    ) -> tuple[Answer, Answer | None]:
        """What answers, and what the visitor's documents answer beside it where both are asked; `language` is the
        page's, to say in that the documents are gone. Raises `BadQuestion`."""
        if self.whose == "own":
            return (self.library and self.library.ask(question, earlier=earlier)) or gone(question, language), None
        answer = self.law.ask(question, earlier=earlier, as_of=as_of, quotes_in=quotes_in, where=where)
        beside = self.library if self.whose == "both" else None
        return answer, beside.ask(question, earlier=earlier) if beside else None


def gone(question: str, language: str) -> Answer:
    """That the documents a question was put to are held no longer."""
    told = say("own_gone", language)
    return Answer(
        question=question,
        language=language,
        as_of=date.today(),
        abstained=Abstention("not_in_corpus", told),
        text=told,
        citations=(),
        see_also=(),
        retrieved=(),
        fingerprint="",
        elapsed_ms=0.0,
        trace=(),
    )


def _choices(language: str) -> list[tuple[str, str]]:
    told = (say("whose_both", language), say("whose_own", language), say("whose_law", language))
    return list(zip(told, ("both", "own", "law"), strict=True))
