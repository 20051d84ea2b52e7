"""The day whose law is asked: a calendar, quick choices, and the day as a mark that can be taken away again."""

from __future__ import annotations

from datetime import date, timedelta

import gradio as gr

from corpus import load_catalogue
from page.tabs.quiet import QUIET
from page.translation import DEFAULT, Translated, say
from page.views.markup import escaped
from qa.errors import AnswerError
from qa.labels import date_label
from qa.understanding.question import parse_date

_PICKED = """
element.addEventListener("change", (event) => trigger("click", { day: event.target.value }));
element.addEventListener("click", (event) => {
  const day = event.target.closest("button")?.dataset.day;
  if (day === undefined) return;
  for (const input of document.querySelectorAll("#calendar input")) input.value = day;
  trigger("click", { day });
});
"""


class DayAsked:
    """The box that the day is typed into, in whatever form people write it, and the calendar that fills it."""

    def __init__(self, texts: Translated) -> None:
        with gr.Row(elem_classes="az-day"):
            self.day = texts.add(
                gr.Textbox(label=say("law_on", DEFAULT), elem_id="day", max_lines=1, min_width=180, scale=1),
                lambda code: gr.Textbox(label=say("law_on", code)),
            )
            calendar = texts.add(
                gr.HTML(_calendar(DEFAULT), elem_id="calendar", js_on_load=_PICKED),
                lambda code: gr.HTML(_calendar(code)),
            )
        calendar.click(_picked, None, self.day, **QUIET)


def taken_away(chosen: gr.HTML, day: gr.Textbox) -> None:
    """Empties the day where its mark among what is `chosen` is pressed."""
    chosen.click(_picked, None, day, **QUIET)


def chosen_marks() -> gr.HTML:
    """Where what is set stands as marks; that of the day has a button to take it away."""
    return gr.HTML(elem_id="chosen", js_on_load=_PICKED)


def day_mark(day: str, language: str) -> str:
    """The mark of a day that is set, with what takes it away; "" without one."""
    if not day.strip():
        return ""
    said = escaped(f"{say('law_on_short', language)} {_as_said(day.strip(), language)}")
    clear = escaped(say("day_clear", language))
    button = f'<button type="button" data-day="" aria-label="{clear}" title="{clear}">×</button>'
    return f'<span class="az-chip">{said}{button}</span>'


def _as_said(day: str, language: str) -> str:
    """The day in the reader's words where the calendar gave it; as it was typed else."""
    try:
        return date_label(parse_date(day, language), language) if day[:4].isdecimal() else day
    except AnswerError:
        return day


def _picked(event: gr.EventData) -> str:
    return str((event._data or {}).get("day", ""))


def _calendar(language: str) -> str:
    constitution = load_catalogue().constitution_on(date.today())
    label = escaped(say("day_pick", language))
    known = (document.since for document in load_catalogue().documents if document.kind == "constitution")
    first = min(day for day in known if day)
    choices = [("", say("day_today", language))]
    if constitution and constitution.since:
        last = constitution.since - timedelta(days=1)
        choices.append((last.isoformat(), say("day_before", language)))
    buttons = "".join(
        f'<button type="button" class="az-act" data-day="{day}">{escaped(told)}</button>' for day, told in choices
    )
    return (
        f'<label class="az-pick"><span>{label}</span><input type="date" min="{first}" lang="{language}"></label>'
        f'<span class="az-row">{buttons}</span>'
    )
