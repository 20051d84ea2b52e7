"""The user's texts on disk: official editions in the cache, private documents in the data folder."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from corpus.catalogue import Catalogue, Document, Edition, load_catalogue
from corpus.files import read_json, write_atomically
from corpus.folders import Folders
from corpus.identity import differing, identity_of, known_provisions
from corpus.parsing.structure import Numbering, parse
from corpus.provision import LANGUAGES, EditionText
from corpus.readers import Line, text_of
from corpus.text.normalisation import checksum

PRIVATE = "user-"  # what the ids of a user's own documents begin with


@dataclass(frozen=True, slots=True)
class NewerEdition:
    """That an official source has another text than the installed one, which the user has not accepted yet.

    `found` is the day, ISO; `differing` the eIds that are not as in the installed text; `compared_with` the catalogue's
    checksum of the edition on that day.
    """

    document: str
    language: str
    source_url: str
    found: str
    differing: tuple[str, ...]
    compared_with: str


@dataclass(frozen=True, slots=True)
class StoredEdition:
    """What is kept of one fetched edition: its logical lines and where they came from.

    `differing` are the eIds of provisions that are not as in the edition of the catalogue whose checksum is
    `compared_with`: what is said of the known ones, the plain words above all, may not fit them.
    """

    document: str
    language: str
    edition: str
    checksum: str
    source_url: str
    fetched: str
    lines: tuple[Line, ...]
    differing: tuple[str, ...] = ()
    compared_with: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether the lines are those of which the checksum was taken."""
        return checksum(text_of(list(self.lines))) == self.checksum

    def parsed(self) -> EditionText:
        blocks = parse(self.document, self.language, list(self.lines), _numbering(self))
        return EditionText(self.document, self.language, self.edition, self.checksum, self.source_url, blocks)


def _numbering(stored: StoredEdition) -> Numbering:
    """How the catalogue says that the edition's misprinted numbers are to be read; empty for a user's document."""
    document = next((d for d in load_catalogue().documents if d.id == stored.document), None)
    edition = document.edition_of(stored.language, stored.edition) if document else None
    return edition.numbering if edition else {}


def edition_file(folders: Folders, edition: Edition, kind: str = "") -> Path:
    """Where an edition's text is kept, or something of that kind about it. The newest one's place is the language's
    own; an older one's says its day."""
    day = edition.edition if edition.until else ""
    return folders.texts / edition.document / ".".join(filter(None, (edition.language, day, kind, "json")))


def save_edition(folders: Folders, edition: Edition, stored: StoredEdition) -> None:
    """Keep the text as that edition in the cache, atomically; of an edition that is no longer the newest and has its
    place still, it makes room."""
    path = edition_file(folders, edition)
    former = _read(path) if edition.follows and not edition.until else None
    if former and not edition.is_of(former.edition):
        path.replace(path.with_name(f"{edition.language}.{former.edition}.json"))
    write_atomically(path, json.dumps(asdict(stored), ensure_ascii=False, indent=0).encode("utf-8"))


def load_edition(folders: Folders, edition: Edition) -> StoredEdition | None:
    """The edition kept in the cache, or None when there is none or it is damaged.

    One that was the newest when it was fetched is found where it was put then. One that was compared with another
    edition than the catalogue's of today is compared anew, once.
    """
    places = dict.fromkeys((edition_file(folders, edition), edition_file(folders, replace(edition, until=None))))
    stored = next((s for path in places if (s := _read(path)) and edition.is_of(s.edition)), None)
    if stored is None or stored.compared_with == edition.checksum:
        return stored
    found, known = identity_of(stored.parsed().blocks), known_provisions(edition)
    changed = differing(found, known) if known and found.checksum != edition.checksum else ()
    stored = replace(stored, differing=changed, compared_with=edition.checksum)
    with suppress(OSError):  # of a cache that cannot be written, it is compared again the next time
        save_edition(folders, edition, stored)
    return stored


