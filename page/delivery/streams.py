"""The streams of answers: the page's packed, since an answer that grows is sent again and again, and again is nearly
nothing to send; a program's only where it has asked for one."""

from __future__ import annotations

import re
import zlib

import gradio as gr
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from page.doors.refusal import refusal

_STREAM = "/gradio_api/queue/data"
_ANSWER = re.compile(r"/gradio_api/call/(?:v2/)?[^/]+/(?P<number>[^/]+)/?")  # to what a program asked before
_GZIP = 16 + zlib.MAX_WBITS


class KnownAnswers:
    """Turns away who wants the answer to a question that was not asked: Gradio would begin a stream, and break it."""

    def __init__(self, app: ASGIApp, blocks: gr.Blocks) -> None:
        self._app = app
        self._blocks = blocks

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        asked = _ANSWER.fullmatch(scope.get("path", "")) if scope["type"] == "http" else None
        if asked and scope["method"] == "GET" and not self._is_known(asked["number"]):
            await refusal(scope, 404, "door.answer")(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _is_known(self, number: str) -> bool:
        """Whether a question of that number waits, is being answered, or has its answer not yet fetched."""
        queue = self._blocks._queue
        waiting = queue.pending_event_ids_session.values()
        return number in queue.event_ids_to_events or any(number in numbers for numbers in waiting)


class PackedStreams:
    """Sends the page's event stream as gzip, each event as soon as it is there. Other streams, as of the tools for
    programs, go as they are."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        wanted = scope["type"] == "http" and scope["path"] == _STREAM
        if not wanted or "gzip" not in Headers(scope=scope).get("accept-encoding", ""):
            await self._app(scope, receive, send)
            return
        packer = zlib.compressobj(wbits=_GZIP)

        async def packed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["content-encoding"] = "gzip"
                headers.add_vary_header("Accept-Encoding")
                del headers["content-length"]
            elif message["type"] == "http.response.body":
                more = message.get("more_body", False)
                body = packer.compress(message.get("body", b""))
                body += packer.flush(zlib.Z_SYNC_FLUSH if more else zlib.Z_FINISH)
                message = {**message, "body": body}
            await send(message)

        await self._app(scope, receive, packed)
