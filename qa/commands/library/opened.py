"""The library that a command is about."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from corpus import user_folders
from qa.errors import AnswerError

if TYPE_CHECKING:
    from index.stores import ProvisionStore

StoreName = Annotated[
    str | None,
    typer.Option(
        "--store",
        metavar="NAME",
        help="The library: a folder, milvus://HOST:PORT or milvus-lite:PATH; default: ATAZAN_STORE, else your own.",
    ),
]


@contextmanager
def opened_library(chosen: str | None, *, create: bool = False) -> Iterator[ProvisionStore]:
    """The library of that name. Raises `AnswerError` where there is none, unless it is to be created."""
    from index.stores import open_store, store_name

    name = store_name(chosen, user_folders().data / "library")
    store = open_store(name, create=create)
    if store is None:
        raise AnswerError(f"There is no library at {name}; make one with `atazan library add FOLDER`.")
    try:
        yield store
    finally:
        store.close()
