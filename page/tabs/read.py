"""The tab to read in: contents, an article in the languages chosen, search as one types, deep links."""

from __future__ import annotations

from datetime import date
from typing import Any

import gradio as gr

from corpus import LANGUAGES
from page.admission import LOOKING_UP, NotAdmitted
from page.site import Site, client_of
from page.translation import DEFAULT, Translated, say
from page.views.article_view import article_view, contents_view, found_view
from page.views.markup import escaped
from qa.errors import AnswerError
from qa.labels import edition_label

FIRST = "1"


class ReadTab:
    """The tab's components; `place` is the document and article open."""

    def __init__(self, site: Site, texts: Translated, language: gr.Radio) -> None:
        self._site = site
        documents = site.readable
        first = documents[0]
        with gr.Row(elem_classes="az-reader-head"):
            self.document = texts.add(
                gr.Dropdown(
                    self.choices(DEFAULT),
                    value=first,
                    label=say("document", DEFAULT),
                    elem_id="document",
                    filterable=False,
                    min_width=200,
                ),
                lambda code: gr.Dropdown(self.choices(code), label=say("document", code)),
            )
            find = texts.add(
                gr.Textbox(label=say("find", DEFAULT), elem_id="find", max_lines=1, min_width=200),
                lambda code: gr.Textbox(label=say("find", code)),
            )
            # Shown where a document has several editions. Its value may still be that of the document read before.
            self.edition = gr.Dropdown(visible=False, elem_id="edition", filterable=False, min_width=200)
            self.shown = texts.add(
                gr.CheckboxGroup(
                    _names(DEFAULT), value=[DEFAULT], label=say("show_in", DEFAULT), elem_id="shown", min_width=200
                ),
                lambda code: gr.CheckboxGroup(_names(code), label=say("show_in", code)),
            )
        found = gr.HTML(elem_id="found")
        with gr.Row(elem_classes="az-reader"):
            with gr.Column(scale=5, min_width=300):
                self.article = gr.HTML(elem_id="article")
            with gr.Column(scale=2, min_width=260):
                self.contents = gr.HTML(elem_id="contents")
        self.place = gr.State((first, FIRST))

        quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
        self.views = [self.contents, self.article, self.edition]
        self.seen: list[Any] = [self.place, self.shown, language, self.edition]
        self.document.input(
            lambda document: (document, self._first(document)), self.document, self.place, **quiet
        ).then(self.view, self.seen, self.views, **quiet)
        self.shown.input(self.view, self.seen, self.views, **quiet)
        self.edition.input(self.view, self.seen, self.views, **quiet)
        # "input" tells of keys pressed; what a phone's keyboard puts in without a key is told by "change" alone.
        find.change(self._find, [find, self.document, language], found, trigger_mode="always_last", **quiet)
        self.found = found

    def view(
        self, place: tuple[str, str], shown: list[str], language: str, edition: str | None
    ) -> tuple[str, str, gr.Dropdown]:
        """Contents and article, in the edition chosen or else that of today; one sentence in the article's place where
        there is none of that number. And the editions to choose from."""
        document, article = place
        there = self._site.room.editions(document)
        chosen = edition if edition in there else self._site.room.asked(document)
        room = self._site.room.on(date.fromisoformat(chosen)) if chosen else self._site.room
        languages = [code for code in LANGUAGES if code in shown] or [language]
        # The page's own language comes first: its plain words stand at the left.
        languages.sort(key=lambda code: code != language)
        try:
            contents = contents_view(room.contents(document, language), document, article, language)
            text = article_view(room.open(document, article, languages), language)
        except AnswerError as error:
            contents, text = self._fallback(document, language), f'<p role="status">{escaped(str(error))}</p>'
        named = [(edition_label(day, language), day) for day in there]
        choice = gr.Dropdown(named, value=chosen, label=say("edition_choice", language), visible=len(there) > 1)
        return contents, text, choice

    def opened(self, place: tuple[str, str]) -> tuple[str, str]:
        """The place to show for one asked for: its first article where only a document is named."""
        document, article = place
        known = document if document in self._site.room.documents else self._site.readable[0]
        return known, article or self._first(known)

    def _fallback(self, document: str, language: str) -> str:
        known = document if document in self._site.room.documents else self._site.readable[0]
        return contents_view(self._site.room.contents(known, language), known, "", language)

    def _first(self, document: str) -> str:
        return self._site.room.articles(document)[0]

    def _find(self, words: str, document: str, language: str, request: gr.Request) -> str:
        try:
            self._site.admission.charge(client_of(request), language, LOOKING_UP)
        except NotAdmitted as error:
            return f'<p role="status">{escaped(str(error))}</p>'
        found = self._site.room.find(words, document, language)
        return found_view(found, document, language, searched=bool(words.strip()))

    def choices(self, language: str) -> list[tuple[str, str]]:
        """The documents that can be read now, named in a language."""
        documents = self._site.room.documents
        return [(documents[name].short_titles[language], name) for name in self._site.readable]


def _names(language: str) -> list[tuple[str, str]]:
    return [(say(code, language), code) for code in LANGUAGES]
