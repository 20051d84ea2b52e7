"""The tab to ask in: a conversation whose answers grow card by card and can be stopped."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import gradio as gr

from page.admission import NotAdmitted
from page.asking.day import chosen_marks, taken_away
from page.asking.following import Following
from page.asking.welcome import welcome
from page.asking.where import where_chosen
from page.background import ticking
from page.own.whose import Texts, Whose, switch
from page.site import BROWSER_SECRET, Site, client_of
from page.tabs.asking_options import AskingOptions, button, chosen_view
from page.tabs.quiet import QUIET
from page.translation import DEFAULT, Translated, say
from page.views.cards import growing, said, whole
from page.views.conversation import Asked, Exchange, to_keep
from page.views.export import conversation_markdown, conversation_page
from page.views.markup import escaped
from qa import Answer, AnswerError
from qa.setup.private_library import PrivateLibrary
from qa.turn import EVERYWHERE, Where
from qa.understanding.question import clean, parse_date

Message = dict[str, str]
_EXAMPLES = ("q1", "q2", "q3", "q4")
_BUSY = "(...given) => { window.atazan.asked(given[0]); return given; }"  # something moves before the server answers
_TICK = 0.4  # seconds
_AT_ONCE = 32  # events handed to threads; the admission decides how many work


class AskTab:
    """The tab's components; `texts` are registered for the language switch."""

    def __init__(self, site: Site, texts: Translated, language: gr.Radio, library: gr.State) -> None:
        self._site = site
        self._following = Following(site)
        self.chat = texts.add(
            gr.Chatbot(
                elem_id="chat",
                show_label=False,
                label="Atazan",
                height=None,
                placeholder=welcome(DEFAULT),
                buttons=[],
                latex_delimiters=[],
                autoscroll=False,  # a long answer is read from its beginning
                feedback_options=None,
                layout="panel",
            ),
            lambda code: gr.Chatbot(placeholder=welcome(code)),
        )
        with gr.Row(elem_classes="az-examples"):
            examples = [button(texts, f"example.{key}", elem_id=f"example-{key}") for key in _EXAMPLES]
        self.added = gr.HTML(elem_id="added")  # what became of documents dropped here, told until a question is asked
        self.files: gr.State = gr.State([])
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
        with gr.Row():  # apart from the box, which stays in sight
            self.whose = switch(texts)
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
        chosen = chosen_marks()
        with gr.Row(elem_classes="az-tools-row"):
            stop = button(texts, "page.stop", elem_id="stop")
            clear = button(texts, "page.clear", elem_id="clear")
            undo = button(texts, "page.undo", elem_id="undo", visible=False)
        options = AskingOptions(texts, has_library=site.assistant.legislation is not None)
        self.quotes_in, self.consent = options.quotes_in, options.consent
        texts.add(gr.HTML(_note(DEFAULT)), lambda code: gr.HTML(_note(code)))
        self.turns = gr.State([])
        self.kept = gr.BrowserState([], storage_key="atazan-conversation", secret=BROWSER_SECRET)
        cleared = gr.State([])
        taken = gr.Textbox(visible="hidden", elem_id="taken", label="taken", show_label=False)
        # scripts/pressed.js puts a question here that is to be asked without what went before.
        alone = gr.Textbox(visible="hidden", elem_id="alone", label="alone", show_label=False)

        asked: list[Any] = [self.box, self.chat, self.turns]
        after = [self.chat, self.turns, library, language, self.prose, options.day, self.quotes_in, self.whose]
        after += [options.where.place, options.where.kind]
        given: list[Any] = [*after, gr.State(value=False)]
        # Gradio takes an event that was stopped for one still running; scripts/asking.js keeps a question from being
        # asked twice.
        asking: dict[str, Any] = {"concurrency_limit": _AT_ONCE, "js": _BUSY, "trigger_mode": "multiple", **QUIET}
        running = [self.box.submit(self._respond, [self.box, *given], asked, **asking)]
        running += [example.click(self._respond, [example, *given], asked, **asking) for example in examples]
        running.append(alone.change(self._respond, [alone, *after, gr.State(value=True)], asked, **asking))
        for event in running:
            event.then(None, None, None, js="() => window.atazan.answered()", **QUIET).then(
                lambda turns: (to_keep(turns), gr.Button(visible=False)), self.turns, [self.kept, undo], **QUIET
            )
        for asks in (self.box.submit, *(example.click for example in examples)):
            asks(lambda: ("", []), None, [self.added, self.files], **QUIET)
        stop.click(None, None, None, cancels=running, **QUIET)
        stop.click(None, None, None, js="() => window.atazan.busy(false)", **QUIET)
        clear.click(
            lambda turns: ("", [], [], [], turns, gr.Button(visible=bool(turns))),
            self.turns,
            [*asked, self.kept, cleared, undo],
            cancels=running,
            **QUIET,
        ).then(None, None, None, js="() => window.atazan.at('?')", **QUIET)
        undo.click(
            lambda turns: (self._history(turns), turns, to_keep(turns), gr.Button(visible=False)),
            cleared,
            [self.chat, self.turns, self.kept, undo],
            **QUIET,
        ).then(None, None, None, js="() => window.atazan.show()", **QUIET)
        for exported, export, name in (
            (options.markdown, conversation_markdown, "atazan.md"),
            (options.printed, conversation_page, "atazan.html"),
        ):
            exported.click(export, [self.turns, language], taken, **QUIET).then(
                None, [taken], None, js=f"(text) => window.atazan.save(text, '{name}')"
            )
        settings = [language, options.day, self.consent, self.prose, self.whose]
        settings += [options.where.place, options.where.kind]
        taken_away(chosen, options.day)
        for setting in settings:
            setting.change(chosen_view, settings, chosen, **QUIET)

    def _respond(
        self,
        question: str,
        history: list[Message],
        turns: list[Exchange],
        library: PrivateLibrary | None,
        language: str,
        prose: bool,
        day: str | None,
        quotes_in: str,
        chosen: Whose,
        place: str,
        kind: str,
        alone: bool,
        request: gr.Request,
    ) -> Iterator[tuple[str, list[Message], list[Exchange]]]:
        """The conversation with the answer growing part by part; the box is emptied at once. A question is read after
        what went before, unless it stands `alone`, and put to the texts `chosen` as far as there are any."""
        if alone and not question:
            return  # as when the page is opened anew
        history = [*history, {"role": "user", "content": said(question, language)}]
        earlier = turns[-1].answer.thread if turns and not alone else None
        day = (day or "").strip()
        whose: Whose = chosen if chosen == "own" or (library and library.held) else "law"
        where = self._where(place, kind)
        try:
            as_of = parse_date(day, language) if day else None
            clean(question, language)  # what cannot be read is told of in the page's language, not in a guessed one
        except AnswerError as error:
            yield question, [*history[:-1], _told(str(error))], turns
            return
        try:
            with (
                self._site.watch.request("page", language) as watched,
                self._site.admission.admitted(client_of(request), language),
            ):
                texts = Texts(self._site.assistant, library, whose)
                answer, yours = texts.ask(
                    question, language, earlier=earlier, as_of=as_of, quotes_in=quotes_in, where=where
                )
                watched.answered(yours if yours and answer.abstained else answer)
        except NotAdmitted as error:
            # The question stays in its box, to be sent again.
            yield question, [*history[:-1], _told(str(error))], turns
            return
        except AnswerError as error:
            yield "", [*history, _told(str(error))], turns
            return
        turns = [*turns, Exchange(answer, yours, day, alone, whose, where=where)]
        before = history
        for content in growing(**self._view(turns[-1], len(turns) - 1)):
            history = [*before, {"role": "assistant", "content": content}]
            yield "", history, turns
        if prose:
            read = partial(self._site.assistant.read, earlier=earlier, as_of=as_of, quotes_in=quotes_in, where=where)
            for step in ticking(self._with_model(turns[-1], library, read), _TICK):
                if step is None:  # nothing new; but the visitor may have stopped it
                    yield "", history, turns
                    continue
                exchange, is_writing = step
                turns = [*turns[:-1], exchange]
                content = self._whole(turns, len(turns) - 1, is_writing=is_writing)
                history = [*before, {"role": "assistant", "content": content}]
                yield "", history, turns
        turns = self._followed(turns)
        yield "", [*before, {"role": "assistant", "content": self._whole(turns, len(turns) - 1)}], turns

    def _where(self, place: str, kind: str) -> Where:
        """Where to look; everywhere where there is no library to choose."""
        return where_chosen(place, kind) if self._site.assistant.legislation else EVERYWHERE

    def _followed(self, turns: list[Exchange]) -> list[Exchange]:
        """The conversation with what may be asked after its last answer."""
        if turns[-1].day or turns[-1].whose == "own":
            return turns  # what is known to be answered is known of the law of today
        following = self._following.after(turns[-1].answer, [turn.answer.question for turn in turns])
        return [*turns[:-1], turns[-1]._replace(following=following)]

    def _with_model(
        self, exchange: Exchange, library: PrivateLibrary | None, read: Callable[[Answer], Answer]
    ) -> Iterator[tuple[Exchange, bool]]:
        """The answer as the model chooses, then prose growing over it, or, where the law has none or was not asked,
        over that of the visitor's documents. All of it stands while the model works: whoever stops it keeps it."""
        yield exchange, True
        if exchange.whose != "own":
            exchange = exchange._replace(answer=read(exchange.answer))
            yield exchange, False
        of_law = exchange.whose != "own" and not exchange.answer.abstained
        said = exchange.answer if of_law or exchange.whose == "own" else exchange.yours
        writer = self._site.assistant.writer_of(exchange.answer) if of_law else library.writer if library else None
        if writer is None or said is None or said.abstained:
            yield exchange, False
            return
        yield exchange, True
        for grown in writer.write(said):
            yield exchange._replace(yours=grown) if said is exchange.yours else exchange._replace(answer=grown), False

    def _view(self, exchange: Exchange, turn: int) -> dict[str, Any]:
        """What the views of an answer are given."""
        documents = self._site.assistant.index.documents
        own = {"yours": exchange.yours, "whose": exchange.whose}
        return {"answer": exchange.answer, "documents": documents, "turn": turn, **own}

    def _whole(self, turns: list[Exchange], turn: int, *, is_writing: bool = False) -> str:
        exchange = turns[turn]
        return whole(**self._view(exchange, turn), is_writing=is_writing, following=exchange.following)

    def told_again(self, kept: list[Asked], language: str, request: gr.Request) -> tuple[list[Message], list[Exchange]]:
        """A conversation of these questions, the law answering alone; the visitor's documents are gone, and where they
        were asked it says so. Where too many are asked at once, or one of them is no question any more, it ends there
        and says that."""
        turns: list[Exchange] = []
        try:
            with self._site.admission.admitted(client_of(request), language):
                for asked in kept:
                    earlier = turns[-1].answer.thread if turns and not asked.alone else None
                    as_of = parse_date(asked.day, language) if asked.day else None
                    texts = Texts(self._site.assistant, None, asked.whose)
                    where = self._where(asked.place, asked.kind)
                    answer, _ = texts.ask(asked.question, language, earlier=earlier, as_of=as_of, where=where)
                    turns.append(Exchange(answer, None, asked.day, asked.alone, asked.whose, where=where))
        except (NotAdmitted, AnswerError) as error:
            return [*self._history(turns), _told(str(error))], turns
        turns = self._followed(turns)
        return self._history(turns), turns

    def _history(self, turns: list[Exchange]) -> list[Message]:
        """The conversation as it is shown."""
        return [
            message
            for place, exchange in enumerate(turns)
            for message in (
                {"role": "user", "content": said(exchange.answer.question, exchange.answer.language)},
                {
                    "role": "assistant",
                    "content": self._whole(turns, place),
                },
            )
        ]


def _told(text: str) -> Message:
    return {"role": "assistant", "content": f'<div class="az-told" role="status">{escaped(text)}</div>'}


def _note(language: str) -> str:
    return f'<p class="az-note">{escaped(say("disclaimer", language))}</p>'
