"""The tab of subjects: an index to browse and filter, one subject told as a whole."""

from __future__ import annotations

from typing import Any

import gradio as gr

from corpus.text.folding import fold_run
from page.site import Site
from page.tabs.quiet import QUIET
from page.translation import DEFAULT, Translated, say
from page.views.markup import escaped
from page.views.topic_view import index_view, topic_view
from qa.errors import AnswerError
from qa.reading.topic import read_topic, topics

FIRST = "human-rights"
_LONGEST = 200  # letters of what the index is filtered by


class TopicsTab:
    """The tab's components; `topic` is the id of the subject open."""

    def __init__(self, site: Site, texts: Translated, language: gr.Radio) -> None:
        self._site = site
        self.find = texts.add(
            gr.Textbox(label=say("topics_find", DEFAULT), elem_id="topics-find", max_lines=1, min_width=200),
            lambda code: gr.Textbox(label=say("topics_find", code)),
        )
        with gr.Row(elem_classes="az-reader az-topics-row"):
            with gr.Column(scale=5, min_width=300):
                self.leaflet = gr.HTML(elem_id="topic")
            with gr.Column(scale=2, min_width=260):
                self.index = gr.HTML(elem_id="topics")
        self.topic = gr.State(FIRST)
        self.seen: list[Any] = [self.topic, self.find, language]
        self.views = [self.leaflet, self.index]
        self.find.change(self._listed, self.seen, self.index, trigger_mode="always_last", **QUIET)

    def view(self, topic: str, words: str | None, language: str) -> tuple[str, str]:
        """The subject and the index; one sentence in the subject's place where there is none of that name."""
        index = self._listed(topic, words, language)
        try:
            return topic_view(read_topic(self._site.room, topic, language)), index
        except AnswerError as error:
            return f'<p role="status">{escaped(str(error))}</p>', index

    def _listed(self, topic: str, words: str | None, language: str) -> str:
        """The index of what has all the words in one of its names; of all while the box was not there to type in."""
        wanted = fold_run((words or "")[:_LONGEST]).split()
        listed = [
            (depth, subject)
            for depth, subject in topics(language)
            if not wanted or any(all(word in fold_run(name) for word in wanted) for name in subject.names[language])
        ]
        return index_view([(0, s) for _, s in listed] if wanted else listed, topic, language)
