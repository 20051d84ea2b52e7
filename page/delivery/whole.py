"""An answer leaves in one piece: whoever kills the server gets all of it sent or none.

uvicorn writes the head of an answer and its body one after the other, and between the two other threads may compute. A
proxy that passed on a head can't ask another server any more (nginx, `proxy_next_upstream`), so a server killed just
then lost the request.
"""

from __future__ import annotations

import asyncio
from typing import cast

from uvicorn.protocols.http.h11_impl import H11Protocol


class InOnePiece(H11Protocol):
    """HTTP/1.1 whose answers are written at the end of the loop's turn: together, what was sent without waiting."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn's
        super().connection_made(cast(asyncio.Transport, _Gathered(transport, asyncio.get_running_loop())))


class _Gathered:
    """A transport that gathers what is written in one turn of the loop; else the one it stands for."""

    def __init__(self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        self._transport, self._loop = transport, loop
        self._held: list[bytes] = []

    def write(self, data: bytes) -> None:
        if not self._held:
            self._loop.call_soon(self._flush)
        self._held.append(data)

    def close(self) -> None:
        self._flush()
        self._transport.close()

    def __getattr__(self, name: str) -> object:
        return getattr(self._transport, name)

    def _flush(self) -> None:
        if self._held and not self._transport.is_closing():
            self._transport.write(b"".join(self._held))
        self._held.clear()
