"""Who may come in: accounts of a file, and the token of each for programs that cannot fill in a form."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Iterable
from math import ceil
from pathlib import Path

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from page.doors.logins import Attempts
from page.doors.proxies import visitor
from page.doors.refusal import refusal

Account = tuple[str, str]
_LOGIN = "/login"
_MCP = "/gradio_api/mcp"


class BadAccounts(ValueError):
    """The file of accounts holds a line that is none, or nobody; the message says which."""


class Entrance:
    """Slows down whoever gives wrong passwords, and lets programs speak MCP by the token of an account alone."""

    def __init__(self, app: ASGIApp, accounts: Iterable[Account]) -> None:
        self._app = app
        self._tokens = [token_of(account).encode() for account in accounts]
        self._attempts = Attempts()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path", "").rstrip("/")
        speaks_mcp = path == _MCP or path.startswith(f"{_MCP}/")
        logs_in = path == _LOGIN and scope.get("method") == "POST"
        if scope["type"] != "http" or not self._tokens or not (speaks_mcp or logs_in):
            await self._app(scope, receive, send)
            return
        client = visitor(scope["client"][0]) if scope.get("client") else "local"
        if wait := ceil(self._attempts.wait(client)):
            pause = {"retry-after": str(wait)}
            await refusal(scope, 429, "door.wait", headers=pause, seconds=wait)(scope, receive, send)
        elif logs_in:
            await self._app(scope, receive, self._watching(client, send))
        elif self._knows(scope, client):
            await self._app(scope, receive, send)
        else:
            await refusal(scope, 401, "door.token", headers={"www-authenticate": "Bearer"})(scope, receive, send)

    def _watching(self, client: str, send: Send) -> Send:
        """Takes note of whether the password was right."""

        async def watched(message: Message) -> None:
            if message["type"] == "http.response.start":
                if message["status"] == 200:
                    self._attempts.succeeded(client)
                elif message["status"] == 400:
                    self._attempts.failed(client)
            await send(message)

        return watched

    def _knows(self, scope: Scope, client: str) -> bool:
        scheme, _, given = Headers(scope=scope).get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not given:
            return False
        # All are compared, so that the time tells nothing.
        known = sum(hmac.compare_digest(given.strip().encode(), token) for token in self._tokens) > 0
        (self._attempts.succeeded if known else self._attempts.failed)(client)
        return known


def token_of(account: Account) -> str:
    """The account's token, 43 letters and digits: made of its name and password alone, and another once the password
    is. Whoever has it cannot tell the password (scrypt, RFC 7914)."""
    name, password = account
    made = hashlib.scrypt(password.encode(), salt=f"atazan mcp {name}".encode(), n=2**14, r=8, p=1, dklen=32)
    return base64.urlsafe_b64encode(made).rstrip(b"=").decode()


def read_accounts(path: Path) -> list[Account]:
    """Names and passwords, `name:password` a line. Raises `BadAccounts` with the line, and OSError."""
    accounts = []
    try:
        # Editors of Windows put a mark before the first name, which would be part of it.
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadAccounts(f"{path.name} is not text in UTF-8.") from error
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        name, colon, password = line.strip().partition(":")
        if not (name.strip() and colon and password):
            raise BadAccounts(f"{path.name}, line {number}: write name:password.")
        accounts.append((name.strip(), password))
    if not accounts:
        raise BadAccounts(f"{path.name} names nobody; write name:password, a line each.")
    return accounts
