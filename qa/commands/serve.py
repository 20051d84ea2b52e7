"""`atazan serve`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from corpus import user_folders
from qa.commands.options import Embedder, EntailmentName, GeneratorName, show
from qa.errors import BadReference
from qa.setup.progress import tell


def serve(
    host: Annotated[str, typer.Option("--host", help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="Port to listen on.")] = 7860,
    auth_file: Annotated[
        Path | None,
        typer.Option("--auth-file", metavar="FILE", help="Let in whom it names: name:password, a line each."),
    ] = None,
    per_minute: Annotated[
        int, typer.Option("--per-minute", min=0, help="Questions a minute from one address; 0: any number.")
    ] = 60,
    embedder: Embedder = None,
    generator: GeneratorName = None,
    entailment: EntailmentName = None,
) -> None:
    """Open the page in a browser, by default at http://127.0.0.1:7860; with an HTTP API and an MCP server."""
    from page.serving import launch, read_accounts
    from qa.setup.arrival import Arrival
    from qa.setup.installation import open_models
    from qa.setup.settings import writing_models

    try:
        accounts = read_accounts(auth_file) if auth_file else None
    except ValueError as error:
        raise BadReference(str(error)) from error
    folders = user_folders()
    models = open_models(embedder, None, *writing_models(folders, generator, entailment))
    arrival = Arrival.begun(folders, models, tell)
    show(f"Atazan is at http://{host}:{port} (stop with Ctrl+C)")
    if arrival.underway:
        tell("texts are still being read in; until then it answers from what is there")
    launch(arrival, folders, host=host, port=port, auth=accounts, per_minute=per_minute)
