"""Stand-ins for the official hosts, on this machine: a proxy that answers in their place, over TLS.

They are reached as the real ones are, through the variables that httpx itself honours: HTTPS_PROXY names the proxy,
which takes `CONNECT old.adilet.zan.kz:443` and speaks TLS as that host, and SSL_CERT_FILE the tests' own authority.
Nothing leaves the machine. `python -m tests.official_hosts` starts them for a person and prints what to export.
"""

from __future__ import annotations

import hashlib
import socketserver
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from corpus.catalogue import Catalogue, Edition, Source
from tests.authority import Authority
from tests.dressing import Text, bank_json, bank_pdf, old_page, plain_page, plain_text, register_json

_NEW_SITE = "adilet.zan.kz"

# What the new site has answered since September 2026 at the addresses of acts: a shell that scripts fill.
SHELL = (
    '<!doctype html>\n<html lang="ru"><head><meta charset="UTF-8" /><title>Әділет</title>'
    '<script type="module" crossorigin src="/assets/index.js"></script></head><body><noscript><h1>Әділет</h1>'
    '<p>Включите JavaScript.</p></noscript><div id="root"></div></body></html>'
).encode()
SEARCH = b"<!doctype html><html><body><h1>Search</h1><ul><li>An act of 1995</li><li>Another</li></ul></body></html>"
LOGIN = b"<html><body><form><input type='text'><input type='password'></form></body></html>"


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that was served: `started` and `ended` by the monotonic clock, in seconds."""

    host: str
    path: str
    headers: dict[str, str]
    started: float
    ended: float


@dataclass(frozen=True, slots=True)
class Page:
    body: bytes
    media_type: str


Fault = Callable[["Site", Page], None]


@dataclass
class OfficialHosts:
    """`texts` by document and language; `faults` by host, or by host and beginning of the path, replace its answers;
    hosts that are `down` refuse the connection, `rogue` ones show a certificate of another authority, `expired` ones
    one of last month."""

    catalogue: Catalogue
    texts: dict[tuple[str, str], Text]
    folder: Path
    faults: dict[str, Fault] = field(default_factory=dict)
    down: set[str] = field(default_factory=set)
    rogue: set[str] = field(default_factory=set)
    expired: set[str] = field(default_factory=set)
    asked: list[Asked] = field(default_factory=list)
    environment: dict[str, str] = field(default_factory=dict)
    contexts: dict[str, ssl.SSLContext] = field(default_factory=dict)
    _pages: dict[tuple[str, str], Page] = field(default_factory=dict)

    def change(self, document: str, language: str, old: str, new: str) -> None:
        """From now on every source of the edition has other words."""
        from tests.dressing import changed

        self.texts[document, language] = changed(self.texts[document, language], old, new)
        self._pages.clear()

    def page(self, host: str, path: str) -> Page | None:
        """What stands at the address, None for what no edition has there."""
        if (host, path) not in self._pages:
            for edition in self.catalogue.editions:
                for source in edition.sources:
                    parts = urlsplit(source.url)
                    if (parts.hostname, source.url.split(str(parts.hostname), 1)[1]) == (host, path):
                        self._pages[host, path] = self._dressed(edition, source)
        return self._pages.get((host, path))

    def _dressed(self, edition: Edition, source: Source) -> Page:
        text = self.texts[edition.document, edition.language]
        if source.host == _NEW_SITE and source.media_type != "application/json":
            return Page(SHELL, "text/html; charset=utf-8")
        if source.media_type == "application/json":
            return Page(register_json(text) if source.host == _NEW_SITE else bank_json(text), "application/json")
        if source.media_type == "application/pdf":
            return Page(bank_pdf(text), "application/pdf")
        if source.media_type == "text/plain":
            return Page(plain_text(text), "text/plain; charset=utf-8")
        is_old = source.host.startswith("old.")
        return Page(old_page(text) if is_old else plain_page(text), "text/html; charset=utf-8")

    def fault(self, host: str, path: str) -> Fault | None:
        return next((fault for place, fault in self.faults.items() if f"{host}{path}".startswith(place)), None)

    def context(self, host: str) -> ssl.SSLContext:
        return self.contexts["rogue" if host in self.rogue else "expired" if host in self.expired else ""]


class Site(BaseHTTPRequestHandler):
    """One connection to a host, after TLS."""

    protocol_version = "HTTP/1.1"
    server: _Proxy

    def do_GET(self) -> None:
        hosts, host, started = self.server.hosts, str(self.headers["Host"]).partition(":")[0], time.monotonic()
        page = hosts.page(host, self.path)
        try:
            if fault := hosts.fault(host, self.path):
                fault(self, page or Page(b"", "text/plain"))
            elif page is None:
                self.send(404, b"<html><body><h1>404</h1></body></html>", "text/html")
            else:
                self.send_page(page)
        except OSError:
            self.close_connection = True  # the client has heard enough
        finally:
            hosts.asked.append(Asked(host, self.path, dict(self.headers), started, time.monotonic()))

    def send_page(self, page: Page) -> None:
        etag = f'"{hashlib.sha256(page.body).hexdigest()[:16]}"'
        if self.headers.get("If-None-Match") == etag:
            self.send(304, b"", page.media_type, {"ETag": etag})
        else:
            self.send(200, page.body, page.media_type, {"ETag": etag})

    def send(
        self, status: int, body: bytes, media_type: str, headers: Mapping[str, str] | None = None, length: int = -1
    ) -> None:
        """With `length`, the body is announced to be as long as that."""
        self.send_response(status)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(body) if length < 0 else length))
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Quiet."""


