"""`atazan fetch`, `index`, `add` and `remove`: what is installed on this machine."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from corpus import user_folders
from qa.commands.options import DocumentId, Embedder, opened_assistant, show
from qa.errors import BadReference
from qa.setup.progress import fetching, tell

_BOUNDS = {"pages": 2000, "characters": 20_000_000, "seconds": 300, "memory": 4 * 1024**3}  # of one's own file


def fetch(
    document: DocumentId = None,
    accept: Annotated[bool, typer.Option("--accept", help="Take texts that are not the known edition.")] = False,
    refresh: Annotated[bool, typer.Option("--refresh", help="Look for new editions of installed texts too.")] = False,
) -> None:
    """Get the official texts from their sources, or from the mirror in ATAZAN_MIRROR."""
    from corpus import load_catalogue
    from corpus.fetching import fetch_all, mirror_location, remember_unreachable
    from qa.commands.fetched import outcome_lines, problem_lines

    folders, catalogue = user_folders(), load_catalogue()
    wanted = frozenset({catalogue.document(document).id}) if document else frozenset()
    with fetching() as on_fetch:
        outcomes = fetch_all(
            catalogue,
            folders,
            mirror=mirror_location(),
            accept=accept,
            refresh=refresh or accept,
            documents=wanted,
            on_progress=on_fetch,
        )
    remember_unreachable(folders, mirror_location(), any(o.problem for o in outcomes))
    for line in outcome_lines(outcomes, catalogue):
        show(line)
    for line in problem_lines(outcomes):
        tell(line)
    if all(outcome.stored is None for outcome in outcomes):
        raise typer.Exit(1)


def build(embedder: Embedder = None) -> None:
    """Build the search index of everything installed, if it is not up to date."""
    assistant = opened_assistant(embedder)
    count = assistant.index.count
    show(f"Index {assistant.index.fingerprint}: {count} provisions of {len(assistant.index.documents)} documents.")


def add(
    file: Annotated[Path, typer.Argument(help="A PDF, DOCX, HTML or text file.")],
    title: Annotated[
        str | None, typer.Option("--title", help="How to call the document; default: the file's name.")
    ] = None,
    embedder: Embedder = None,
) -> None:
    """Add a private document; it stays on this machine and is searched with the Constitution."""
    from corpus.private import read_file, readable_name
    from corpus.store import private_document, save_private
    from qa.setup.reading_process import Bounds, read_apart

    folders = user_folders()
    stored = read_apart(read_file(file), readable_name(file.stem), Bounds(**_BOUNDS))
    document = private_document(stored.document, readable_name(title or file.stem) or stored.document)
    # Saved last: a document that could not be searched would stand in the way of every later command.
    opened_assistant(embedder, adding=(document, stored))
    save_private(folders, document, stored)
    show(f"Added {document.titles['en']} as {document.id} ({len(stored.lines)} paragraphs).")


def remove(document: Annotated[str, typer.Argument(metavar="ID", help="As `atazan add` named it.")]) -> None:
    """Forget a private document."""
    from corpus.store import private_ids, remove_private

    folders = user_folders()
    if not remove_private(folders, document):
        known = ", ".join(private_ids(folders)) or "none"
        raise BadReference(f"There is no added document {document!r}; added are: {known}.")
    show(f"Removed {document}.")
