"""The names that the server answers to, against DNS rebinding: a stranger's page that has its own name lead to us.

A browser sends the name it was given as `Host`, and the page's own as `Origin`. A stranger can make any name lead
anywhere, but not an address: so addresses are taken where the server listens on all of them.
"""

from __future__ import annotations

import re
import socket
from collections.abc import Iterable
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from page.doors.refusal import refusal

_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_NAME = re.compile(r"(\*\.)?[a-z0-9]([a-z0-9.-]*[a-z0-9])?")
_PORTS = {"http": 80, "https": 443}


class BadHost(ValueError):
    """What is named is no name of a host; a name has no scheme, port or path."""


class Hosts:
    """Answers only to the names of `host`, on which the server listens, and to `allowed`: names, `*.` before one for
    all below it. A page of another origin is turned away whatever it asks. Raises `BadHost`."""

    def __init__(self, app: ASGIApp, host: str, allowed: Iterable[str]) -> None:
        self._app = app
        self._allowed = tuple(named(name) for name in allowed)
        listens = _name_of(host)
        self._anywhere = _is_address(listens) and ip_address(listens).is_unspecified
        own = {socket.gethostname().lower(), *_LOOPBACK} if self._anywhere else {listens}
        self._own = own | (_LOOPBACK if listens in _LOOPBACK else set())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        host, origin = headers.get("host", ""), headers.get("origin")
        name = _name_of(host)
        if not self._answers_to(name):
            await refusal(scope, 400, "door.host", name=name[:100])(scope, receive, send)
        elif origin is not None and not self._is_own(origin, host):
            await refusal(scope, 403, "door.origin")(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    def _answers_to(self, name: str) -> bool:
        if name in self._own or self._is_allowed(name):
            return True
        return self._anywhere and _is_address(name)

    def _is_allowed(self, name: str) -> bool:
        return any(name.endswith(known[1:]) if known.startswith("*") else name == known for known in self._allowed)

    def _is_own(self, origin: str, host: str) -> bool:
        """Whether a page of the origin is ours: of the very host and port asked, or, behind a proxy that asks under a
        name of its own, of a name allowed."""
        try:
            parts = urlsplit(origin)
            asked = urlsplit(f"{parts.scheme}://{host}")
            port = _PORTS.get(parts.scheme)
            same = (parts.hostname, parts.port or port) == (asked.hostname, asked.port or port)
        except ValueError:
            return False
        return parts.scheme in _PORTS and (same or self._is_allowed(parts.hostname or ""))


def _name_of(host: str) -> str:
    """The name in a `Host` header, or in what was given as `--host`; empty where it is none."""
    if _is_address(host):
        return str(ip_address(host))
    try:
        name = urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""
    return str(ip_address(name)) if _is_address(name) else name.removesuffix(".")


def named(name: str) -> str:
    """The name as it is compared. Raises `BadHost`."""
    found = name.strip().lower()
    if not (_is_address(found) or _NAME.fullmatch(found)):
        raise BadHost(name)
    return found


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True
