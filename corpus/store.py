"""The user's texts on disk: official editions in the cache, private documents in the data folder."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from corpus.catalogue import Catalogue, Document, Edition, load_catalogue
from corpus.errors import CorpusError
from corpus.files import write_atomically
from corpus.folders import Folders
from corpus.identity import differing, identity_of, known_provisions
from corpus.parsing.structure import Numbering, parse
from corpus.provision import EditionText
from corpus.readers import Line, text_of
from corpus.text.normalisation import checksum


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

    def parsed(self) -> EditionText:
        blocks = parse(self.document, self.language, list(self.lines), _numbering(self.document, self.language))
        return EditionText(self.document, self.language, self.edition, self.checksum, self.source_url, blocks)


def _numbering(document: str, language: str) -> Numbering:
    """How the catalogue says that the edition's misprinted numbers are to be read; empty for a user's document."""
    editions = (e for e in load_catalogue().editions if (e.document, e.language) == (document, language))
    return next((edition.numbering for edition in editions), {})


def _path(folders: Folders, document: str, language: str) -> Path:
    return folders.texts / document / f"{language}.json"


def edition_file(folders: Folders, edition: Edition, kind: str) -> Path:
    """Where something about an edition is kept, beside its text."""
    return folders.texts / edition.document / f"{edition.language}.{kind}.json"


def save_edition(folders: Folders, stored: StoredEdition) -> None:
    """Keep the edition in the cache, atomically."""
    data = json.dumps(asdict(stored), ensure_ascii=False, indent=0).encode("utf-8")
    write_atomically(_path(folders, stored.document, stored.language), data)


def load_edition(folders: Folders, edition: Edition) -> StoredEdition | None:
    """The edition kept in the cache, or None when there is none or it is damaged.

    One that was compared with another edition than the catalogue's of today is compared anew, once.
    """
    stored = _read(_path(folders, edition.document, edition.language))
    if stored is None or stored.compared_with == edition.checksum:
        return stored
    found, known = identity_of(stored.parsed().blocks), known_provisions(edition.document, edition.language)
    changed = differing(found, known) if known and found.checksum != edition.checksum else ()
    stored = replace(stored, differing=changed, compared_with=edition.checksum)
    with suppress(OSError):  # of a cache that cannot be written, it is compared again the next time
        save_edition(folders, stored)
    return stored


def _read(path: Path) -> StoredEdition | None:
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        stored = stored_edition(raw)
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError, KeyError):
        return None  # damaged: fetched again, like a missing one
    return stored if checksum(text_of(list(stored.lines))) == stored.checksum else None


def stored_edition(raw: dict[str, Any]) -> StoredEdition:
    """From what `asdict` made of it and JSON kept. Raises `TypeError` or `KeyError` for anything else."""
    lines = tuple(Line(**line) for line in raw["lines"])
    return StoredEdition(**{**raw, "lines": lines, "differing": tuple(raw.get("differing", ()))})


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
        raw = json.loads(edition_file(folders, edition, "newer").read_text(encoding="utf-8"))
        newer = NewerEdition(**{**raw, "differing": tuple(raw["differing"])})
    except (OSError, ValueError, TypeError, KeyError):
        return None
    return newer if newer.compared_with == edition.checksum else None


def installed_editions(folders: Folders, catalogue: Catalogue) -> tuple[StoredEdition, ...]:
    """Every official edition on this machine, in the catalogue's order."""
    found = (load_edition(folders, edition) for edition in catalogue.editions)
    return tuple(stored for stored in found if stored)


def missing_editions(folders: Folders, catalogue: Catalogue) -> tuple[Edition, ...]:
    """Editions of the catalogue that are not on this machine."""
    return tuple(edition for edition in catalogue.editions if load_edition(folders, edition) is None)


# Private documents


def save_private(folders: Folders, document: Document, stored: StoredEdition) -> None:
    """Keep a user's document; its id is its file name."""
    record = {
        "id": document.id,
        "title": document.titles["en"],
        "added": stored.fetched,
        "text": asdict(stored),
    }
    data = json.dumps(record, ensure_ascii=False, indent=0).encode("utf-8")
    write_atomically(folders.documents / f"{document.id}.json", data)


def private_documents(folders: Folders) -> Iterator[tuple[Document, StoredEdition]]:
    """The user's documents, oldest file name first. Raises `CorpusError` for a damaged file: it is the user's."""
    for path in sorted(folders.documents.glob("*.json")):
        try:
            record = json.loads(path.read_text(encoding="utf-8"))
            stored = stored_edition(record["text"])
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise CorpusError(f"The added document {path} is damaged; remove it and add the file again.") from error
        yield private_document(record["id"], record["title"]), stored


def remove_private(folders: Folders, identifier: str) -> bool:
    """Forget a user's document; False when there is none of that id."""
    path = folders.documents / f"{identifier}.json"
    if Path(identifier).name != identifier or not path.exists():
        return False
    path.unlink()
    return True


def private_document(identifier: str, title: str) -> Document:
    """The catalogue entry of a user's document."""
    names = dict.fromkeys(("kk", "ru", "en"), title)
    return Document(identifier, "private", "private", names, names, {}, None, None, None, ())
