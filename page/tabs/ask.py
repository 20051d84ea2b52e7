"""The tab to ask in: a conversation whose answers grow card by card and can be stopped."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import gradio as gr

from corpus import load_catalogue
from page.admission import NotAdmitted
from page.feedback import Verdict, keep_feedback
from page.site import Site, client_of
from page.translation import DEFAULT, NATIVE, Translated, say
from page.views.cards import growing, said, whole
from page.views.export import conversation_markdown, conversation_page
from page.views.markup import escaped
from qa import Answer, AnswerError
from qa.messages import message
from qa.setup.private_library import PrivateLibrary
from qa.understanding.question import parse_date

Message = dict[str, str]
_EXAMPLES = ("q1", "q2", "q3", "q4")
_QUOTED_IN = ("ru", "kk")  # what can be chosen for quotes where the reader's language has no official text
_AT_ONCE = 32  # events handed to threads; the admission decides how many work


class AskTab:
    """The tab's components; `texts` are registered for the language switch."""

    def __init__(self, site: Site, texts: Translated, language: gr.Radio, library: gr.State) -> None:
        self._site = site
        self.chat = texts.add(
            gr.Chatbot(
                elem_id="chat",
                show_label=False,
                label="Atazan",
                height="56vh",
                placeholder=_welcome(DEFAULT),
                buttons=[],
                latex_delimiters=[],
                autoscroll=False,  # a long answer is read from its beginning
                feedback_options=None,
                layout="panel",
            ),
            lambda code: gr.Chatbot(placeholder=_welcome(code)),
        )
        self.box = texts.add(
            gr.Textbox(
                elem_id="question",
                show_label=False,
                label=say("ask", DEFAULT),
                placeholder=say("placeholder", DEFAULT),
                submit_btn=say("ask", DEFAULT),
                max_lines=4,
            ),
            lambda code: gr.Textbox(
                label=say("ask", code), placeholder=say("placeholder", code), submit_btn=say("ask", code)
            ),
        )
        self.prose = texts.add(
            gr.Checkbox(
                label=say("prose", DEFAULT),
                value=False,
                container=False,
                elem_id="prose",
                visible=site.assistant.has_model,
            ),
            lambda code: gr.Checkbox(label=say("prose", code)),
        )
        with gr.Row(elem_classes="az-examples"):
            examples = [_button(texts, f"example.{key}", elem_id=f"example-{key}") for key in _EXAMPLES]
        with gr.Row(elem_classes="az-tools-row"):
            stop = _button(texts, "page.stop", elem_id="stop")
            clear = _button(texts, "page.clear", elem_id="clear")
            markdown = _button(texts, "page.export_markdown", elem_id="export-markdown")
            printed = _button(texts, "page.export_print", elem_id="export-print")
        with gr.Row():
            self.day = texts.add(
                gr.Textbox(
                    label=say("law_on", DEFAULT),
                    elem_id="day",
                    max_lines=1,
                    placeholder="2020-01-01",
                    scale=0,
                    min_width=320,
                ),
                lambda code: gr.Textbox(label=say("law_on", code)),
            )
        with gr.Row():  # a row of its own: hidden beside the day it leaves a grey field
            self.quotes_in = texts.add(
                gr.Radio(
                    [(NATIVE[code], code) for code in _QUOTED_IN],
                    value=_QUOTED_IN[0],
                    label=say("quotes_in", DEFAULT),
                    elem_id="quotes-in",
                    visible=_has_no_edition(DEFAULT),
                    scale=0,
                    min_width=320,
                ),
                lambda code: gr.Radio(label=say("quotes_in", code), visible=_has_no_edition(code)),
            )
        consent = texts.add(
            gr.Checkbox(label=say("consent", DEFAULT), value=False, container=False, elem_id="consent"),
            lambda code: gr.Checkbox(label=say("consent", code)),
        )
        texts.add(gr.HTML(_note(DEFAULT)), lambda code: gr.HTML(_note(code)))
        self.turns = gr.State([])
        taken = gr.Textbox(visible="hidden", elem_id="taken", label="taken", show_label=False)

        asked: list[Any] = [self.box, self.chat, self.turns]
        given: list[Any] = [self.chat, self.turns, library, language, self.prose, self.day, self.quotes_in]
        quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
        running = [self.box.submit(self._respond, [self.box, *given], asked, concurrency_limit=_AT_ONCE, **quiet)]
        running += [
            button.click(self._respond, [button, *given], asked, concurrency_limit=_AT_ONCE, **quiet)
            for button in examples
        ]
        for event in running:
            event.then(None, None, None, js="() => window.atazan.show()", **quiet)
        stop.click(None, None, None, cancels=running, **quiet)
        clear.click(lambda: ("", [], []), None, asked, cancels=running, **quiet)
        for button, export, name in (
            (markdown, conversation_markdown, "atazan.md"),
            (printed, conversation_page, "atazan.html"),
        ):
            button.click(export, [self.turns, language], taken, **quiet).then(
                None, [taken], None, js=f"(text) => window.atazan.save(text, '{name}')"
            )
        self.consent = consent

    def _respond(
        self,
        question: str,
        history: list[Message],
        turns: list[Answer],
        library: PrivateLibrary | None,
        language: str,
        prose: bool,
        day: str | None,
        quotes_in: str,
        request: gr.Request,
    ) -> Iterator[tuple[str, list[Message], list[Answer]]]:
        """The conversation with the answer growing part by part; the box is emptied at once."""
        history = [*history, {"role": "user", "content": said(question)}]
        earlier = turns[-1].thread if turns else None
        try:
            with self._site.admission.admitted(client_of(request), language):
                as_of = parse_date(day, language) if day and day.strip() else None
                answer = self._site.assistant.ask(question, earlier=earlier, as_of=as_of, quotes_in=quotes_in)
                yours = library.ask(question, earlier=earlier) if library else None
        except NotAdmitted as error:
            # The question stays in its box, to be sent again.
            yield question, [*history[:-1], _told(str(error))], turns
            return
        except AnswerError as error:
            yield "", [*history, _told(str(error))], turns
            return
        turns = [*turns, answer]
        for content in self._shown(answer, len(turns) - 1, yours):
            yield "", [*history, {"role": "assistant", "content": content}], turns
        if prose:
            content = self._whole(answer, len(turns) - 1, yours, is_writing=True)
            yield "", [*history, {"role": "assistant", "content": content}], turns
            answer = self._site.assistant.read(answer, earlier=earlier, as_of=as_of, quotes_in=quotes_in)
            turns = [*turns[:-1], answer]
            content = self._whole(answer, len(turns) - 1, yours, is_writing=False)
            yield "", [*history, {"role": "assistant", "content": content}], turns
            for law, own, is_writing in self._written(answer, yours, library):
                turns = [*turns[:-1], law]
                content = self._whole(law, len(turns) - 1, own, is_writing=is_writing)
                yield "", [*history, {"role": "assistant", "content": content}], turns

    def _written(
        self, answer: Answer, yours: Answer | None, library: PrivateLibrary | None
    ) -> Iterator[tuple[Answer, Answer | None, bool]]:
        """Prose growing over the answer, or, where the law has none, over that of the visitor's documents. Both stand
        while the model writes: whoever stops it keeps them."""
        if not answer.abstained and (writer := self._site.assistant.writer_of(answer)):
            yield answer, yours, True
            for grown in writer.write(answer):
                yield grown, yours, False
        elif library and yours and not yours.abstained and (writer := library.writer):
            yield answer, yours, True
            for grown in writer.write(yours):
                yield answer, grown, False

    def _shown(self, answer: Answer, turn: int, yours: Answer | None) -> Iterator[str]:
        return growing(answer, self._site.assistant.index.documents, turn=turn, yours=yours)

    def _whole(self, answer: Answer, turn: int, yours: Answer | None, *, is_writing: bool) -> str:
        return whole(answer, self._site.assistant.index.documents, turn=turn, yours=yours, is_writing=is_writing)

    def judged(self, turn: int, verdict: Verdict, turns: list[Answer], consent: bool, language: str) -> None:
        """Keep the visitor's verdict on one of the answers, and say so."""
        if 0 <= turn < len(turns):
            keep_feedback(self._site.folders.data, turns[turn], verdict, with_question=consent)
            gr.Info(say("thanks", language), duration=3)


def _has_no_edition(language: str) -> bool:
    """Whether the Constitution in force has no official text in the language."""
    constitution = load_catalogue().constitution_on(date.today())
    return constitution is not None and constitution.edition(language) is None


def _told(text: str) -> Message:
    return {"role": "assistant", "content": f'<div class="az-told" role="status">{escaped(text)}</div>'}


def _button(texts: Translated, key: str, *, elem_id: str) -> gr.Button:
    button = gr.Button(message(key, DEFAULT), size="sm", elem_id=elem_id, min_width=120)
    texts.add(button, lambda code: gr.Button(message(key, code)))
    return button


def _welcome(language: str) -> str:
    """What the empty conversation says."""
    return f'<div class="az-welcome">{escaped(say("welcome", language))}</div>'


def _note(language: str) -> str:
    return f'<p class="az-note">{escaped(say("disclaimer", language))}</p>'
