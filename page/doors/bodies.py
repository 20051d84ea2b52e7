"""How much may be sent: a body over the limit is refused before it is read, one without a length as soon as it is."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from page.admission import Admission, NotAdmitted
from page.doors.proxies import visitor
from page.doors.refusal import language_of, refusal, told

MOST_BYTES = 11 * 2**20  # a visitor's document of the greatest size, and the form around it
_MEGABYTE = 2**20
_FREE = 2**17  # bytes that a question with its conversation may have at no cost


class _Stopped(Exception):
    """Raised out of `receive`: what reads the body shall not go on."""


class Bodies:
    """Passes on bodies of at most `most` bytes, and counts each megabyte as a question of its sender."""

    def __init__(self, app: ASGIApp, admission: Admission, most: int = MOST_BYTES) -> None:
        self._app = app
        self._admission = admission
        self._most = most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        length = Headers(scope=scope).get("content-length", "")
        if length.isdecimal() and int(length) > self._most:
            await self._too_big(scope, receive, send)
            return
        counted = _Counted(self._admission, self._most, scope, receive, send)
        try:
            await self._app(scope, counted.receive, counted.send)
        except _Stopped:
            if counted.stopped is None:
                raise
        if counted.stopped == "too_big":
            await self._too_big(scope, receive, send)
        elif counted.stopped:
            await told(scope, 429, counted.stopped, headers={"retry-after": "60"})(scope, receive, send)

    async def _too_big(self, scope: Scope, receive: Receive, send: Send) -> None:
        await refusal(scope, 413, "door.too_big", megabytes=self._most // _MEGABYTE)(scope, receive, send)


class _Counted:
    """One request: its bytes are counted as they come, and once it is stopped the app's response gives way to ours,
    whatever the app made of the exception."""

    def __init__(self, admission: Admission, most: int, scope: Scope, receive: Receive, send: Send) -> None:
        self._admission, self._most, self._scope, self._receive, self._send = admission, most, scope, receive, send
        self._client = visitor(scope["client"][0]) if scope.get("client") else "local"
        self._read = 0
        self._paid = 0
        self._started = False
        self._why: str | None = None

    @property
    def stopped(self) -> str | None:
        """Why it was stopped, "too_big" or a sentence; None where it was not, or the app had answered already."""
        return None if self._started else self._why

    async def receive(self) -> Message:
        message = await self._receive()
        self._read += len(message.get("body", b""))
        if self._read > self._most:
            self._why = "too_big"
            raise _Stopped
        started = -(-max(0, self._read - _FREE) // _MEGABYTE)
        if started > self._paid:
            try:
                self._admission.charge(self._client, language_of(self._scope), started - self._paid)
            except NotAdmitted as error:
                self._why = str(error)
                raise _Stopped from error
            self._paid = started
        return message

    async def send(self, message: Message) -> None:
        if self._why is None or self._started:
            self._started = True
            await self._send(message)
