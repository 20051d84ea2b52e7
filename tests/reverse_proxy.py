"""A small reverse proxy before several servers: a request that got no whole answer goes to the next, a visitor stays
with the server that the cookie names while it answers."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress

_COOKIE = re.compile(rb"server=(\d+)")
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_HOP = re.compile(rb"\r\n(?:connection|keep-alive|x-forwarded-for):[^\r]*", re.IGNORECASE)
_END = b"\r\n\r\n"


@contextmanager
def proxied(ports: Sequence[int]) -> Iterator[str]:
    """Its address."""
    # In a thread of its own: where playwright runs, a loop runs in this one.
    with ThreadPoolExecutor(1) as thread:
        opened: Future[tuple[int, Callable[[], object]]] = Future()
        closed = thread.submit(asyncio.run, _serve(_Proxy(ports), opened))
        port, close = opened.result()
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            close()
            closed.result()


async def _serve(proxy: _Proxy, opened: Future[tuple[int, Callable[[], object]]]) -> None:
    """Until it is closed by what `opened` gives beside the port; what is under way then is broken off."""
    told, loop = asyncio.Event(), asyncio.get_running_loop()
    server = await asyncio.start_server(proxy.served, "127.0.0.1", 0)
    opened.set_result((server.sockets[0].getsockname()[1], lambda: loop.call_soon_threadsafe(told.set)))
    await told.wait()
    server.close()


class _NoAnswer(Exception):
    """The server was away, or went away before its answer was whole."""


class _Proxy:
    def __init__(self, ports: Sequence[int]) -> None:
        self._ports = ports
        self._next = 0

    async def served(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One request of one connection; the client opens another for the next."""
        # A client that has gone needs no answer, nor does anyone once the proxy is closed.
        with suppress(OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            head = await reader.readuntil(_END)
            length = _LENGTH.search(head)
            body = await reader.readexactly(int(length[1])) if length else b""
            request = _HOP.sub(b"", head).removesuffix(_END) + b"\r\nConnection: close" + _END + body
            for place in self._order(head):
                with suppress(_NoAnswer):
                    await self._passed_on(place, request, writer)
                    break
            else:
                writer.write(b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close" + _END)
            await writer.drain()
        writer.close()

    def _order(self, head: bytes) -> list[int]:
        """The servers to try: first that of the cookie, else the next in turn."""
        known = _COOKIE.search(head)
        self._next += not known
        first = int(known[1]) if known else self._next
        return [(first + step) % len(self._ports) for step in range(len(self._ports))]

    async def _passed_on(self, place: int, request: bytes, writer: asyncio.StreamWriter) -> None:
        """A stream is given on as it comes, all else whole. Raises `_NoAnswer` where nothing was given on."""
        try:
            reader, upstream = await asyncio.open_connection("127.0.0.1", self._ports[place])
        except OSError as error:
            raise _NoAnswer from error
        try:
            upstream.write(request)
            head = await reader.readuntil(_END)
            given = head.removesuffix(_END) + b"\r\nSet-Cookie: server=%d; Path=/" % place + _END
            if b"text/event-stream" in head.lower():
                writer.write(given)
                while part := await reader.read(65536):
                    writer.write(part)
                    await writer.drain()
                return
            rest = await reader.read()
            length = _LENGTH.search(head)
            if len(rest) < int(length[1]) if length else b"chunked" in head.lower() and not rest.endswith(_END):
                raise _NoAnswer
            writer.write(given + rest)
        except (OSError, asyncio.IncompleteReadError) as error:
            raise _NoAnswer from error
        finally:
            upstream.close()
