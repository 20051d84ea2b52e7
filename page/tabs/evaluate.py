"""The tab for evaluators: measuring the assistant on a small data set of one's own, and the latest benchmark."""

from __future__ import annotations

import html
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import gradio as gr

from page.background import Progress, Work
from page.measuring.benchmark import chart, tables
from page.measuring.dataset_format import dataset_format
from page.site import Site, client_of
from page.tabs.quiet import QUIET
from page.translation import DEFAULT, Translated, say
from page.views.markup import escaped
from qa.messages import message

if TYPE_CHECKING:
    from eval.asking.dataset import Item
    from eval.asking.response import Outcome
    from eval.reports.report import Report

MOST_QUESTIONS = 200
MOST_BYTES = 2**20
_TYPES = [".jsonl", ".json", ".txt", ".csv", ".tsv", ".xlsx", ".xls"]  # a workbook is told to be saved as CSV
_EVERY = 5  # questions between two steps of progress
_FORGOTTEN_AFTER = 3 * 3600  # seconds without the visitor


class Measurement(NamedTuple):
    """What a visitor had measured: figures of the questions asked, out of `total` in the data set."""

    report: Report
    total: int


class EvaluateTab:
    """The tab's components; what was measured lives in the session's state."""

    def __init__(self, site: Site, texts: Translated, language: gr.Radio) -> None:
        self._site = site
        self._running: dict[str | None, threading.Event] = {}  # by session; set where its visitor wants to stop
        texts.add(gr.HTML(_form_head(DEFAULT)), lambda code: gr.HTML(_form_head(code)))
        file = texts.add(
            gr.UploadButton(
                say("evaluate_file", DEFAULT, count=MOST_QUESTIONS),
                file_types=_TYPES,
                elem_id="dataset",
                variant="primary",
            ),
            lambda code: gr.UploadButton(say("evaluate_file", code, count=MOST_QUESTIONS)),
        )
        texts.add(gr.HTML(_too_big(DEFAULT)), lambda code: gr.HTML(_too_big(code)))
        said = gr.HTML(elem_id="measured")
        with gr.Row(elem_classes="az-tools-row"):
            stop = _button(texts, "stop", "measuring-stop", visible=False)
            kept = [_button(texts, f"export_{kind}", f"measured-{kind}", visible=False) for kind in ("html", "csv")]
        texts.add(gr.HTML(_format(DEFAULT)), lambda code: gr.HTML(_format(code)))
        with gr.Row(elem_classes="az-tools-row"):
            samples = [_button(texts, f"evaluate_sample_{kind}", f"sample-{kind}") for kind in ("jsonl", "csv")]
        texts.add(gr.HTML(chart(DEFAULT)), lambda code: gr.HTML(chart(code)))
        texts.add(gr.HTML(tables(DEFAULT)), lambda code: gr.HTML(tables(code)))
        measurement = gr.State(None, time_to_live=_FORGOTTEN_AFTER)
        taken = gr.Textbox(visible="hidden", elem_id="taken-measured", label="taken", show_label=False)

        shown: list[Any] = [said, measurement, stop, *kept]
        file.upload(self._measured, [file, language], shown, concurrency_limit=1, **QUIET)
        stop.click(self._stopped, language, said, **QUIET)
        language.change(self._again, [measurement, language], said, **QUIET)
        for button, kind in zip(kept, ("html", "csv"), strict=True):
            button.click(getattr(self, f"_as_{kind}"), [measurement, language], taken, **QUIET).then(
                None, [taken], None, js=f"(text) => window.atazan.save(text, 'atazan-report.{kind}')"
            )
        for button, kind in zip(samples, ("jsonl", "csv"), strict=True):
            button.click(lambda code, kind=kind: _sample(kind, code), language, taken, **QUIET).then(
                None, [taken], None, js=f"(text) => window.atazan.save(text, 'atazan-sample.{kind}')"
            )

    def _measured(self, path: str | None, language: str, request: gr.Request) -> Iterator[tuple[Any, ...]]:
        """The figures on the data set, with progress; one sentence where it is not one. Its questions count as those
        that are asked do, so a long one takes minutes. What was asked before a stop is kept."""
        from eval.asking.dataset import DatasetError

        try:
            items = self._items(path, language)
        except DatasetError as error:
            yield _shown(_told(message("upload.dataset", language, reason=error.told(language))))
            return
        except ValueError as error:
            yield _shown(_told(str(error)))
            return
        stopped = self._running[request.session_hash] = threading.Event()
        try:
            yield _shown(_progress(0, len(items), language), is_running=True)
            work = Work(lambda on_progress: self._outcomes(items, on_progress, client_of(request), stopped))
            for done, total in work.steps():
                if done % _EVERY == 0 and not stopped.is_set():
                    yield _shown(_progress(done, total, language), is_running=True)
        finally:
            stopped.set()  # also where the visitor has left
            del self._running[request.session_hash]
        if not work.result:
            yield _shown(_told(say("evaluate_none_asked", language)))
            return
        from eval.measures.quote_fidelity import official_texts
        from eval.reports.report import report

        texts = official_texts(self._site.room.state.texts())
        found = Measurement(report(Path(path or "").stem, "full", work.result, texts), len(items))
        yield _shown(self._view(found, language), found)

    def _items(self, path: str | None, language: str) -> list[Item]:
        """The questions of the file, which is deleted. Raises `DatasetError` where it is no data set, ValueError ready
        to show where there is none or it is too large."""
        # Measuring is not on the way of an answer: what it needs is imported when somebody measures.
        from eval.asking.dataset import load
        from eval.asking.validation import unknown_names

        if not path:
            raise ValueError(message("upload.no_file", language))
        file = Path(path)
        try:
            if file.stat().st_size > MOST_BYTES:
                raise ValueError(_limit(language, file.name))
            items = load(file)
        finally:
            file.unlink(missing_ok=True)
        index = self._site.assistant.index
        if unknown := unknown_names(items, set(index.identifiers), index.documents):
            raise unknown[0]
        if len(items) > MOST_QUESTIONS:
            raise ValueError(message("upload.dataset_long", language, count=len(items), limit=MOST_QUESTIONS))
        return items

    def _outcomes(
        self, items: list[Item], on_progress: Progress, client: str, stopped: threading.Event
    ) -> list[Outcome]:
        from eval.asking.runner import run
        from eval.systems import open_system

        admission = self._site.admission

        def counted(done: int, total: int) -> None:
            on_progress(done, total)
            if done < total:
                admission.charge_when_possible(client, is_stopped=stopped.is_set)

        admission.charge_when_possible(client, is_stopped=stopped.is_set)
        system = open_system("full", self._site.assistant, self._site.folders)
        return run(system, items, counted, stopped.is_set)

    def _stopped(self, language: str, request: gr.Request) -> Any:
        """Have the run of this session end after the question that is being asked."""
        if running := self._running.get(request.session_hash):
            running.set()
            return _told(say("evaluate_stopping", language))
        return gr.skip()

    def _again(self, found: Measurement | None, language: str) -> Any:
        return self._view(found, language) if found else gr.skip()

    def _view(self, found: Measurement, language: str) -> str:
        return self._html(found, language, is_page=False)

    def _as_html(self, found: Measurement | None, language: str) -> str:
        return self._html(found, language, is_page=True) if found else ""

    def _html(self, found: Measurement, language: str, *, is_page: bool) -> str:
        from eval.reports.told import report_html

        done = len(found.report.outcomes)
        note = say("evaluate_stopped", language, done=done, total=found.total) if done < found.total else ""
        documents = self._site.assistant.index.documents
        return report_html(found.report, documents, language, note=note, is_page=is_page)

    def _as_csv(self, found: Measurement | None, language: str) -> str:
        from eval.reports.told import report_csv

        return report_csv(found.report, self._site.assistant.index.documents, language) if found else ""


