"""Options that several commands take, opening the assistant, and printing."""

from __future__ import annotations

import json
import sys
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from corpus import user_folders
from qa.setup.progress import building, fetching, printable, tell

if TYPE_CHECKING:
    from corpus import Document
    from corpus.store import StoredEdition
    from qa import Assistant
    from qa.setup.settings import ModelNames

Embedder = Annotated[
    str | None,
    typer.Option("--embedder", metavar="MODEL", help="A sentence-transformers model instead of the bundled one."),
]
RerankerName = Annotated[
    str | None, typer.Option("--reranker", metavar="MODEL", help="A cross-encoder to rank what is found once more.")
]
GeneratorName = Annotated[
    str | None,
    typer.Option(
        "--generator",
        metavar="MODEL",
        help="A language model (name, GGUF file, http://…/v1#model, none) to write prose.",
    ),
]
EntailmentName = Annotated[
    str | None, typer.Option("--entailment", metavar="MODEL", help="An entailment model to check prose with.")
]
ReaderName = Annotated[
    str | None,
    typer.Option(
        "--reader",
        metavar="MODEL",
        help="A language model to choose among what was found; none: not even the one that writes.",
    ),
]
StoreName = Annotated[
    str | None,
    typer.Option("--store", metavar="NAME", help="A library of laws: a folder, milvus://HOST:PORT, milvus-lite:PATH."),
]
Lang = Annotated[str | None, typer.Option("--lang", metavar="kk|ru|en", help="Language of the answer.")]
DocumentId = Annotated[str | None, typer.Option("--document", metavar="ID", help="Ask this document only.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
AsOf = Annotated[str | None, typer.Option("--as-of", metavar="YYYY-MM-DD", help="The law on this day.")]


def show(text: str) -> None:
    """A result, on standard output."""
    sys.stdout.write(printable(text) + "\n")


def show_json(value: Any) -> None:
    """A result for programs."""
    show(json.dumps(value, ensure_ascii=False, indent=2))


def day_of(as_of: str | None, reader: str = "en") -> date | None:
    """The day of `--as-of`. Raises `BadQuestion` where it is none."""
    from qa.understanding.question import parse_date

    return parse_date(as_of, reader) if as_of else None


def opened_assistant(
    embedder: str | None,
    reader: str = "en",
    reranker: str | None = None,
    names: ModelNames | None = None,
    *,
    store: str | None = None,
    adding: tuple[Document, StoredEdition] | None = None,
) -> Assistant:
    """The assistant over everything installed, with progress; `reader` is the language of notices, `store` names a
    library of laws, `adding` is a document that is to be saved once it is indexed."""
    from qa.setup.installation import open_assistant
    from qa.setup.settings import ModelNames

    with fetching() as on_fetch, building() as on_build:
        return open_assistant(
            user_folders(),
            embedder=embedder,
            reranker=reranker,
            names=names or ModelNames(),
            store=store,
            reader=reader,
            on_fetch=on_fetch,
            on_build=on_build,
            notice=tell,
            adding=adding,
        )
