"""The tab on what changed between the two Constitutions: an article or a topic, a kind of change, or all of it."""

from __future__ import annotations

from typing import Any

import gradio as gr

from corpus.concordance import KINDS, Pair
from page.admission import LOOKING_UP, NotAdmitted
from page.site import Site, client_of
from page.translation import DEFAULT, Translated, say
from page.views.changes import changes_page, pair_view
from page.views.markup import escaped
from qa import AnswerError
from qa.messages import message
from qa.reading.changes_table import as_csv
from qa.reading.comparison import changes, compare, known_kind

_ALL = "all"
_WITH_TEXTS = 40  # pairs whose texts are shown; more are listed with what changed alone


class CompareTab:
    """The tab's components."""

    def __init__(self, site: Site, texts: Translated, language: gr.Radio) -> None:
        self._site = site
        texts.add(gr.HTML(_note(DEFAULT)), lambda code: gr.HTML(_note(code)))
        with gr.Row(equal_height=True):
            find = texts.add(
                gr.Textbox(
                    label=say("compare_find", DEFAULT),
                    elem_id="compare-find",
                    max_lines=1,
                    submit_btn=say("compare_button", DEFAULT),
                ),
                lambda code: gr.Textbox(label=say("compare_find", code), submit_btn=say("compare_button", code)),
            )
            kind = texts.add(
                gr.Dropdown(
                    _kinds(DEFAULT),
                    value=_ALL,
                    label=say("compare_kind", DEFAULT),
                    elem_id="compare-kind",
                    min_width=180,
                ),
                lambda code: gr.Dropdown(_kinds(code), label=say("compare_kind", code)),
            )
        with gr.Row(elem_classes="az-tools-row"):
            csv = _button(texts, "export_csv")
            page = _button(texts, "export_html")
        self.shown = gr.HTML(self._whole(_ALL, DEFAULT), elem_id="changes", elem_classes="az-article")
        taken = gr.Textbox(visible="hidden", elem_id="taken-changes", label="taken", show_label=False)

        quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
        seen: list[Any] = [find, kind, language]
        find.submit(self._found, seen, self.shown, **quiet)
        kind.input(self._found, seen, self.shown, **quiet)
        language.change(self._found, seen, self.shown, **quiet)
        for button, export, name in ((csv, as_csv, "atazan-changes.csv"), (page, changes_page, "atazan-changes.html")):
            button.click(
                lambda chosen, code, export=export: export(_of_kind(chosen), code), [kind, language], taken, **quiet
            ).then(None, [taken], None, js=f"(text) => window.atazan.save(text, '{name}')")

    def _found(self, matter: str | None, kind: str, language: str, request: gr.Request) -> str:
        """The pairs on a matter, or the whole table; one sentence where a reference names nothing."""
        try:
            if not (matter or "").strip():
                self._site.admission.charge(client_of(request), language, LOOKING_UP)
                return self._whole(kind, language)
            with self._site.admission.admitted(client_of(request), language):
                found = compare(self._site.assistant, matter or "", language=language)
        except (AnswerError, NotAdmitted) as error:
            return f'<p role="status">{escaped(str(error))}</p>'
        allowed = _of_kind(kind)
        pairs = [pair for pair in found.pairs if pair in allowed]
        if not pairs:
            return f'<p role="status">{escaped(message("answer.no_pairs", language))}</p>'
        views = (
            pair_view(pair, self._site.assistant, language, is_open=at == 0, with_texts=True)
            for at, pair in enumerate(pairs)
        )
        newer = f'<p class="az-meta">{escaped(found.newer)}</p>' if found.newer else ""
        return "".join(views) + newer

    def _whole(self, kind: str, language: str) -> str:
        pairs = _of_kind(kind)
        few = len(pairs) <= _WITH_TEXTS
        views = (pair_view(p, self._site.assistant, language, is_open=False, with_texts=few) for p in pairs)
        count = escaped(say("compare_count", language, count=len(pairs)))
        return f'<p class="az-meta" role="status">{count}</p>{"".join(views)}'


def _of_kind(kind: str) -> tuple[Pair, ...]:
    return changes(None if kind == _ALL else known_kind(kind))


def _kinds(language: str) -> list[tuple[str, str]]:
    named = [(message(f"kind.{kind}", language), kind) for kind in KINDS]
    return [(say("compare_all", language), _ALL), *named]


def _note(language: str) -> str:
    return f'<p class="az-note">{escaped(say("compare_note", language))}</p>'


def _button(texts: Translated, key: str) -> gr.Button:
    button = gr.Button(say(key, DEFAULT), size="sm", elem_id=key.replace("_", "-"), min_width=120)
    texts.add(button, lambda code: gr.Button(say(key, code)))
    return button