def _shown(said: str, found: Measurement | None = None, *, is_running: bool = False) -> tuple[Any, ...]:
    """What the tab shows: Stop while it runs, what can be saved once there is something."""
    kept = gr.Button(visible=found is not None)
    return said, found, gr.Button(visible=is_running), kept, kept


def _sample(kind: str, language: str) -> str:
    from eval.asking.sample import sample

    return sample("csv" if kind == "csv" else "jsonl", language)


def _format(language: str) -> str:
    limits = {"count": MOST_QUESTIONS, "megabytes": MOST_BYTES // 2**20}
    return dataset_format(_sample("jsonl", language), _sample("csv", language), language, **limits)


def _limit(language: str, name: str) -> str:
    return message("upload.dataset_too_big", language, name=name, megabytes=MOST_BYTES // 2**20)


def _too_big(language: str) -> str:
    """Where scripts/measuring.js refuses a file before it is sent, with what it says."""
    sentence = html.escape(_limit(language, "{name}"))
    return f'<p id="dataset-refused" role="alert" data-most="{MOST_BYTES}" data-sentence="{sentence}"></p>'


def _progress(done: int, total: int, language: str) -> str:
    told = escaped(say("evaluate_progress", language, done=done, total=total))
    return f'<p role="status">{told}</p><progress value="{done}" max="{total}" aria-label="{told}"></progress>'


def _form_head(language: str) -> str:
    return f"<h2>{escaped(say('evaluate_form', language))}</h2>"


def _told(text: str) -> str:
    return f'<p role="status">{escaped(text)}</p>'


def _button(texts: Translated, key: str, elem_id: str, *, visible: bool = True) -> gr.Button:
    button = gr.Button(say(key, DEFAULT), size="sm", elem_id=elem_id, min_width=120, visible=visible)
    texts.add(button, lambda code: gr.Button(say(key, code)))
    return button
