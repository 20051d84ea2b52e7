"""Progress and notices on stderr; silent where stderr is no terminal, but for one line a stage."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import TaskID

    from corpus import Edition
    from corpus.fetching import Progress as FetchProgress
    from index.storage.vectors import Progress as BuildProgress

# Controls of both sets (ECMA-48), what turns the direction of writing, and what would open a line of its own.
_ACTED_ON = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")


def printable(text: str) -> str:
    """The text with what a terminal would act on written out (`\\u001b`), line breaks and tabs excepted: documents and
    file names hold anything. JSON stays the same JSON."""
    return _ACTED_ON.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def tell(text: str) -> None:
    """One line to the user, beside the output."""
    sys.stderr.write(f"atazan: {printable(' '.join(text.split()))}\n")
    sys.stderr.flush()


@contextmanager
def fetching() -> Iterator[FetchProgress]:
    """A progress bar a text fetched and read; nothing is drawn or imported until the first byte."""
    bars: dict[tuple[str, str, str], TaskID] = {}
    progress = None

    def on_progress(edition: Edition, stage: str, done: int, total: int | None) -> None:
        nonlocal progress
        if not sys.stderr.isatty():
            return  # rich would leave an empty line
        from rich.progress import BarColumn, Progress, TextColumn

        if progress is None:
            progress = Progress(TextColumn("{task.description}"), BarColumn(), console=_console(), transient=True)
            progress.start()
        key = (edition.document, edition.language, stage)
        if key not in bars:
            bars[key] = progress.add_task(f"{stage.capitalize()} {edition.document} ({edition.language})", total=total)
        progress.update(bars[key], completed=done, visible=done != total)

    try:
        yield on_progress
    finally:
        if progress is not None:
            progress.stop()


@contextmanager
def building() -> Iterator[BuildProgress]:
    """A progress bar of texts embedded."""
    progress = None
    task = None

    def on_progress(done: int, total: int) -> None:
        nonlocal progress, task
        if progress is None:
            if done == total:
                return
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

            if not sys.stderr.isatty():
                tell(f"building the search index ({total} texts, a few minutes the first time)")
            progress = Progress(
                TextColumn("Building the search index"),
                BarColumn(),
                MofNCompleteColumn(),
                TimeRemainingColumn(),
                console=_console(),
                transient=True,
            )
            progress.start()
            task = progress.add_task("", total=total, completed=done)
        assert task is not None
        progress.update(task, completed=done, total=total)

    try:
        yield on_progress
    finally:
        if progress is not None:
            progress.stop()


def _console() -> Console:
    from rich.console import Console

    return Console(stderr=True)
