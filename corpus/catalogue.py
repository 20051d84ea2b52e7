"""The catalogue: which documents there are, when each was in force, and where its official text stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cache
from importlib import resources
from typing import Any, Literal, get_args
from urllib.parse import urlsplit

import rtoml

from corpus.errors import CatalogueError
from corpus.provision import LANGUAGES
from corpus.readers import MEDIA_TYPES

Status = Literal["in_force", "repealed", "draft", "treaty", "declaration", "private", "not_yet", "unknown"]
Kind = Literal["constitution", "law", "treaty", "declaration", "private", "act"]  # an act is of a library


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
    """One wording of a document in one language, named by its first day in force (`edition`, ISO 8601).

    `checksum` is of its folded text (`corpus.identity`), the same whatever source it is read from; `articles` how many
    it has. `sources` are tried in order. `numbering` gives, by the number of an article whose print misnumbers its
    paragraphs, their true numbers. `page` is where people read this edition, "" where the document's page has it.
    `follows` is the edition before it in the catalogue, "" for the oldest; `until` its last day before the one after
    it, None for the newest.
    """

    document: str
    language: str
    edition: str
    checksum: str
    articles: int
    sources: tuple[Source, ...]
    numbering: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    page: str = ""
    follows: str = ""
    until: date | None = None

    @property
    def name(self) -> str:
        """What it is called in messages: the newest by its document and language, an older one by its day as well."""
        day = f", {self.edition}" if self.until else ""
        return f"{self.document} ({self.language}{day})"

    def is_of(self, day: str) -> bool:
        """Whether a text of the document and language that is dated so, in ISO 8601, is of this edition: an older one's
        is of its very day; the newest one's may be of any day after those before it, or undated ("")."""
        if self.until:
            return day == self.edition
        return not day or not self.follows or day > self.follows


@dataclass(frozen=True, slots=True)
class Document:
    """One legal text; in force from `since` to `until`, both days included.

    `since` None means that the day is not recorded: then it counts from the day it was adopted, if that is. `pages` are
    where people read it, by language.
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

    @property
    def newest(self) -> tuple[Edition, ...]:
        """The newest edition in each language, in the catalogue's order."""
        return tuple(edition for edition in self.editions if edition.until is None)

    def edition(self, language: str) -> Edition | None:
        """The newest in the language."""
        return next((edition for edition in self.newest if edition.language == language), None)

    def edition_of(self, language: str, day: str) -> Edition | None:
        """The edition that a text in the language is of which is dated so (`Edition.is_of`)."""
        return next((edition for edition in self.editions if edition.language == language and edition.is_of(day)), None)


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
        table = rtoml.loads(text)
        publishers = {name: _publisher(row) for name, row in table.get("publisher", {}).items()}
        documents = tuple(_document(row, publishers) for row in table["document"])
    except (rtoml.TomlParsingError, KeyError, TypeError, ValueError) as error:
        raise CatalogueError(f"The catalogue is not valid: {error!r}.") from error
    identifiers = [document.id for document in documents]
    if len(set(identifiers)) != len(identifiers):
        raise CatalogueError("The catalogue names a document twice.")
    return Catalogue(documents)


@dataclass(frozen=True, slots=True)
class _Publisher:
    """An official place that publishes many acts: the address of one, `{id}` in it, with `{language}` as its own
    `languages` have it and `{day}` for the edition's."""

    url: str
    media_type: str
    languages: dict[str, str]

    def source(self, identifier: str, language: str, edition: str) -> Source:
        day = date.fromisoformat(edition).strftime("%d.%m.%Y")
        return Source(self.url.format(id=identifier, language=self.languages[language], day=day), self.media_type)


def _publisher(row: dict[str, Any]) -> _Publisher:
    return _Publisher(row["url"], row["media_type"], row["languages"])


def _document(table: dict[str, Any], publishers: Mapping[str, _Publisher]) -> Document:
    status, kind = table["status"], table["kind"]
    if status not in get_args(Status) or kind not in get_args(Kind):
        raise ValueError(f"{table['id']}: unknown status {status!r} or kind {kind!r}")
    for name in ("title", "short_title", "page"):
        if set(table[name]) != set(LANGUAGES):
            raise ValueError(f"{table['id']}: {name} must be given in {', '.join(LANGUAGES)}")
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
        editions=_in_time([_edition(table, row, publishers) for row in table["edition"]]),
    )


def _in_time(editions: Sequence[Edition]) -> tuple[Edition, ...]:
    """The editions in their order, each told which one it follows and when the next one begins."""
    placed = []
    for edition in editions:
        days = sorted(other.edition for other in editions if other.language == edition.language)
        at = days.index(edition.edition)
        if days.count(edition.edition) > 1:
            raise ValueError(f"{edition.document}: two editions of {edition.edition} in {edition.language}")
        after = date.fromisoformat(days[at + 1]) if at + 1 < len(days) else None
        until = after - timedelta(days=1) if after else None
        placed.append(replace(edition, follows=days[at - 1] if at else "", until=until))
    return tuple(placed)


def _edition(table: dict[str, Any], row: dict[str, Any], publishers: Mapping[str, _Publisher]) -> Edition:
    document, language = table["id"], row["language"]
    sources = tuple(_source(source, table, row, publishers) for source in row["source"])
    for source in sources:
        if not source.url.startswith("https://") or source.media_type not in MEDIA_TYPES:
            raise ValueError(f"{document}: bad source {source}")
    if language not in LANGUAGES or len(row["sha256"]) != 64 or not sources:
        raise ValueError(f"{document}: bad language or sha256, or no source")
    day, page = date.fromisoformat(row["edition"]).isoformat(), row.get("page", "")
    numbering = {article: tuple(numbers) for article, numbers in row.get("numbering", {}).items()}
    return Edition(document, language, day, row["sha256"], row["articles"], sources, numbering, page)


def _source(
    written: str | dict[str, str], table: dict[str, Any], row: dict[str, Any], publishers: Mapping[str, _Publisher]
) -> Source:
    """A publisher's name, whose number for the act stands in the document's `published`, or an address of its own."""
    if isinstance(written, dict):
        return Source(written["url"], written["media_type"])
    register = written.split("-")[0]  # "bank-pdf" and "bank-json" number acts alike
    return publishers[written].source(table["published"][register], row["language"], row["edition"])
