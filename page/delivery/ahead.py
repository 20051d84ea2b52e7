"""The page tells the browser what it will need before the browser has read it."""

from __future__ import annotations

from collections.abc import Iterable

import gradio as gr
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_KINDS = {"js": "rel=modulepreload", "css": "rel=preload; as=style; crossorigin"}


class ToldAhead:
    """Sets a `Link` header (RFC 8288) on the page itself, with the scripts and styles of these names: without it a
    browser finds out about one when it has read the other, and waits for each."""

    def __init__(self, app: ASGIApp, names: Iterable[str]) -> None:
        self._app = app
        self._link = ", ".join(f"<assets/{name}>; {_KINDS[name.rsplit('.', 1)[-1]]}" for name in names)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] != "/" or not self._link:
            await self._app(scope, receive, send)
            return

        async def telling(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == 200:
                MutableHeaders(scope=message)["link"] = self._link
            await send(message)

        await self._app(scope, receive, telling)


def shown_first(blocks: gr.Blocks) -> set[str]:
    """Kinds of what the page shows before another tab than the first is opened."""
    return {block.get_block_name() for block in blocks.blocks.values() if _is_shown_first(block)}


def _is_shown_first(block: object) -> bool:
    within = getattr(block, "parent", None)
    if isinstance(within, gr.Tab):
        return bool(within.parent and within.parent.children[0] is within)
    return within is None or _is_shown_first(within)
