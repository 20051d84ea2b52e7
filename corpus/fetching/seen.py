"""What servers said of the installed copy (ETag, Last-Modified), so that a refresh need not fetch it again."""

from __future__ import annotations

import json
from dataclasses import asdict

from corpus.catalogue import Edition
from corpus.fetching.client import Validators
from corpus.files import write_atomically
from corpus.folders import Folders
from corpus.store import StoredEdition, edition_file


def validators_of(folders: Folders, edition: Edition, installed: StoredEdition | None) -> dict[str, Validators]:
    """By address; empty where they are of another text than the installed one, or damaged: then all is fetched."""
    path = edition_file(folders, edition, "seen")
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
        if installed is None or record["checksum"] != installed.checksum:
            return {}
        return {url: Validators(**row) for url, row in record["sources"].items()}
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return {}


def remember_validators(
    folders: Folders, edition: Edition, installed: StoredEdition, url: str, validators: Validators
) -> None:
    """Keep what the server at the address said of the text that is installed."""
    if not validators.headers():
        return
    rows = validators_of(folders, edition, installed) | {url: validators}
    record = {"checksum": installed.checksum, "sources": {name: asdict(row) for name, row in rows.items()}}
    write_atomically(edition_file(folders, edition, "seen"), json.dumps(record).encode("utf-8"))
