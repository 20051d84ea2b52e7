"""What servers said of the installed copy (ETag, Last-Modified), so that a refresh need not fetch it again."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from corpus.catalogue import Edition
from corpus.fetching.client import Validators
from corpus.files import read_json, write_atomically
from corpus.folders import Folders
from corpus.store import StoredEdition, edition_file


@dataclass(frozen=True, slots=True)
class _Seen:
    """Validators by address, and the checksum of the text that they are of."""

    checksum: str
    sources: dict[str, Validators]


def validators_of(folders: Folders, edition: Edition, installed: StoredEdition | None) -> dict[str, Validators]:
    """By address; empty where they are of another text than the installed one, or damaged: then all is fetched."""
    path = edition_file(folders, edition, "seen")
    try:
        record = read_json(path, _Seen)
    except (OSError, ValueError):
        return {}
    return record.sources if installed and record.checksum == installed.checksum else {}


def remember_validators(
    folders: Folders, edition: Edition, installed: StoredEdition, url: str, validators: Validators
) -> None:
    """Keep what the server at the address said of the text that is installed."""
    if not validators.headers():
        return
    record = _Seen(installed.checksum, validators_of(folders, edition, installed) | {url: validators})
    write_atomically(edition_file(folders, edition, "seen"), json.dumps(asdict(record)).encode("utf-8"))
