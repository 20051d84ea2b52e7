"""`atazan library add` and `sync`: acts from folders and files into a library."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corpus import user_folders
from qa.commands.library.opened import StoreName, opened_library
from qa.commands.options import Embedder, show
from qa.setup.progress import tell

if TYPE_CHECKING:
    from qa.library.adding import Adding
    from qa.library.report import Report

_INTERRUPTED = 130
ReportFile = Annotated[
    Path | None, typer.Option("--report", metavar="FILE.json", help="Write what was done, and not read, to this file.")
]


def add(
    paths: Annotated[list[Path], typer.Argument(metavar="PATHS…", help="Folders of acts, or files.")],
    store: StoreName = None,
    report: ReportFile = None,
    embedder: Embedder = None,
) -> None:
    """Add acts; what is in already and did not change is left as it is."""
    _run(lambda adding: adding.add(paths), store, report, embedder)


def sync(
    folder: Annotated[Path, typer.Argument(help="A folder of acts.")],
    store: StoreName = None,
    report: ReportFile = None,
    yes: Annotated[bool, typer.Option("--yes", help="Remove even more than half of what came from there.")] = False,
    embedder: Embedder = None,
) -> None:
    """Add the acts of a folder, and remove those that came from it and are no longer there."""

    def confirm(gone: int, of: int) -> bool:
        question = f"{gone} of {of} acts that came from {folder} are no longer there. Remove them from the library?"
        if yes or not sys.stdin.isatty():
            return yes
        return typer.confirm(question, err=True)

    _run(lambda adding: adding.sync(folder, confirm), store, report, embedder)


def _run(work: Callable[[Adding], Report], store: str | None, file: Path | None, embedder: str | None) -> None:
    from index import open_embedder
    from qa.library.adding import Adding
    from qa.library.progress import watching
    from qa.library.remembered import Memory

    memory, adding = Memory(user_folders().cache / "library"), None
    try:
        with opened_library(store, create=True) as library, watching() as watch:
            adding = Adding(library, open_embedder(embedder), memory, watch)
            tell("looking for acts")
            work(adding)
    except KeyboardInterrupt:
        tell("stopped; what is in is whole, and the same command goes on with the rest")
        raise typer.Exit(_INTERRUPTED) from None
    finally:
        memory.close()
        if adding:
            _tell(adding.report, file)
    if adding.report.is_empty:
        tell("nothing was found there that looks like an act")
    if len(adding.report.unread) == adding.report.acts and not adding.report.removed:
        raise typer.Exit(1)


def _tell(report: Report, file: Path | None) -> None:
    from corpus.files import write_atomically

    for line in () if report.is_empty else report.lines():
        show(line)
    if file:
        text = json.dumps(report.to_json(), ensure_ascii=False, indent=1) + "\n"
        write_atomically(file.absolute(), text.encode("utf-8", "backslashreplace"))
