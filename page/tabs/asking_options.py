"""What is set seldom beside a question, folded away under it; what is set shows above it all the same."""

from __future__ import annotations

from datetime import date

import gradio as gr

from corpus import load_catalogue
from page.asking.day import DayAsked, day_mark
from page.asking.where import WhereAsked, where_chosen, where_told
from page.own.whose import BOTH, Whose, chip
from page.translation import DEFAULT, NATIVE, Translated, say
from page.views.markup import escaped
from qa.messages import message

_QUOTED_IN = ("ru", "kk")  # what can be chosen for quotes where the reader's language has no official text


class AskingOptions:
    """The day whose law is asked for, where to look with a library of laws, the language of quotes, consent to keep a
    question, and the buttons that take the conversation away."""

    def __init__(self, texts: Translated, *, has_library: bool = False) -> None:
        folded = texts.add(
            gr.Accordion(say("options", DEFAULT), open=False, elem_id="options"),
            lambda code: gr.Accordion(label=say("options", code)),
        )
        with folded:
            self.day = DayAsked(texts).day
            self.where = WhereAsked(texts, has_library=has_library)
            with gr.Row():  # a row of its own: hidden beside the day it leaves a grey field
                self.quotes_in = texts.add(
                    gr.Radio(
                        [(NATIVE[code], code) for code in _QUOTED_IN],
                        value=_QUOTED_IN[0],
                        label=say("quotes_in", DEFAULT),
                        elem_id="quotes-in",
                        visible=_has_no_edition(DEFAULT),
                    ),
                    lambda code: gr.Radio(label=say("quotes_in", code), visible=_has_no_edition(code)),
                )
            self.consent = texts.add(
                gr.Checkbox(label=say("consent", DEFAULT), value=False, container=False, elem_id="consent"),
                lambda code: gr.Checkbox(label=say("consent", code)),
            )
            with gr.Row(elem_classes="az-tools-row"):
                self.markdown = button(texts, "page.export_markdown", elem_id="export-markdown")
                self.printed = button(texts, "page.export_print", elem_id="export-print")


def chosen_view(
    language: str,
    day: str | None,
    consent: bool,
    prose: bool,
    whose: Whose = BOTH,
    place: str = "",
    kind: str = "",
) -> str:
    """What is set, as marks at the question box; "" where nothing is."""
    told = [chip(whose, language)] if whose != BOTH else []
    told += where_told(where_chosen(place, kind), language)
    told += [say("prose_short", language)] if prose else []
    told += [say("consent_short", language)] if consent else []
    marks = day_mark(day or "", language) + "".join(f'<span class="az-chip">{escaped(text)}</span>' for text in told)
    return f'<div class="az-chips">{marks}</div>' if marks else ""


def button(texts: Translated, key: str, *, elem_id: str, visible: bool = True) -> gr.Button:
    """A small button with a message on it."""
    made = gr.Button(message(key, DEFAULT), size="sm", elem_id=elem_id, min_width=120, visible=visible)
    texts.add(made, lambda code: gr.Button(message(key, code)))
    return made


def _has_no_edition(language: str) -> bool:
    """Whether the Constitution in force has no official text in the language."""
    constitution = load_catalogue().constitution_on(date.today())
    return constitution is not None and constitution.edition(language) is None
