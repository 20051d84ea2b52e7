"""The catalogue: which documents there are, when each was in force, and where its official text stands."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Any, Literal, get_args
from urllib.parse import urlsplit

from corpus.errors import CatalogueError
from corpus.provision import LANGUAGES
from corpus.readers import MEDIA_TYPES

Status = Literal["in_force", "repealed", "draft", "treaty", "declaration", "private"]
Kind = Literal["constitution", "law", "declaration", "private"]


@dataclass(frozen=True, slots=True)
class Source:
    """One place where an edition's text is published."""

    url: str
    media_type: str

    @property
    def host(self) -> str:
        return urlsplit(self.url).hostname or ""


@dataclass(frozen=True, slots=True)
class Edition:
    """One language edition; `checksum` is the SHA-256 of its normalised text."""

    document: str
    language: str
    edition: str
    checksum: str
    sources: tuple[Source, ...]

    @property
    def page(self) -> str:
        """The official page a reader is sent to."""
        return self.sources[0].url


@dataclass(frozen=True, slots=True)
class Document:
    """One legal text; in force from `since` to `until`, both days included.

    `since` None means that the day is not recorded: then it counts from the day it was adopted, if that is.
    """

    id: str
    kind: Kind
    status: Status
    titles: dict[str, str]
    short_titles: dict[str, str]
    pages: dict[str, str]
    adopted: date | None
    since: date | None
    until: date | None
    editions: tuple[Edition, ...]

    def in_force_on(self, day: date) -> bool:
        since = self.since or self.adopted
        return (since is None or since <= day) and (self.until is None or day <= self.until)

    def edition(self, language: str) -> Edition | None:
        return next((edition for edition in self.editions if edition.language == language), None)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All documents, in the order of the file."""

    documents: tuple[Document, ...]

    def document(self, identifier: str) -> Document:
        """Raises `CatalogueError` naming the known documents."""
        for document in self.documents:
            if document.id == identifier:
                return document
        known = ", ".join(document.id for document in self.documents)
        raise CatalogueError(f"There is no document {identifier!r}; known are: {known}.")

    @property
    def editions(self) -> tuple[Edition, ...]:
        return tuple(edition for document in self.documents for edition in document.editions)

    @property
    def hosts(self) -> frozenset[str]:
        """Every host that a text may come from."""
        return frozenset(source.host for edition in self.editions for source in edition.sources)

    def constitution_on(self, day: date) -> Document | None:
        """The Constitution in force on the day, or None before the first one known."""
        return next((d for d in self.documents if d.kind == "constitution" and d.in_force_on(day)), None)


@cache
def load_catalogue() -> Catalogue:
    """The catalogue shipped with the package. Raises `CatalogueError` when the file does not validate."""
    return parse_catalogue(resources.files("corpus").joinpath("catalogue.toml").read_text(encoding="utf-8"))


def parse_catalogue(text: str) -> Catalogue:
    """Read and validate a catalogue in TOML."""
    try:
        tables = tomllib.loads(text)["document"]
        documents = tuple(_document(table) for table in tables)
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise CatalogueError(f"The catalogue is not valid: {error!r}.") from error
    identifiers = [document.id for document in documents]
    if len(set(identifiers)) != len(identifiers):
        raise CatalogueError("The catalogue names a document twice.")
    return Catalogue(documents)


def _document(table: dict[str, Any]) -> Document:
    status, kind = table["status"], table["kind"]
    if status not in get_args(Status) or kind not in get_args(Kind):
        raise ValueError(f"{table['id']}: unknown status {status!r} or kind {kind!r}")
    for field in ("title", "short_title", "page"):
        if set(table[field]) != set(LANGUAGES):
            raise ValueError(f"{table['id']}: {field} must be given in {', '.join(LANGUAGES)}")
    return Document(
        id=table["id"],
        kind=kind,
        status=status,
        titles=table["title"],
        short_titles=table["short_title"],
        pages=table["page"],
        adopted=table.get("adopted"),
        since=table.get("in_force_from"),
        until=table.get("in_force_until"),
        editions=tuple(_edition(table["id"], row) for row in table["edition"]),
    )


def _edition(document: str, row: dict[str, Any]) -> Edition:
    sources = tuple(Source(source["url"], source["media_type"]) for source in row["source"])
    for source in sources:
        if not source.url.startswith("https://") or source.media_type not in MEDIA_TYPES:
            raise ValueError(f"{document}: bad source {source}")
    if row["language"] not in LANGUAGES or len(row["sha256"]) != 64:
        raise ValueError(f"{document}: bad language or sha256")
    return Edition(document, row["language"], row["edition"], row["sha256"], sources)
