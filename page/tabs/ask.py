"""The tab to ask in: a conversation whose answers grow card by card and can be stopped."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import gradio as gr

from corpus.subjects import load_subjects
from page.admission import NotAdmitted
from page.background import ticking
from page.feedback import Verdict, keep_feedback
from page.site import BROWSER_SECRET, Site, client_of
from page.tabs.asking_options import AskingOptions, button, chosen_view
from page.translation import DEFAULT, Translated, say
from page.views.cards import growing, said, whole
from page.views.conversation import Asked, Exchange, to_keep
from page.views.export import conversation_markdown, conversation_page
from page.views.markup import escaped, topic_link
from qa import Answer, AnswerError
from qa.setup.private_library import PrivateLibrary
from qa.understanding.question import clean, parse_date

Message = dict[str, str]
# Subjects offered before anything is asked.
_BEGIN_WITH = ("human-rights", "detention", "work", "education", "digital-rights", "courts", "president", "kurultai")
_EXAMPLES = ("q1", "q2", "q3", "q4")
_BUSY = "(...given) => { window.atazan.busy(true); return given; }"  # something moves before the server answers
_TICK = 0.4  # seconds
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
                height=None,
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
            examples = [button(texts, f"example.{key}", elem_id=f"example-{key}") for key in _EXAMPLES]
        chosen = gr.HTML(elem_id="chosen")
        with gr.Row(elem_classes="az-tools-row"):
            stop = button(texts, "page.stop", elem_id="stop")
            clear = button(texts, "page.clear", elem_id="clear")
            undo = button(texts, "page.undo", elem_id="undo", visible=False)
        options = AskingOptions(texts)
        self.quotes_in, self.consent = options.quotes_in, options.consent
        texts.add(gr.HTML(_note(DEFAULT)), lambda code: gr.HTML(_note(code)))
        self.turns = gr.State([])
        self.kept = gr.BrowserState([], storage_key="atazan-conversation", secret=BROWSER_SECRET)
        cleared = gr.State([])
        taken = gr.Textbox(visible="hidden", elem_id="taken", label="taken", show_label=False)
        # scripts/pressed.js puts a question here that is to be asked without what went before.
        alone = gr.Textbox(visible="hidden", elem_id="alone", label="alone", show_label=False)

        asked: list[Any] = [self.box, self.chat, self.turns]
        after = [self.chat, self.turns, library, language, self.prose, options.day, self.quotes_in]
        given: list[Any] = [*after, gr.State(value=False)]
        quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
        # Gradio takes an event that was stopped for one still running; scripts/asking.js keeps a question from being
        # asked twice.
        asking: dict[str, Any] = {"concurrency_limit": _AT_ONCE, "js": _BUSY, "trigger_mode": "multiple", **quiet}
        running = [self.box.submit(self._respond, [self.box, *given], asked, **asking)]
        running += [example.click(self._respond, [example, *given], asked, **asking) for example in examples]
        running.append(alone.change(self._respond, [alone, *after, gr.State(value=True)], asked, **asking))
        for event in running:
            event.then(None, None, None, js="() => window.atazan.answered()", **quiet).then(
                lambda turns: (to_keep(turns), gr.Button(visible=False)), self.turns, [self.kept, undo], **quiet
            )
        stop.click(None, None, None, cancels=running, **quiet)
        stop.click(None, None, None, js="() => window.atazan.busy(false)", **quiet)
        clear.click(
            lambda turns: ("", [], [], [], turns, gr.Button(visible=bool(turns))),
            self.turns,
            [*asked, self.kept, cleared, undo],
            cancels=running,
            **quiet,
        ).then(None, None, None, js="() => window.atazan.at('?')", **quiet)
        undo.click(
            lambda turns: (self._history(turns), turns, to_keep(turns), gr.Button(visible=False)),
            cleared,
            [self.chat, self.turns, self.kept, undo],
            **quiet,
        ).then(None, None, None, js="() => window.atazan.show()", **quiet)
        for exported, export, name in (
            (options.markdown, conversation_markdown, "atazan.md"),
            (options.printed, conversation_page, "atazan.html"),
        ):
            exported.click(export, [self.turns, language], taken, **quiet).then(
                None, [taken], None, js=f"(text) => window.atazan.save(text, '{name}')"
            )
        settings = [language, options.day, self.consent, self.prose]
        for setting in settings:
            setting.change(chosen_view, settings, chosen, **quiet)

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
        alone: bool,
        request: gr.Request,
    ) -> Iterator[tuple[str, list[Message], list[Exchange]]]:
        """The conversation with the answer growing part by part; the box is emptied at once. A question is read after
        what went before, unless it stands `alone`."""
        if alone and not question:
            return  # as when the page is opened anew
        history = [*history, {"role": "user", "content": said(question, language)}]
        earlier = turns[-1].answer.thread if turns and not alone else None
        day = (day or "").strip()
        try:
            as_of = parse_date(day, language) if day else None
            clean(question, language)  # what cannot be read is told of in the page's language, not in a guessed one
        except AnswerError as error:
            yield question, [*history[:-1], _told(str(error))], turns
            return
        try:
            with self._site.admission.admitted(client_of(request), language):
                answer = self._site.assistant.ask(question, earlier=earlier, as_of=as_of, quotes_in=quotes_in)
                yours = library.ask(question, earlier=earlier) if library else None
            if yours and yours.doubtful and not answer.abstained:
                yours = None  # what the law answers is not followed by what a document of one's own hardly does
        except NotAdmitted as error:
            # The question stays in its box, to be sent again.
            yield question, [*history[:-1], _told(str(error))], turns
            return
        except AnswerError as error:
            yield "", [*history, _told(str(error))], turns
            return
        turns = [*turns, Exchange(answer, yours, day, alone)]
        before = history
        for content in self._shown(answer, len(turns) - 1, yours):
            history = [*before, {"role": "assistant", "content": content}]
            yield "", history, turns
        if prose:
            read = partial(self._site.assistant.read, earlier=earlier, as_of=as_of, quotes_in=quotes_in)
            for step in ticking(self._with_model(answer, yours, library, read), _TICK):
                if step is None:  # nothing new; but the visitor may have stopped it
                    yield "", history, turns
                    continue
                law, own, is_writing = step
                turns = [*turns[:-1], turns[-1]._replace(answer=law, yours=own)]
                content = self._whole(law, len(turns) - 1, own, is_writing=is_writing)
                history = [*before, {"role": "assistant", "content": content}]
                yield "", history, turns

    def _with_model(
        self, answer: Answer, yours: Answer | None, library: PrivateLibrary | None, read: Callable[[Answer], Answer]
    ) -> Iterator[tuple[Answer, Answer | None, bool]]:
        """The answer as the model chooses, then prose growing over it, or, where the law has none, over that of the
        visitor's documents. Both stand while the model works: whoever stops it keeps them."""
        yield answer, yours, True
        answer = read(answer)
        yield answer, yours, False
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

    def told_again(self, kept: list[Asked], language: str, request: gr.Request) -> tuple[list[Message], list[Exchange]]:
        """A conversation of these questions, the law answering alone. Where too many are asked at once, or one of them
        is no question any more, it ends there and says so."""
        turns: list[Exchange] = []
        try:
            with self._site.admission.admitted(client_of(request), language):
                for asked in kept:
                    earlier = turns[-1].answer.thread if turns and not asked.alone else None
                    as_of = parse_date(asked.day, language) if asked.day else None
                    answer = self._site.assistant.ask(asked.question, earlier=earlier, as_of=as_of)
                    turns.append(Exchange(answer, None, asked.day, asked.alone))
        except (NotAdmitted, AnswerError) as error:
            return [*self._history(turns), _told(str(error))], turns
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
                    "content": self._whole(exchange.answer, place, exchange.yours, is_writing=False),
                },
            )
        ]

    def judged(self, turn: int, verdict: Verdict, turns: list[Exchange], consent: bool, language: str) -> None:
        """Keep the visitor's verdict on one of the answers, and say so."""
        if 0 <= turn < len(turns):
            keep_feedback(self._site.folders.data, turns[turn].answer, verdict, with_question=consent)
            gr.Info(say("thanks", language), duration=3)


def _told(text: str) -> Message:
    return {"role": "assistant", "content": f'<div class="az-told" role="status">{escaped(text)}</div>'}


def _welcome(language: str) -> str:
    """What the empty conversation says: how it answers, from which texts, and subjects to begin with."""
    known = load_subjects()
    topics = "".join(topic_link(name, language, known[name].title(language)) for name in _BEGIN_WITH)
    return (
        f'<div class="az-welcome"><p>{escaped(say("welcome", language))}</p>'
        f'<p class="az-meta">{escaped(say("covered", language))}</p><p class="az-chips">{topics}</p></div>'
    )


def _note(language: str) -> str:
    return f'<p class="az-note">{escaped(say("disclaimer", language))}</p>'
