"""What `atazan eval` does: load, validate, run, report."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from corpus import Folders
from eval.asking.batch import Replies, key_of, request, second_key, write_requests
from eval.asking.dataset import Item, load
from eval.asking.runner import run
from eval.asking.validation import asked_twice, unknown_names, unlike_parallels
from eval.measures.quote_fidelity import OfficialTexts, official_texts
from eval.reports.report import Report, report
from eval.reports.tables import text_tables
from eval.systems import NAMES, open_system
from qa import Assistant
from qa.setup.installed import installed
from qa.setup.progress import building, tell


def evaluate(
    assistant: Assistant,
    folders: Folders,
    files: Sequence[Path],
    *,
    split: str | None,
    systems: Sequence[str],
    out: Path | None,
    today: Callable[[], date] = date.today,
    replies: Replies | None = None,
) -> list[Report]:
    """Every system on every file; with `out`, an HTML report and TREC files are written there. `replies` are a model's
    to what `requests` wrote.

    Raises `DatasetError` for a file that is not of the schema or names what does not exist, and `EmbedderUnavailable`.
    """
    loaded = [(path.stem, load(path, split=split)) for path in files]
    for name, items in loaded:
        _check(name, items, assistant)
    texts = official_texts(installed(folders).texts())
    reports = [
        found
        for name, items in loaded
        for found in _reports(assistant, folders, name, items, systems, texts, today, replies)
    ]
    if out is not None:
        from eval.reports.html_report import write_report
        from eval.reports.trec import write_trec

        for found in reports:
            write_trec(out, f"{found.dataset}.{found.system}".replace("/", "_"), found.outcomes)
        tell(f"the report is in {write_report(out, reports)}")
    return reports


def requests(
    assistant: Assistant,
    files: Sequence[Path],
    path: Path,
    *,
    split: str | None,
    model: str,
    replies: Replies | None = None,
) -> int:
    """Write what a model is to be asked about each question, to choose among what was found; with its `replies`, what
    it is to be asked again. How many requests there are. Raises `DatasetError` and OSError."""
    lines = []
    for name, items in [(file.stem, load(file, split=split)) for file in files]:
        with asking(name) as on_question:
            for done, item in enumerate(items, 1):
                answer = assistant.ask(item.question, as_of=item.as_of, document=item.document, choosable=True)
                key, chosen = key_of(name, item), answer.candidates
                if replies is not None:
                    chosen = replies.asks_again(key, answer, assistant.index)
                    key = second_key(key)
                if chosen and chosen.provisions:
                    lines.append(request(key, answer, chosen, assistant.index, model))
                on_question(done, len(items))
    return write_requests(path, lines)


def printed(reports: Sequence[Report], *, as_json: bool) -> str:
    """The reports as JSON (one object, or an array of several), or as tables."""
    if as_json:
        rows = [found.to_json() for found in reports]
        return json.dumps(rows[0] if len(rows) == 1 else rows, ensure_ascii=False, indent=2)
    return text_tables(reports)


def chosen_systems(names: Sequence[str]) -> list[str]:
    """The systems named, each once; `all` stands for all the built-in ones."""
    wanted = [each for name in names or ["full"] for each in (NAMES if name == "all" else (name,))]
    return list(dict.fromkeys(wanted))


def _reports(
    assistant: Assistant,
    folders: Folders,
    name: str,
    items: list[Item],
    systems: Sequence[str],
    texts: OfficialTexts,
    today: Callable[[], date],
    replies: Replies | None,
) -> Iterator[Report]:
    for system in systems:
        with building() as on_build:
            opened = open_system(
                system, assistant, folders, today=today, on_build=on_build, replies=replies, dataset=name
            )
            opened.respond(items[0])  # what it must embed first
        with asking(f"{name}: {system}") as on_question:
            yield report(name, system, run(opened, items, on_question), texts)


def _check(name: str, items: Sequence[Item], assistant: Assistant) -> None:
    """Refuse a set whose golds do not exist; say what else looks wrong."""
    identifiers = {p.id for p in assistant.index.provisions}
    if unknown := unknown_names(items, identifiers, assistant.index.documents):
        raise unknown[0]
    for problem in (*asked_twice(items), *unlike_parallels(items))[:3]:
        tell(f"{name}: {problem}")


@contextmanager
def asking(title: str) -> Iterator[Callable[[int, int], None]]:
    """A progress bar of questions asked; one line where stderr is no terminal."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    console = Console(stderr=True)
    if not console.is_terminal:
        tell(f"asking {title}")
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task(title, total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total)
