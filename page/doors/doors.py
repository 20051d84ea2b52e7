"""All doors, in the order in which a request goes through them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from starlette.types import ASGIApp, Receive, Scope, Send

from page.admission import Admission
from page.arguments import Parameters
from page.doors.accounts import Account, Entrance
from page.doors.bodies import Bodies
from page.doors.headers import SecurityHeaders
from page.doors.hosts import Hosts, named
from page.doors.proxies import Proxies, networks
from page.doors.refusal import refusal
from page.doors.tool_calls import ToolCalls

# What Gradio serves beside the page and this product has no use for: fetching addresses, joining videos, editing code.
_UNUSED = (
    "/gradio_api/proxy=",
    "/gradio_api/file=http",
    "/gradio_api/process_recording",
    "/gradio_api/vibe-",
    "/gradio_api/component_server",
    "/gradio_api/dev/",
    "/monitoring",
)


@dataclass(frozen=True, slots=True)
class Doors:
    """How the server may be reached. `host` is the address it listens on, `allowed_hosts` more names for it,
    `trusted_proxies` addresses and networks whose word on the visitor's address is taken; with `accounts` only they
    are let in."""

    host: str = "127.0.0.1"
    allowed_hosts: tuple[str, ...] = ()
    trusted_proxies: tuple[str, ...] = ()
    accounts: tuple[Account, ...] = ()

    def __post_init__(self) -> None:
        """Raises `BadHost` and `BadProxy`."""
        for name in self.allowed_hosts:
            named(name)
        networks(self.trusted_proxies)

    def before(self, app: ASGIApp, admission: Admission, tools: Mapping[str, Parameters]) -> ASGIApp:
        """The app behind the doors."""
        app = Bodies(_Closed(ToolCalls(app, tools)), admission)
        app = Hosts(Entrance(app, self.accounts), self.host, self.allowed_hosts)
        return Proxies(SecurityHeaders(app), self.trusted_proxies)


class _Closed:
    """Turns away what nobody here uses."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"].startswith(_UNUSED):
            await refusal(scope, 404, "door.closed")(scope, receive, send)
            return
        await self._app(scope, receive, send)
