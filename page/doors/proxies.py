"""Whose word on where a request came from is taken: that of the proxies named, and of nobody else."""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

# Gradio builds addresses from some of these, so they are taken away, not only left unread.
_TOLD = {b"forwarded", b"x-real-ip", b"x-gradio-server", b"x-gradio-user"}
_TOLD_BY = b"x-forwarded-"


class BadProxy(ValueError):
    """What is named is neither an address nor a network."""


class Proxies:
    """Takes the visitor's address and scheme from `X-Forwarded-For` and `X-Forwarded-Proto` of trusted proxies, and
    every such header away from others. `trusted` are addresses and networks. Raises `BadProxy`."""

    def __init__(self, app: ASGIApp, trusted: Iterable[str]) -> None:
        self._networks = networks(trusted)
        self._app = app
        # uvicorn's types are those of `asgiref`, which are Starlette's by other names.
        self._believing = ProxyHeadersMiddleware(app, [str(network) for network in self._networks])  # type: ignore[arg-type]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "lifespan" and self._trusts(scope):
            await self._believing(scope, receive, send)  # type: ignore[arg-type]
            return
        if scope["type"] != "lifespan":
            headers = [(name, value) for name, value in scope["headers"] if not _tells(name)]
            scope = {**scope, "headers": headers}
        await self._app(scope, receive, send)

    def _trusts(self, scope: Scope) -> bool:
        if not self._networks or not scope.get("client"):
            return False
        try:
            client = ip_address(scope["client"][0])
        except ValueError:
            return False
        return any(client in network for network in self._networks)


def networks(names: Iterable[str]) -> list[IPv4Network | IPv6Network]:
    """Of addresses and networks; an address is a network of one. Raises `BadProxy`."""
    found = []
    for name in names:
        try:
            found.append(ip_network(name, strict=False))
        except ValueError:
            raise BadProxy(name) from None
    return found


def _tells(name: bytes) -> bool:
    return name in _TOLD or name.startswith(_TOLD_BY)


def visitor(address: str) -> str:
    """The name under which an address is counted: of IPv6 the network of 64 bits, since a visitor has all of it."""
    try:
        ip = ip_address(address)
    except ValueError:
        return address
    if ip.version == 4:
        return str(ip)
    return str(ip.ipv4_mapped or ip_network((ip, 64), strict=False))
