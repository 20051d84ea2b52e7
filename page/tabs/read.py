"""The tab to read in: contents, an article in the languages chosen, search as one types, deep links."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import gradio as gr

from corpus import LANGUAGES
from page.admission import LOOKING_UP, NotAdmitted
from page.reading.contents_view import contents_view
from page.reading.found_view import found_view
from page.reading.place import Place
from page.reading.whole_view import whole_view
from page.site import Site, client_of
from page.tabs.quiet import QUIET
from page.translation import DEFAULT, Translated, say
from page.views.article_view import article_view
from page.views.markup import escaped
from qa.errors import AnswerError
from qa.labels import edition_label

FIRST = "1"


class ReadTab:
    """The tab's components; `place` is what is open."""

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
            with gr.Column(scale=2, min_width=260, elem_classes="az-reader-contents"):
                self.contents = gr.HTML(elem_id="contents")
            with gr.Column(scale=5, min_width=300):
                self.article = gr.HTML(elem_id="article")
        self.place = gr.State(Place(first, FIRST))

        self.views = [self.contents, self.article, self.edition]
        self.seen: list[Any] = [self.place, self.shown, language, self.edition]
        finding: list[Any] = [find, self.place, self.shown, language]
        self.document.input(self._beginning, [self.document, self.place], self.place, **QUIET).then(
            self.view, self.seen, self.views, **QUIET
        ).then(self._find, finding, found, **QUIET)
        # What is chosen while the text before is on its way is shown after it; else it would be dropped.
        for chosen in (self.shown, self.edition):
            chosen.input(self.view, self.seen, self.views, trigger_mode="always_last", **QUIET)
        # "input" tells of keys pressed; what a phone's keyboard puts in without a key is told by "change" alone.
        for changed in (find.change, self.shown.input, language.change):
            changed(self._find, finding, found, trigger_mode="always_last", **QUIET)

    def view(self, place: Place, shown: list[str], language: str, edition: str | None) -> tuple[str, str, gr.Dropdown]:
        """Contents and text, in the edition chosen or else that of today; one sentence in the text's place where there
        is no article of that number. And the editions to choose from."""
        document = place.document
        there = self._site.room.editions(document)
        chosen = edition if edition in there else self._site.room.asked(document)
        room = self._site.room.on(date.fromisoformat(chosen)) if chosen else self._site.room
        languages = _languages(shown, language)
        contents = contents_view(room.contents(document, language), place, language)
        try:
            if place.whole:
                text = whole_view(
                    room.whole(document, languages), room.contents(document, language), language, place.find
                )
            else:
                text = article_view(room.open(document, place.article, languages), language, place.find)
        except AnswerError as error:
            text = f'<p role="status">{escaped(str(error))}</p>'
        named = [(edition_label(day, language), day) for day in there]
        choice = gr.Dropdown(named, value=chosen, label=say("edition_choice", language), visible=len(there) > 1)
        return contents, text, choice

    def turned(self, place: Place, language: str, edition: str | None) -> tuple[Any, ...]:
        """In another language of the page: what is shown in it alone, and the views of that. Both at once: what is
        chosen to be shown after the one would be lost with the other."""
        return [language], *self.view(place, [language], language, edition)

    def opened(self, asked: Mapping[str, object]) -> Place:
        """The place that an address's parameters name: the first document where they name none that is known, its
        first article where they name none."""
        place = Place.named(asked)
        known = place.document if place.document in self._site.room.documents else self._site.readable[0]
        return replace(place, document=known, article="" if place.whole else place.article or self._first(known))

    def _beginning(self, document: str, place: Place) -> Place:
        """Of another document, read in the same way."""
        return Place(document, "" if place.whole else self._first(document), place.whole)

    def _first(self, document: str) -> str:
        return self._site.room.articles(document)[0]

    def _find(self, words: str | None, place: Place, shown: list[str], language: str, request: gr.Request) -> str:
        if not words or not words.strip():  # None until the tab was opened
            return ""
        try:
            self._site.admission.charge(client_of(request), language, LOOKING_UP)
        except NotAdmitted as error:
            return f'<p role="status">{escaped(str(error))}</p>'
        finding = self._site.room.find(words, place.document, language, _languages(shown, language))
        return found_view(finding, words, place, language)

    def choices(self, language: str) -> list[tuple[str, str]]:
        """The documents that can be read now, named in a language."""
        documents = self._site.room.documents
        return [(documents[name].short_titles[language], name) for name in self._site.readable]


def _languages(shown: list[str], language: str) -> list[str]:
    """The languages to show, the page's own first among them."""
    chosen = [code for code in LANGUAGES if code in shown] or [language]
    return sorted(chosen, key=lambda code: code != language)


def _names(language: str) -> list[tuple[str, str]]:
    return [(say(code, language), code) for code in LANGUAGES]
