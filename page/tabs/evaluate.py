"""The tab for evaluators: the latest benchmark, and measuring the assistant on a small data set of one's own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import gradio as gr
from markdown_it import MarkdownIt

from page.background import Progress, Work
from page.site import Site, client_of
from page.translation import DEFAULT, Translated, say
from page.views.markup import escaped
from qa.messages import message

if TYPE_CHECKING:
    from eval.asking.response import Outcome
    from eval.reports.report import Report

BENCHMARK = Path(__file__).parent.parent.parent / "docs" / "benchmark.md"
MOST_QUESTIONS = 200
_FAILURES_SHOWN = 30
_EVERY = 5  # questions between two steps of progress
_SYSTEM_ROW = re.compile(
    r"^\| `(?P<name>[\w-]+)` \| (?P<share>0\.\d+|1\.000)(?: \[(?P<low>[\d.]+), (?P<high>[\d.]+)\])?"
)


class EvaluateTab:
    """The tab's components."""

    def __init__(self, site: Site, texts: Translated, language: gr.Radio) -> None:
        self._site = site
        texts.add(gr.HTML(_form_head(DEFAULT)), lambda code: gr.HTML(_form_head(code)))
        file = texts.add(
            gr.UploadButton(
                say("evaluate_file", DEFAULT, count=MOST_QUESTIONS),
                file_types=[".jsonl", ".json", ".txt"],
                elem_id="dataset",
                variant="primary",
            ),
            lambda code: gr.UploadButton(say("evaluate_file", code, count=MOST_QUESTIONS)),
        )
        said = gr.HTML(elem_id="measured")
        texts.add(gr.HTML(_chart(DEFAULT)), lambda code: gr.HTML(_chart(code)))
        texts.add(gr.HTML(_tables(DEFAULT)), lambda code: gr.HTML(_tables(code)))
        file.upload(
            self._measured,
            [file, language],
            said,
            show_progress="hidden",
            api_visibility="private",
            concurrency_limit=1,
        )

    def _measured(self, path: str | None, language: str, request: gr.Request) -> Iterator[str]:
        """The figures on the data set, with progress; one sentence where it is not one. Its questions count as those
        that are asked do, so a long one takes minutes."""
        # Measuring is not on the way of an answer: what it needs is imported when somebody measures.
        from eval.asking.dataset import DatasetError, load
        from eval.asking.runner import run
        from eval.asking.validation import unknown_names
        from eval.measures.quote_fidelity import official_texts
        from eval.reports.report import report
        from eval.systems import open_system

        if not path:
            yield _told(message("upload.no_file", language))
            return
        try:
            items = load(Path(path))
            identifiers = set(self._site.assistant.index.identifiers)
            if unknown := unknown_names(items, identifiers, self._site.assistant.index.documents):
                raise DatasetError(unknown[0])
        except (DatasetError, OSError) as error:
            yield _told(message("upload.dataset", language, reason=str(error)))
            return
        finally:
            Path(path).unlink(missing_ok=True)
        if len(items) > MOST_QUESTIONS:
            yield _told(message("upload.dataset_long", language, count=len(items), limit=MOST_QUESTIONS))
            return
        system = open_system("full", self._site.assistant, self._site.folders)
        client, admission = client_of(request), self._site.admission

        def measure(on_progress: Progress) -> list[Outcome]:
            def counted(done: int, total: int) -> None:
                on_progress(done, total)
                if done < total:
                    admission.charge_when_possible(client)

            admission.charge_when_possible(client)
            return run(system, items, counted)

        work = Work(measure)
        for done, total in work.steps():
            if done % _EVERY == 0:
                yield _told(say("evaluate_progress", language, done=done, total=total))
        texts = official_texts(self._site.room.state.texts())
        yield _figures(report(Path(path).stem, "full", work.result, texts), language)


def _figures(found: Report, language: str) -> str:
    """The table of measures by language, then what went otherwise than expected."""
    from eval.measures import MEASURES
    from eval.reports.tables import number, with_interval

    codes = list(found.by_language)
    heads = "".join(f"<th scope='col'>{escaped(head)}</th>" for head in (say("measure", language), "95 %", *codes))
    rows = "".join(
        f"<tr><th scope='row'>{name}</th><td>{with_interval(found.figures[name])}</td>"
        + "".join(f"<td>{number(found.by_language[code][name].mean)}</td>" for code in codes)
        + "</tr>"
        for name in MEASURES
        if found.figures[name].mean is not None
    )
    latency = ", ".join(f"{name} {value}" for name, value in found.latency.items())
    failures = "".join(
        f"<li>{escaped(failure.outcome.item.question)}<br><small>{escaped(say('expected', language))}: "
        f"{escaped(', '.join(failure.expected) or '–')}; {escaped(say('got', language))}: "
        f"{escaped(', '.join(failure.got) or '–')}</small></li>"
        for failure in found.failures[:_FAILURES_SHOWN]
    )
    count = escaped(say("evaluate_failures", language, count=len(found.failures)))
    return (
        f'<div class="az-figures" role="status"><table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>'
        f'<p class="az-meta">{escaped(latency)}</p><h3>{count}</h3><ul>{failures}</ul></div>'
    )


def _chart(language: str) -> str:
    """The systems of the latest benchmark as bars with their intervals; a sentence where there is none."""
    title = f"<h2>{escaped(say('benchmark', language))}</h2>"
    rows = [match for line in _benchmark().splitlines() if (match := _SYSTEM_ROW.match(line)) and match["low"]]
    if not rows:
        return f"{title}<p>{escaped(say('benchmark_none', language))}</p>"
    bars = "".join(
        f'<li><span class="az-bar-name">{escaped(row["name"])}</span>'
        f'<span class="az-bar"><span style="width:{100 * float(row["share"]):.1f}%"></span></span>'
        f"<span>{row['share']} [{row['low']}, {row['high']}]</span></li>"
        for row in rows
    )
    return f'{title}<p class="az-meta">{escaped(say("benchmark_chart", language))}</p><ul class="az-bars">{bars}</ul>'


def _tables(language: str) -> str:
    """The benchmark's page without its title, links to files taken out: they lead nowhere from here. Its tables are
    wide, so it can be scrolled, by the keyboard too."""
    text = re.sub(r"^# .*\n", "", _benchmark())
    text = re.sub(r"\[([^\]]+)\]\(\.\./[^)]+\)", r"\1", text)
    title = escaped(say("benchmark", language))
    page = MarkdownIt("commonmark").enable("table").render(text)
    return f'<div class="az-benchmark" lang="en" role="region" tabindex="0" aria-label="{title}">{page}</div>'


def _benchmark() -> str:
    return BENCHMARK.read_text(encoding="utf-8") if BENCHMARK.is_file() else ""


def _form_head(language: str) -> str:
    return f"<h2>{escaped(say('evaluate_form', language))}</h2>"


def _told(text: str) -> str:
    return f'<p role="status">{escaped(text)}</p>'
