"""The stream of answers, packed: an answer that grows is sent again and again, and again is nearly nothing to send."""

from __future__ import annotations

import zlib

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_STREAM = "/gradio_api/queue/data"
_GZIP = 16 + zlib.MAX_WBITS


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
