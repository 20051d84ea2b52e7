"""Asking hosts for one document at a time: politely, over verified TLS, and within bounds.

One request at a time and a pause between two to a host; what a server asks for in Retry-After is kept to, up to a
bound. Proxies (HTTPS_PROXY, NO_PROXY) and certificates (SSL_CERT_FILE, SSL_CERT_DIR) are httpx's to honour: their
variables mean what they mean everywhere.
"""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin, urlsplit

import httpx
from tenacity import RetryCallState, Retrying, wait_exponential_jitter

from corpus.fetching.refusals import OutOfReach, Refused, certificate_error, is_connection_failure, reason_of

USER_AGENT = "atazan (question answering on the Constitution; reads the single documents that its user asks for)"
_REDIRECTS = 5
_NOT_MODIFIED = 304
_ASKS_FOR_PATIENCE = (429, 503)
_TRANSIENT = (408, 425, 429, 500, 502, 503, 504)

# Called with the bytes received so far, and how many there will be where that is known.
OnBytes = Callable[[int, int | None], None]


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds, but for `size` (bytes of one text, unpacked) and `attempts`. `answer` is the most that a source out of
    reach may cost, whatever the resolver does; `read` may pass between two pieces of a body, `whole` until its end;
    `patience` is the longest Retry-After that is waited for."""

    pause: float = 0.5
    connect: float = 2.0
    answer: float = 4.5
    read: float = 30.0
    whole: float = 120.0
    patience: float = 15.0
    size: int = 32 * 1024 * 1024
    attempts: int = 3


@dataclass(frozen=True, slots=True)
class Validators:
    """By what a server recognises the copy that was fetched from it; "" where it gave none."""

    etag: str = ""
    last_modified: str = ""

    def headers(self) -> dict[str, str]:
        named = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in named.items() if value}


@dataclass(frozen=True, slots=True)
class Answer:
    """A body, or None where the server says that it is as the validators have it; `charset` as its headers declare."""

    body: bytes | None
    charset: str = ""
    validators: Validators = Validators()


class Client:
    """Asks only `hosts`. To be closed. Its methods may be called from several threads."""

    def __init__(self, hosts: frozenset[str], limits: Limits) -> None:
        self._hosts, self._limits = hosts, limits
        self._turns: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)
        self._last: dict[str, float] = {}
        self._given_up: dict[str, str] = {}
        self._unusable = ""
        try:
            self._http: httpx.Client | None = httpx.Client(
                timeout=httpx.Timeout(limits.read, connect=limits.connect),
                headers={"User-Agent": USER_AGENT},
                follow_redirects=False,
            )
        except (OSError, ValueError, httpx.InvalidURL) as error:
            self._http = None
            self._unusable = f"SSL_CERT_FILE or HTTPS_PROXY names what cannot be used ({error})"

    def close(self) -> None:
        if self._http:
            self._http.close()

    def get(self, url: str, *, since: Validators | None = None, on_bytes: OnBytes | None = None) -> Answer:
        """What stands at the address, redirects among the known hosts followed. Raises `Refused`, and `OutOfReach`
        where the host does not answer, `httpx.HTTPError` for what else a server may do."""
        for _ in range(_REDIRECTS):
            parts = urlsplit(url)
            host = parts.hostname or ""
            if host not in self._hosts or parts.scheme not in ("https", "http"):
                raise Refused(f"it leads to {host}, which the catalogue does not name")
            with self._turn(host):
                found = self._answer_of(host, url, since or Validators(), on_bytes or (lambda *_: None))
            if isinstance(found, Answer):
                return found
            target = urljoin(url, found)
            if parts.scheme == "https" and urlsplit(target).scheme == "http":
                raise Refused("it leads to a page without TLS")
            url, since = target, None
        raise Refused("it redirects in circles")

    @contextmanager
    def _turn(self, host: str) -> Iterator[None]:
        """One request at a time to a host, with a pause before the next."""
        with self._turns[host]:
            if self._unusable or host in self._given_up:
                raise OutOfReach(self._unusable or self._given_up[host])
            wait = self._last.get(host, float("-inf")) + self._limits.pause - time.monotonic()
            time.sleep(max(0.0, wait))
            try:
                yield
            finally:
                self._last[host] = time.monotonic()

    def _answer_of(self, host: str, url: str, since: Validators, on_bytes: OnBytes) -> Answer | str:
        """The answer or where it redirects to. Asked in a daemon thread: a resolver that hangs costs no more than a
        little."""
        answered = threading.Event()
        result: list[Answer | str | BaseException] = []

        def work() -> None:
            try:
                result.append(self._with_retries(url, since, on_bytes, answered))
            except Exception as error:  # noqa: BLE001 - carried over to the calling thread
                result.append(error)
            finally:
                answered.set()

        thread = threading.Thread(target=work, daemon=True, name=f"fetch {host}")
        thread.start()
        if not answered.wait(self._limits.answer):
            raise self._give_up(host, f"{host} did not answer within {self._limits.answer:g} seconds")
        thread.join()
        found = result[0]
        if not isinstance(found, BaseException):
            return found
        if certificate_error(found):
            raise self._give_up(host, reason_of(found, host)) from found
        if is_connection_failure(found):
            raise self._give_up(host, f"{host} cannot be reached ({reason_of(found)})") from found
        raise found

    def _give_up(self, host: str, reason: str) -> OutOfReach:
        self._given_up[host] = reason
        return OutOfReach(reason)

    # Retries

    def _with_retries(self, url: str, since: Validators, on_bytes: OnBytes, answered: threading.Event) -> Answer | str:
        retrying = Retrying(stop=self._is_last, wait=self._wait, retry=self._is_worth_another, reraise=True)
        return retrying(self._once, url, since, on_bytes, answered)

    def _is_last(self, state: RetryCallState) -> bool:
        attempts = min(2, self._limits.attempts) if is_connection_failure(_error(state)) else self._limits.attempts
        return state.attempt_number >= attempts

    def _is_worth_another(self, state: RetryCallState) -> bool:
        error = _error(state)
        if isinstance(error, httpx.HTTPStatusError):
            return error.response.status_code in _TRANSIENT and _retry_after(error) <= self._limits.patience
        return isinstance(error, httpx.TransportError) and not certificate_error(error)

    def _wait(self, state: RetryCallState) -> float:
        error = _error(state)
        asked = _retry_after(error) if isinstance(error, httpx.HTTPStatusError) else 0.0
        growing = wait_exponential_jitter(multiplier=0.2, max=4, jitter=0.2)
        return max(asked, growing(state), 0.0 if is_connection_failure(error) else self._limits.pause)

    # One request

    def _once(self, url: str, since: Validators, on_bytes: OnBytes, answered: threading.Event) -> Answer | str:
        assert self._http
        deadline = time.monotonic() + self._limits.whole
        with self._http.stream("GET", url, headers=since.headers()) as response:
            answered.set()
            if response.has_redirect_location:
                return str(response.headers["location"])
            headers = response.headers
            validators = Validators(headers.get("etag", ""), headers.get("last-modified", ""))
            if response.status_code == _NOT_MODIFIED and since.headers():
                return Answer(None, validators=validators)
            _refuse_a_long_wait(response, self._limits.patience)
            response.raise_for_status()
            return Answer(self._body(response, on_bytes, deadline), response.charset_encoding or "", validators)

    def _body(self, response: httpx.Response, on_bytes: OnBytes, deadline: float) -> bytes:
        length = response.headers.get("content-length", "")
        announced = int(length) if length.isdecimal() else None
        data = bytearray()
        for chunk in response.iter_bytes():
            data += chunk
            if len(data) > self._limits.size or (announced or 0) > self._limits.size:
                raise Refused(f"it is larger than {self._limits.size / 2**20:.3g} MB")
            if time.monotonic() > deadline:
                raise Refused(f"it was not whole within {self._limits.whole:g} seconds")
            on_bytes(response.num_bytes_downloaded, announced)
        return bytes(data)


def _error(state: RetryCallState) -> BaseException | None:
    return state.outcome.exception() if state.outcome else None


def _retry_after(error: httpx.HTTPStatusError) -> float:
    """Seconds that the server asks to wait, 0 where it does not say."""
    value = error.response.headers.get("retry-after", "").strip()
    if error.response.status_code not in _ASKS_FOR_PATIENCE or not value:
        return 0.0
    if value.isdecimal():
        return float(value)
    try:
        at = parsedate_to_datetime(value)
    except ValueError:
        return 0.0
    return max(0.0, ((at if at.tzinfo else at.replace(tzinfo=UTC)) - datetime.now(UTC)).total_seconds())


def _refuse_a_long_wait(response: httpx.Response, patience: float) -> None:
    try:
        response.raise_for_status()
    except httpx.HTTPStatusError as error:
        if (seconds := _retry_after(error)) > patience:
            raise Refused(
                f"the server answered {response.status_code} and asks to be left alone for {seconds:.0f} seconds;"
                " try again later"
            ) from error
