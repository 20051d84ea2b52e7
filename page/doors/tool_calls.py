"""The tools over plain HTTP: arguments that do not fit are refused at once, with a sentence and a status of their own.

Gradio would take any, give a number, and say on the second request that something went wrong.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from page.arguments import BadArguments, Parameters
from page.doors.refusal import language_of, refusal, told

COME_BACK = "Come back later"  # the title of an error that is none of the arguments
# Gradio's addresses of a tool: `call` takes two requests, `run` and `api` one; `v2` takes arguments by name.
_CALL = re.compile(r"/gradio_api/(?P<how>call/v2|call|run|api)/(?P<tool>[^/]+)/?")


class ToolCalls:
    """Checks and fills up what a tool is given. `tools` are the parameters by the tool's name."""

    def __init__(self, app: ASGIApp, tools: Mapping[str, Parameters]) -> None:
        self._app = app
        self._tools = tools

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        call = _CALL.fullmatch(scope.get("path", ""))
        if scope["type"] != "http" or scope["method"] != "POST" or call is None:
            await self._app(scope, receive, send)
            return
        parameters = self._tools.get(call["tool"])
        if parameters is None:
            known = ", ".join(self._tools)
            await refusal(scope, 404, "door.tool", tool=call["tool"][:100], known=known)(scope, receive, send)
            return
        try:
            body = _filled(await Request(scope, receive).body(), parameters, call["how"], language_of(scope))
        except _NotUnderstood:
            names = call["how"] == "call/v2"
            await refusal(scope, 400, "door.arguments_by_name" if names else "door.arguments")(scope, receive, send)
        except BadArguments as error:
            await told(scope, 422, str(error))(scope, receive, send)
        else:
            await self._app(_with_length(scope, len(body)), _replayed(body, receive), _Status(send).send)


class _NotUnderstood(Exception):
    """The body is not JSON, or not of the shape that the address takes."""


class _Status:
    """Of a call in one request, to which Gradio gives 500 for whatever a tool raises: 422 where that is a sentence on
    what was asked, 429 where it says to come back."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._start: Message | None = None
        self._body = b""

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start" and message["status"] == 500:
            self._start = message
            return
        if self._start is None:
            await self._send(message)
            return
        self._body += message.get("body", b"")
        if not message.get("more_body"):
            await self._send({**self._start, "status": _status_of(self._body)})
            await self._send({**message, "body": self._body})


def _status_of(body: bytes) -> int:
    try:
        failure = json.loads(body)
    except ValueError:
        return 500
    if not isinstance(failure, dict) or not failure.get("error"):
        return 500
    return 429 if failure.get("title") == COME_BACK else 422


def _filled(body: bytes, parameters: Parameters, how: str, language: str) -> bytes:
    """The body with every argument in it. Raises `BadArguments` and `_NotUnderstood`."""
    try:
        given: Any = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise _NotUnderstood from error
    if not isinstance(given, dict):
        raise _NotUnderstood
    if how == "call/v2":
        values = parameters.by_name(given, language)
        return json.dumps({p.name: value for p, value in zip(parameters.each, values, strict=True)}).encode()
    if not isinstance(given.get("data"), list):
        raise _NotUnderstood
    return json.dumps({"data": parameters.in_order(given["data"], language)}).encode()


def _with_length(scope: Scope, length: int) -> Scope:
    scope = {**scope, "headers": list(scope["headers"])}
    headers = MutableHeaders(scope=scope)
    headers["content-length"] = str(length)
    headers["content-type"] = "application/json"
    del headers["transfer-encoding"]
    return scope


def _replayed(body: bytes, receive: Receive) -> Receive:
    """Gives the body once, then what the connection has to say."""
    messages: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def replayed() -> Message:
        return messages.pop() if messages else await receive()

    return replayed
