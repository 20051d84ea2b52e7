"""Getting official texts onto the user's machine, and no others.

A text comes from the official sources that the catalogue names, or from the mirror in ATAZAN_MIRROR (a folder or
a URL with a MANIFEST.toml). It is taken only if its checksum is the catalogue's, or the user accepts it.
"""

from __future__ import annotations

import os
import threading
import time
import tomllib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal
from urllib.parse import urljoin, urlsplit

import httpx
from tenacity import Retrying, retry_if_exception, stop_after_attempt, wait_exponential_jitter

from corpus.catalogue import Catalogue, Edition, Source
from corpus.errors import CorpusError, SourceUnavailable, TextChanged, UnreadableFile
from corpus.files import write_atomically
from corpus.folders import Folders
from corpus.identity import identity_of
from corpus.normalisation import checksum
from corpus.readers import read, text_of
from corpus.store import StoredEdition, load_edition, save_edition

MIRROR_VARIABLE = "ATAZAN_MIRROR"
MAX_BYTES = 32 * 1024 * 1024
CONNECT_SECONDS = 2.0
READ_SECONDS = 30.0
UNREACHABLE_SECONDS = 4.5  # the most that a source out of reach may cost, whatever the resolver does
_ATTEMPTS = 3
_REDIRECTS = 5

