"""The library that a command is about."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from corpus import user_folders
from qa.errors import AnswerError
from qa.setup.settings import LIBRARY, chosen_store

if TYPE_CHECKING:
    from index.stores import ProvisionStore

StoreName = Annotated[
    str | None,
    typer.Option(
        "--store",
        metavar="NAME",
        help="A folder, milvus://HOST:PORT, milvus-lite:PATH; default: ATAZAN_STORE, the settings, else your own.",
    ),
]


@contextmanager
def opened_library(chosen: str | None, *, create: bool = False) -> Iterator[ProvisionStore]:
    """The library of that name. Raises `AnswerError` where there is none, unless it is to be created."""
    from index.stores import open_store

    folders = user_folders()
    name = chosen_store(folders, chosen) or str(folders.data / LIBRARY)
    store = open_store(name, create=create)
    if store is None:
        raise AnswerError(f"There is no library at {name}; make one with `atazan library add FOLDER`.")
    try:
        yield store
    finally:
        store.close()
