"""A folder or URL that holds copies of official texts, described by its MANIFEST.toml."""

from __future__ import annotations

import os
import threading
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import httpx
import rtoml

from corpus.catalogue import Edition, Source
from corpus.errors import SourceUnavailable
from corpus.fetching.client import Client
from corpus.fetching.refusals import Refused, reason_of

MIRROR_VARIABLE = "ATAZAN_MIRROR"
_MANIFEST = "MANIFEST.toml"


def mirror_location() -> str | None:
    """The mirror the user named, or None."""
    return os.environ.get(MIRROR_VARIABLE, "").strip() or None


def mirror_host(location: str | None) -> frozenset[str]:
    """The host of a mirror at a URL; none for a folder."""
    host = urlsplit(location).hostname if location else None
    return frozenset({host} if host else ())


@dataclass(frozen=True, slots=True)
class _Copy:
    """A row of the manifest; `day` is the edition's, "" where it does not say."""

    document: str
    language: str
    day: str
    source: Source


class Mirror:
    """Reads the manifest once. May be asked from several threads. `remote`: it is at a URL, not a folder."""

    def __init__(self, location: str, client: Client) -> None:
        self._location, self._client = location, client
        self.remote = urlsplit(location).scheme in ("http", "https")
        self._files: list[_Copy] | None = None
        self._reading = threading.Lock()

    def sources(self, edition: Edition) -> tuple[Source, ...]:
        """The mirror's copy, or none. Raises `SourceUnavailable` where there is no mirror."""
        with self._reading:
            if self._files is None:
                self._files = self._manifest()
        text = (edition.document, edition.language)
        fitting = [copy for copy in self._files if (copy.document, copy.language) == text and edition.is_of(copy.day)]
        exact = [copy for copy in fitting if copy.day == edition.edition]
        return tuple(copy.source for copy in (exact or fitting)[-1:])

    def _manifest(self) -> list[_Copy]:
        try:
            rows = rtoml.loads(self._manifest_bytes().decode("utf-8"))["file"]
            return [
                _Copy(
                    row["document"],
                    row["language"],
                    str(row.get("edition", "")),
                    Source(self._at(str(row["path"])), row["media_type"]),
                )
                for row in rows
            ]
        except (OSError, Refused, httpx.HTTPError) as error:
            raise SourceUnavailable(
                f"The mirror {self._location} named in {MIRROR_VARIABLE} cannot be read: {reason_of(error)}."
            ) from error
        except (ValueError, KeyError, TypeError) as error:
            raise SourceUnavailable(f"The {_MANIFEST} of the mirror {self._location} is not valid.") from error

    def _manifest_bytes(self) -> bytes:
        if not self.remote:
            return Path(self._at(_MANIFEST)).read_bytes()
        return self._client.get(self._at(_MANIFEST)).body or b""

    def _at(self, name: str) -> str:
        if self.remote:
            return urljoin(self._location.rstrip("/") + "/", name)
        root = Path(self._location).resolve()
        path = (root / name).resolve()
        if not path.is_relative_to(root):
            raise ValueError(name)
        return str(path)