class _Tunnel(socketserver.BaseRequestHandler):
    """Takes CONNECT, then is the host that was asked for."""

    server: _Proxy

    def handle(self) -> None:
        head = b""
        while not head.endswith(b"\r\n\r\n") and (byte := self.request.recv(1)):
            head += byte
        verb, _, rest = head.decode("latin-1").partition(" ")
        host = rest.partition(":")[0]
        hosts = self.server.hosts
        if verb != "CONNECT" or host in hosts.down or host not in hosts.catalogue.hosts:
            self.request.sendall(b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n")
            return
        self.request.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
        try:
            with hosts.context(host).wrap_socket(self.request, server_side=True) as secure:
                secure.settimeout(30)
                Site(secure, self.client_address, self.server)  # type: ignore[arg-type]
        except OSError:
            return  # the client does not trust the certificate, or has gone


class _Proxy(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, hosts: OfficialHosts, port: int) -> None:
        self.hosts = hosts
        super().__init__(("127.0.0.1", port), _Tunnel)

    def handle_error(self, *_: Any) -> None:
        """A client that hangs up is none of the test's business."""


@contextmanager
def official_hosts(
    catalogue: Catalogue, texts: Mapping[tuple[str, str], Text], folder: Path, *, port: int = 0
) -> Iterator[OfficialHosts]:
    """Started on a free port, stopped at the end. `environment` says how to reach them."""
    folder.mkdir(parents=True, exist_ok=True)
    hosts = OfficialHosts(catalogue, dict(texts), folder)
    known, other = Authority("The tests' authority"), Authority("Another authority")
    hosts.contexts = {
        "": known.context(catalogue.hosts, folder),
        "expired": known.context(catalogue.hosts, folder, expired=True),
        "rogue": other.context(catalogue.hosts, folder),
    }
    proxy = _Proxy(hosts, port)
    address = f"http://127.0.0.1:{proxy.server_address[1]}"
    bundle = str(known.bundle(folder / "authority.pem"))
    hosts.environment = {
        "HTTPS_PROXY": address,
        "https_proxy": address,
        "NO_PROXY": "127.0.0.1,localhost",
        "no_proxy": "127.0.0.1,localhost",
        "SSL_CERT_FILE": bundle,
    }
    threading.Thread(target=proxy.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    try:
        yield hosts
    finally:
        proxy.shutdown()
        proxy.server_close()


if __name__ == "__main__":
    from tests.official_hosts_command import main

    main()
