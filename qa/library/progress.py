"""How adding to a library goes on: a bar on a terminal, else a line every few seconds."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from qa.setup.progress import tell

if TYPE_CHECKING:
    from qa.library.adding import Watch
    from qa.library.report import Report

_EVERY = 10.0  # seconds between lines where there is no terminal


@contextmanager
def watching() -> Iterator[Watch]:
    """What `Adding` tells its report to."""
    with _bar() if sys.stderr.isatty() else _lines() as watch:
        yield watch


@contextmanager
def _bar() -> Iterator[Watch]:
    """Drawn from the first act on: before it there may be a question to answer."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("Acts"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    progress = Progress(*columns, console=Console(stderr=True), transient=True)
    task = progress.add_task("", total=None, rate="")

    def watch(report: Report, total: int) -> None:
        progress.start()
        progress.update(task, completed=report.acts, total=total, rate=_rate(report))

    try:
        yield watch
    finally:
        progress.stop()


@contextmanager
def _lines() -> Iterator[Watch]:
    told = time.monotonic()

    def watch(report: Report, total: int) -> None:
        nonlocal told
        if time.monotonic() - told >= _EVERY:
            told = time.monotonic()
            left = report.seconds / report.acts * (total - report.acts) if report.acts else None
            remaining = f", about {left / 60:.0f} min left" if left is not None else ""
            tell(f"{report.acts} of {total} acts, {_rate(report)}{remaining}")

    yield watch


def _rate(report: Report) -> str:
    return f"{report.embedded / report.seconds:.1f} provisions/s" if report.seconds else ""