def _read(path: Path) -> StoredEdition | None:
    try:
        stored = read_json(path, StoredEdition)
    except (OSError, ValueError):
        return None  # damaged: fetched again, like a missing one
    return stored if stored.is_whole else None


# Newer editions that wait to be accepted


def save_newer(folders: Folders, edition: Edition, newer: NewerEdition) -> None:
    """Remember, atomically, that a newer edition is there."""
    write_atomically(
        edition_file(folders, edition, "newer"), json.dumps(asdict(newer), ensure_ascii=False).encode("utf-8")
    )


def forget_newer(folders: Folders, edition: Edition) -> None:
    """The known text was found again, or the newer one accepted."""
    edition_file(folders, edition, "newer").unlink(missing_ok=True)


def newer_edition(folders: Folders, edition: Edition) -> NewerEdition | None:
    """The newer edition that waits to be accepted; None also where that was noted of another edition than the
    catalogue's of today, or the note is damaged: the next refresh makes it again."""
    try:
        newer = read_json(edition_file(folders, edition, "newer"), NewerEdition)
    except (OSError, ValueError):
        return None
    return newer if newer.compared_with == edition.checksum else None


def installed_editions(folders: Folders, catalogue: Catalogue) -> tuple[StoredEdition, ...]:
    """Every official edition on this machine, of whatever day, in the catalogue's order."""
    found = (load_edition(folders, edition) for edition in catalogue.editions)
    return tuple(stored for stored in found if stored)


def missing_editions(folders: Folders, catalogue: Catalogue) -> tuple[Edition, ...]:
    """Editions of the catalogue that are not on this machine."""
    return tuple(edition for edition in catalogue.editions if load_edition(folders, edition) is None)


# Private documents


@dataclass(frozen=True, slots=True)
class _Record:
    """What is kept of a private document, as JSON."""

    id: str
    title: str
    added: str
    text: StoredEdition

    def is_of(self, path: Path) -> bool:
        """Whether the file holds what was saved in it: its name is the document's id."""
        return (
            self.id == self.text.document == path.stem
            and self.id.startswith(PRIVATE)
            and self.text.language in LANGUAGES
            and self.text.is_whole
        )


@dataclass(frozen=True, slots=True)
class PrivateDocuments:
    """The user's documents in the order of their ids, and the ids of those whose files are damaged."""

    readable: tuple[tuple[Document, StoredEdition], ...] = ()
    damaged: tuple[str, ...] = ()


def save_private(folders: Folders, document: Document, stored: StoredEdition) -> None:
    """Keep a user's document; its id is its file name."""
    record = _Record(document.id, document.titles["en"], stored.fetched, stored)
    data = json.dumps(asdict(record), ensure_ascii=False, indent=0).encode("utf-8")
    write_atomically(folders.documents / f"{document.id}.json", data)


def private_documents(folders: Folders) -> PrivateDocuments:
    """The user's documents. A damaged one is told apart and stays where it is, since it is the user's."""
    readable: list[tuple[Document, StoredEdition]] = []
    damaged: list[str] = []
    for path in sorted(folders.documents.glob("*.json")):
        try:
            record = read_json(path, _Record)
        except (OSError, ValueError):
            damaged.append(path.stem)
            continue
        if record.is_of(path):
            readable.append((private_document(record.id, record.title), record.text))
        else:
            damaged.append(path.stem)
    return PrivateDocuments(tuple(readable), tuple(damaged))


def private_ids(folders: Folders) -> tuple[str, ...]:
    """Ids of all that the user added, damaged or not."""
    return tuple(sorted(path.stem for path in folders.documents.glob("*.json")))


def remove_private(folders: Folders, identifier: str) -> bool:
    """Forget a user's document; False when there is none of that id."""
    if identifier not in private_ids(folders):
        return False
    (folders.documents / f"{identifier}.json").unlink()
    return True


def private_document(identifier: str, title: str) -> Document:
    """The catalogue entry of a user's document."""
    names = dict.fromkeys(("kk", "ru", "en"), title)
    return Document(identifier, "private", "private", names, names, {}, None, None, None, ())