Stage = Literal["fetching", "reading"]
# Called with bytes received while fetching, pages read while reading; the total is None where it is not known.
Progress = Callable[[Edition, Stage, int, int | None], None]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one edition: `stored` when it is now on this machine, else why not."""

    edition: Edition
    stored: StoredEdition | None
    fresh: bool = False
    problem: CorpusError | None = None
    candidate: StoredEdition | None = None


class _Refused(Exception):
    """A source answered, but not with a text: no retry, try the next source."""


def mirror_location() -> str | None:
    """The mirror the user named, or None."""
    return os.environ.get(MIRROR_VARIABLE, "").strip() or None


def fetch_all(
    catalogue: Catalogue,
    folders: Folders,
    *,
    mirror: str | None = None,
    accept: bool = False,
    refresh: bool = False,
    documents: frozenset[str] = frozenset(),
    on_progress: Progress | None = None,
) -> tuple[Outcome, ...]:
    """Install every edition that is missing (all, when `refresh`); never raises for a source out of reach.

    Hosts are asked side by side, the editions of one host one after the other; a host that cannot be reached is
    given up for all its editions at once.
    """
    wanted = [e for e in catalogue.editions if not documents or e.document in documents]
    fetcher = _Fetcher(catalogue, mirror, on_progress or (lambda *_: None))
    groups: dict[str, list[Edition]] = {}
    for edition in wanted:
        groups.setdefault("" if mirror else edition.sources[0].host, []).append(edition)

    def work(group: list[Edition]) -> list[Outcome]:
        return [_install(fetcher, folders, edition, accept=accept, refresh=refresh) for edition in group]

    with ThreadPoolExecutor(max_workers=max(1, len(groups))) as pool:
        done = {o.edition: o for outcomes in pool.map(work, groups.values()) for o in outcomes}
    fetcher.close()
    return tuple(done[edition] for edition in wanted)


def _install(fetcher: _Fetcher, folders: Folders, edition: Edition, *, accept: bool, refresh: bool) -> Outcome:
    known = load_edition(folders, edition)
    if known and not refresh:
        return Outcome(edition, known)
    try:
        candidate = fetcher.fetch(edition)
    except CorpusError as error:
        return Outcome(edition, known, problem=error)
    expected = {edition.checksum, _identity(known) if known else edition.checksum}
    if _identity(candidate) not in expected and not accept:
        stays = "the known text stays" if known else "it was not installed"
        problem = TextChanged(
            f"{edition.document} ({edition.language}): the text at {candidate.source_url} is not the known edition"
            f" of {edition.edition}, so {stays}; run `atazan fetch --accept` to take the new one."
        )
        return Outcome(edition, known, problem=problem, candidate=candidate)
    if known and known.checksum == candidate.checksum:
        return Outcome(edition, known)
    save_edition(folders, candidate)
    return Outcome(edition, candidate, fresh=True)


def _identity(stored: StoredEdition) -> str:
    return identity_of(stored.parsed().blocks).checksum


class _Fetcher:
    def __init__(
        self,
        catalogue: Catalogue,
        mirror: str | None,
        on_progress: Progress,
    ) -> None:
        self._mirror = _Mirror(mirror, self._get) if mirror else None
        self._hosts = catalogue.hosts | ({urlsplit(mirror).hostname or ""} if mirror else frozenset())
        self._on_progress = on_progress
        self._unreachable: dict[str, str] = {}
        self._client = httpx.Client(
            timeout=httpx.Timeout(READ_SECONDS, connect=CONNECT_SECONDS),
            headers={"User-Agent": "atazan (constitution assistant; reads one page a document)"},
            follow_redirects=False,
        )

    def fetch(self, edition: Edition) -> StoredEdition:
        """The edition's text from the first source whose checksum is the catalogue's, else from the first that
        has any text. Raises `SourceUnavailable` saying which source failed and why."""
        problems: list[str] = []
        other: StoredEdition | None = None
        sources = self._mirror.sources(edition) if self._mirror else edition.sources
        for source in sources:
            try:
                data = self._bytes(source, edition)
                candidate = self._read(data, source, edition)
            except (_Refused, UnreadableFile, httpx.HTTPError, OSError) as error:
                reason = _reason(error)
                problems.append(reason if source.host and source.host in reason else f"{source.url}: {reason}")
                continue
            if _identity(candidate) == edition.checksum:
                return candidate
            other = other or candidate
        if other:
            return other
        reasons = "; ".join(dict.fromkeys(problems)) or "the mirror does not hold it"
        raise SourceUnavailable(f"{edition.document} ({edition.language}) could not be fetched: {reasons}.")

    def close(self) -> None:
        self._client.close()

    def _bytes(self, source: Source, edition: Edition) -> bytes:
        if urlsplit(source.url).scheme in ("http", "https"):
            return self._get(source.url, edition)
        path = Path(source.url)
        if path.stat().st_size > MAX_BYTES:
            raise _Refused(f"larger than {MAX_BYTES // 2**20} MB")
        return path.read_bytes()

    def _read(self, data: bytes, source: Source, edition: Edition) -> StoredEdition:
        lines = read(data, source.media_type, on_page=lambda page, of: self._on_progress(edition, "reading", page, of))
        digest = checksum(text_of(lines))
        now = datetime.now(UTC)
        read_from = source.url if not self._mirror else edition.sources[0].url
        stored = StoredEdition(
            edition.document,
            edition.language,
            edition.edition,
            digest,
            read_from,
            now.isoformat(timespec="seconds"),
            tuple(lines),
        )
        return stored if _identity(stored) == edition.checksum else replace(stored, edition=now.date().isoformat())

    def _get(self, url: str, edition: Edition | None = None) -> bytes:
        """Body of the page, with retries; a daemon thread, so that a hanging resolver costs no more than a little."""
        host = urlsplit(url).hostname or ""
        if host in self._unreachable:
            raise _Refused(self._unreachable[host])
        answered = threading.Event()
        result: list[bytes | BaseException] = []

        def work() -> None:
            try:
                result.append(self._with_retries(url, edition, answered))
            except Exception as error:  # noqa: BLE001 - carried over to the calling thread
                result.append(error)
            finally:
                answered.set()

        thread = threading.Thread(target=work, daemon=True, name=f"fetch {host}")
        thread.start()
        if not answered.wait(UNREACHABLE_SECONDS):
            self._unreachable[host] = f"{host} did not answer within {UNREACHABLE_SECONDS:g} seconds"
            raise _Refused(self._unreachable[host])
        thread.join()
        if isinstance(result[0], BaseException):
            if isinstance(result[0], httpx.ConnectError | httpx.ConnectTimeout):
                self._unreachable[host] = f"{host} cannot be reached ({_reason(result[0])})"
                raise _Refused(self._unreachable[host]) from result[0]
            raise result[0]
        return result[0]

    def _with_retries(self, url: str, edition: Edition | None, answered: threading.Event) -> bytes:
        retrying = Retrying(
            stop=lambda state: stop_after_attempt(2 if _is_connection_failure(state.outcome) else _ATTEMPTS)(state),
            wait=wait_exponential_jitter(multiplier=0.2, max=4, jitter=0.2),
            retry=retry_if_exception(_is_transient),
            reraise=True,
        )
        return retrying(self._once, url, edition, answered)

    def _once(self, url: str, edition: Edition | None, answered: threading.Event) -> bytes:
        for _ in range(_REDIRECTS):
            parts = urlsplit(url)
            if parts.hostname not in self._hosts or parts.scheme not in ("https", "http"):
                raise _Refused(f"it leads to {parts.hostname}, which the catalogue does not name")
            with self._client.stream("GET", url) as response:
                answered.set()
                if response.has_redirect_location:
                    url = urljoin(url, response.headers["location"])
                    continue
                response.raise_for_status()
                return self._body(response, edition)
        raise _Refused("it redirects in circles")

    def _body(self, response: httpx.Response, edition: Edition | None) -> bytes:
        length = response.headers.get("content-length", "")
        announced = int(length) if length.isdecimal() else None
        data = bytearray()
        for chunk in response.iter_bytes():
            data += chunk
            if len(data) > MAX_BYTES or (announced or 0) > MAX_BYTES:
                raise _Refused(f"it is larger than {MAX_BYTES // 2**20} MB")
            if edition:
                self._on_progress(edition, "fetching", len(data), announced)
        return bytes(data)


class _Mirror:
    """A folder or URL that holds copies of official texts, described by its MANIFEST.toml."""

    def __init__(self, location: str, get: Callable[[str], bytes]) -> None:
        self._location, self._get = location, get
        self._remote = urlsplit(location).scheme in ("http", "https")
        self._files: dict[tuple[str, str], Source] | None = None

    def sources(self, edition: Edition) -> tuple[Source, ...]:
        if self._files is None:
            self._files = self._manifest()
        source = self._files.get((edition.document, edition.language))
        return (source,) if source else ()

    def _manifest(self) -> dict[tuple[str, str], Source]:
        try:
            text = (
                self._get(self._at("MANIFEST.toml")) if self._remote else Path(self._at("MANIFEST.toml")).read_bytes()
            )
            rows = tomllib.loads(text.decode("utf-8"))["file"]
            return {
                (row["document"], row["language"]): Source(self._at(str(row["path"])), row["media_type"])
                for row in rows
            }
        except (OSError, _Refused, httpx.HTTPError) as error:
            raise SourceUnavailable(
                f"The mirror {self._location} named in {MIRROR_VARIABLE} cannot be read: {_reason(error)}."
            ) from error
        except (ValueError, KeyError, TypeError) as error:
            raise SourceUnavailable(f"The MANIFEST.toml of the mirror {self._location} is not valid.") from error

    def _at(self, name: str) -> str:
        if self._remote:
            return urljoin(self._location.rstrip("/") + "/", name)
        root = Path(self._location).resolve()
        path = (root / name).resolve()
        if not path.is_relative_to(root):
            raise ValueError(name)
        return str(path)


def _is_connection_failure(outcome: object) -> bool:
    error = outcome.exception() if hasattr(outcome, "exception") else None
    return isinstance(error, httpx.ConnectError | httpx.ConnectTimeout)


def _is_transient(error: BaseException) -> bool:
    if isinstance(error, httpx.HTTPStatusError):
        return error.response.status_code in (408, 425, 429, 500, 502, 503, 504)
    return isinstance(error, httpx.TransportError)


def _reason(error: BaseException) -> str:
    if isinstance(error, httpx.HTTPStatusError):
        return f"the server answered {error.response.status_code}"
    if isinstance(error, FileNotFoundError):
        return "no such file"
    return str(error) or type(error).__name__


# An implicit fetch (the first `ask`) is not tried again at once where nothing could be reached.

_BACK_OFF_SECONDS = 15 * 60


def recently_unreachable(folders: Folders, mirror: str | None) -> bool:
    """Whether an implicit fetch from the same place failed a short while ago."""
    marker = folders.cache / "unreachable"
    try:
        fresh = time.time() - marker.stat().st_mtime < _BACK_OFF_SECONDS
        return fresh and marker.read_text(encoding="utf-8") == (mirror or "")
    except OSError:
        return False


def remember_unreachable(folders: Folders, mirror: str | None, unreachable: bool) -> None:
    """Note the outcome of a fetch for `recently_unreachable`."""
    marker = folders.cache / "unreachable"
    if unreachable:
        write_atomically(marker, (mirror or "").encode("utf-8"))
    else:
        marker.unlink(missing_ok=True)
