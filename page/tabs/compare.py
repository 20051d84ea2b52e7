"""The tab on what changed between the two Constitutions: by section and kind, an article or a topic, to save."""

from __future__ import annotations

from typing import Any

import gradio as gr

from corpus.concordance import Pair, load_concordance
from page.admission import LOOKING_UP, NotAdmitted
from page.changes.place import Place, place_at
from page.changes.row import unfolded_view
from page.changes.saved import changes_page
from page.changes.table import framed, rows_view, shown_sections, table_view
from page.site import Site, client_of
from page.tabs.quiet import QUIET
from page.translation import DEFAULT, Translated, say
from page.views.markup import escaped
from qa import AnswerError
from qa.messages import message
from qa.reading.changes_by_section import ChangedSection, changed_sections
from qa.reading.changes_table import as_csv
from qa.reading.comparison import compare

# A row tells by its number that it was unfolded; its texts come into this hidden place, from where a script takes them.
_BRIDGE = "window.atazan.unfold = (number) => trigger('click', { number })"
_ADDRESSED = "(matter) => window.atazan.compared(matter)"


class CompareTab:
    """The tab's components; `place` is what is shown, None until the tab is first opened."""

    def __init__(self, site: Site, texts: Translated, language: gr.Radio) -> None:
        self._site = site
        texts.add(gr.HTML(_note(DEFAULT)), lambda code: gr.HTML(_note(code)))
        self.find = texts.add(
            gr.Textbox(
                label=say("compare_find", DEFAULT),
                elem_id="compare-find",
                max_lines=1,
                submit_btn=say("compare_button", DEFAULT),
            ),
            lambda code: gr.Textbox(label=say("compare_find", code), submit_btn=say("compare_button", code)),
        )
        self.shown = gr.HTML(elem_id="changes", elem_classes="az-article")
        unfolded = gr.HTML(visible="hidden", elem_id="changes-unfolded", js_on_load=_BRIDGE)
        with gr.Row(elem_classes="az-tools-row"):
            csv = _button(texts, "export_csv")
            page = _button(texts, "export_html")
        taken = gr.Textbox(visible="hidden", elem_id="taken-changes", label="taken", show_label=False)
        self.place = gr.State(None)
        self.seen: list[Any] = [self.place, language]
        self.opened: list[Any] = [self.place, self.find]

        self.find.submit(None, self.find, None, js=_ADDRESSED, **QUIET)
        # The place is left first: who was told to come back later asks the same again.
        self.find.submit(lambda: None, None, self.place, **QUIET).then(
            lambda matter: Place(matter=(matter or "").strip()), self.find, self.place, **QUIET
        )
        # One listener for all that changes what is shown, so that what was asked for last is what stands there.
        gr.on(
            [self.place.change, language.change],
            self.view,
            self.seen,
            self.shown,
            trigger_mode="always_last",
            **QUIET,
        )
        unfolded.click(self._unfolded, language, unfolded, trigger_mode="multiple", **QUIET)
        for button, export, name in ((csv, as_csv, "atazan-changes.csv"), (page, changes_page, "atazan-changes.html")):
            button.click(
                lambda place, code, export=export: export(self._pairs(place or Place(), code), code),
                self.seen,
                taken,
                **QUIET,
            ).then(None, [taken], None, js=f"(text) => window.atazan.save(text, '{name}')")

    def view(self, place: Place | None, language: str, request: gr.Request) -> str:
        """What the place shows; one sentence where it names nothing, and nothing before the tab was opened."""
        if place is None:
            return ""
        try:
            if place.matter:
                return framed(place, self._found(place.matter, language, request))
            self._site.admission.charge(client_of(request), language, LOOKING_UP)
            return table_view(place, self._sections(language), self._site.assistant, language)
        except (AnswerError, NotAdmitted) as error:
            return framed(place, f'<p role="status">{escaped(str(error))}</p>{_to_the_whole(language)}')

    def told(self, event: gr.EventData) -> tuple[Any, Any]:
        """The place of an address that was followed within the page; nothing new where it leads to another tab."""
        detail: dict[str, Any] = event._data or {}
        if detail.get("tab") != "compare":
            return gr.skip(), gr.skip()
        place = place_at(str(detail.get("at", "")))
        return place, place.matter

    def _found(self, matter: str, language: str, request: gr.Request) -> str:
        """The pairs on a matter, the first unfolded."""
        with self._site.admission.admitted(client_of(request), language):
            found = compare(self._site.assistant, matter, language=language)
        if not found.pairs:
            return f'<p role="status">{escaped(message("answer.no_pairs", language))}</p>{_to_the_whole(language)}'
        newer = f'<p class="az-meta">{escaped(found.newer)}</p>' if found.newer else ""
        rows = rows_view(found.pairs, self._site.assistant, language, with_texts=True, first_open=True)
        return f"{_to_the_whole(language)}{rows}{newer}"

    def _unfolded(self, language: str, request: gr.Request, event: gr.EventData) -> str:
        """The texts of the row of that number, or the sentence why there are none."""
        number = int((event._data or {})["number"])
        try:
            self._site.admission.charge(client_of(request), language, LOOKING_UP)
            shown = unfolded_view(load_concordance().pairs[number], self._site.assistant, language)
        except NotAdmitted as error:
            shown = f'<p role="status">{escaped(str(error))}</p>'
        return f'<div data-of="{number}">{shown}</div>'

    def _sections(self, language: str) -> tuple[ChangedSection, ...]:
        return changed_sections(self._site.room, language)

    def _pairs(self, place: Place, language: str) -> list[Pair]:
        """What is saved: the rows of the table as it is filtered, all of it where a matter was looked up."""
        try:
            shown = shown_sections(place._replace(matter=""), self._sections(language), language)
        except AnswerError:  # the sentence on the page says what is wrong with the address
            return []
        return [pair for section in shown for pair in section.pairs]


def _to_the_whole(language: str) -> str:
    return f'<p><a href="{Place().address}">{escaped(say("changes_whole", language))}</a></p>'


def _note(language: str) -> str:
    return f'<p class="az-note">{escaped(say("compare_note", language))}</p>'


def _button(texts: Translated, key: str) -> gr.Button:
    button = gr.Button(say(key, DEFAULT), size="sm", elem_id=key.replace("_", "-"), min_width=120)
    texts.add(button, lambda code: gr.Button(say(key, code)))
    return button
