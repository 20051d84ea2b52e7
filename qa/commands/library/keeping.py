"""`atazan library list`, `remove`, `backup` and `restore`: what is in a library, and keeping it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corpus import LANGUAGES
from qa.commands.library.opened import StoreName, opened_library
from qa.commands.options import AsJson, show, show_json
from qa.errors import BadReference

if TYPE_CHECKING:
    from collections.abc import Callable

    from index.stores import StoredAct


def listed(store: StoreName = None, as_json: AsJson = False) -> None:
    """What acts there are, with their kind, status, languages and provisions."""
    with opened_library(store) as library:
        acts = (list(languages) for _, languages in groupby(library.acts(), key=lambda act: act.id))
        if as_json:
            show_json([_record(languages) for languages in acts])
            return
        for languages in acts:
            first, counts = languages[0], ", ".join(f"{act.language} {act.provisions}" for act in languages)
            show(f"{first.id}  {first.kind}, {first.status}; {counts}\n        {first.title}")
        count = library.count()
    show(f"{count.acts} acts, {count.provisions} provisions.")


def remove(
    act: Annotated[str, typer.Argument(metavar="ACT", help="As `atazan library list` names it.")],
    store: StoreName = None,
) -> None:
    """Forget an act in all of its languages."""
    with opened_library(store) as library:
        if not any(library.act(act, language) for language in LANGUAGES):
            raise BadReference(f"There is no act {act!r} in the library; `atazan library list` names those there are.")
        count = library.remove(act)
        library.settle()
    show(f"Removed {act} ({count} provisions).")


def backup(file: Annotated[Path, typer.Argument(help="Where to write it.")], store: StoreName = None) -> None:
    """Write the whole library to one file, for any kind of library to restore."""
    from qa.library.backup import back_up

    with opened_library(store) as library, _counted("Backing up") as watch:
        count = back_up(library, file.absolute(), watch)
    show(f"Wrote {count} texts of acts to {file} ({file.stat().st_size / 2**20:.1f} MB).")


def restore(
    file: Annotated[Path, typer.Argument(help="As `atazan library backup` wrote it.")], store: StoreName = None
) -> None:
    """Put back what a backup holds; what the library has beside it stays."""
    from qa.library.backup import restore as put_back

    with opened_library(store, create=True) as library, _counted("Restoring") as watch:
        count = put_back(library, file, watch)
    show(f"Restored {count} texts of acts; all others were there already.")


def _record(languages: list[StoredAct]) -> dict[str, object]:
    first = languages[0]
    return {
        "id": first.id,
        "kind": first.kind,
        "status": first.status,
        "number": first.number,
        "titles": {act.language: act.title for act in languages},
        "editions": {act.language: act.edition for act in languages},
        "provisions": {act.language: act.provisions for act in languages},
        "sources": {act.language: act.source for act in languages},
    }


@contextmanager
def _counted(what: str) -> Iterator[Callable[[int, int], None]]:
    """A bar of acts done; rich draws none where there is no terminal."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn(what), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("", total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total)
