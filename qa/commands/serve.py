"""`atazan serve` and `atazan token`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from corpus import user_folders
from qa.commands.options import Embedder, EntailmentName, GeneratorName, ReaderName, StoreName, show
from qa.errors import BadReference
from qa.setup.progress import tell

_ACCOUNTS = "Let in whom it names: name:password, a line each."
_METRICS = "Address or network that may read /metrics, in Prometheus's format; by default nobody."
_JOURNAL = "Write a line of JSON for each request there, - for standard error; never a question without consent."


def serve(
    host: Annotated[str, typer.Option("--host", help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="Port to listen on.")] = 7860,
    allow_host: Annotated[
        list[str] | None,
        typer.Option("--allow-host", metavar="NAME", help="One more name to answer to, as a proxy or DNS gives it."),
    ] = None,
    trusted_proxy: Annotated[
        list[str] | None,
        typer.Option("--trusted-proxy", metavar="ADDRESS", help="Address or network of a proxy to believe."),
    ] = None,
    auth_file: Annotated[Path | None, typer.Option("--auth-file", metavar="FILE", help=_ACCOUNTS)] = None,
    per_minute: Annotated[
        int, typer.Option("--per-minute", min=0, help="Questions a minute from one address; 0: any number.")
    ] = 60,
    metrics: Annotated[list[str] | None, typer.Option("--metrics", metavar="ADDRESS", help=_METRICS)] = None,
    log_json: Annotated[str | None, typer.Option("--log-json", metavar="FILE", help=_JOURNAL)] = None,
    embedder: Embedder = None,
    generator: GeneratorName = None,
    entailment: EntailmentName = None,
    reader: ReaderName = None,
    store: StoreName = None,
) -> None:
    """Open the page in a browser, by default at http://127.0.0.1:7860; with an HTTP API and an MCP server."""
    from page.uploads import keep_uploads_apart

    keep_uploads_apart()
    from page.doors import BadAccounts, BadHost, BadProxy, Doors, read_accounts
    from page.doors.proxies import networks
    from page.watching import open_journal
    from qa.setup.arrival import Arrival
    from qa.setup.installation import open_models
    from qa.setup.settings import chosen_store, language_models, reachable_by

    folders = user_folders()
    try:
        accounts = read_accounts(auth_file) if auth_file else []
        names, proxies = reachable_by(folders, allow_host or (), trusted_proxy or ())
        doors = Doors(host, names, proxies, tuple(accounts))
        networks(metrics or ())
    except BadAccounts as error:
        raise BadReference(str(error)) from error
    except BadHost as error:
        raise BadReference(f"{error} is not the name of a host; write for example law.example.org.") from error
    except BadProxy as error:
        raise BadReference(f"{error} is no address or network; write for example 10.0.0.1 or 10.0.0.0/8.") from error
    if log_json:
        open_journal(log_json)
    from page.serving import launch

    names_of_models = language_models(folders, generator, entailment, reader)
    models = open_models(embedder, None, names_of_models, chosen_store(folders, store))
    arrival = Arrival.begun(folders, models, tell)
    show(f"Atazan is at http://{f'[{host}]' if ':' in host else host}:{port} (stop with Ctrl+C)")
    if arrival.underway:
        tell("texts are still being read in; until then it answers from what is there")
    launch(
        arrival, folders, port=port, doors=doors, per_minute=per_minute, metrics=metrics or (), store=models.legislation
    )


def token(auth_file: Annotated[Path, typer.Argument(metavar="FILE", help=_ACCOUNTS)]) -> None:
    """Print the token of each account, by which programs speak MCP where `serve` has an `--auth-file`."""
    from page.doors import BadAccounts, read_accounts, token_of

    try:
        accounts = read_accounts(auth_file)
    except BadAccounts as error:
        raise BadReference(str(error)) from error
    for account in accounts:
        show(f"{account[0]}\t{token_of(account)}")
