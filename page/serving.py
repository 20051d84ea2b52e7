"""Serving the page, the HTTP API and the MCP server over an assistant."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import FrameType

import gradio as gr
import uvicorn
from fastapi import FastAPI
from gradio.routes import App
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import Mount

from corpus import Folders
from page.admission import PER_MINUTE, Admission
from page.appearance import add_appearance
from page.arguments import Parameters
from page.delivery.ahead import shown_first, told_ahead
from page.delivery.assets import add_assets
from page.delivery.frontend import needed
from page.delivery.sessions import Sessions
from page.delivery.streams import KnownAnswers, PackedStreams
from page.delivery.whole import InOnePiece
from page.doors import Doors
from page.doors.bodies import MOST_BYTES
from page.layout import build, css, head
from page.opening import add_addresses, open_with
from page.site import Site
from page.uploads import keep_uploads_apart
from page.watching import Store, add_watching
from qa import Assistant
from qa.setup.arrival import Arrival, AtHand
from qa.setup.installed import installed
from qa.setup.visitors_folder import visitors_folder

_QUEUE = 128  # events that wait before new ones are refused
_THREADS = 64
_PACKED_FROM = 2000  # bytes
_GRACE = 3  # seconds for answers under way when the server is stopped
_FONTS = ["system-ui", "Segoe UI", "Roboto", "Noto Sans", "sans-serif"]


def page(assistant: Assistant | Arrival, folders: Folders, *, per_minute: int = PER_MINUTE) -> gr.Blocks:
    """The page over an assistant, or one whose texts are still arriving; `per_minute` bounds the questions of one
    address, 0 does not."""
    return build(Site(_arrival(assistant, folders), Admission(per_minute), folders))


class Running:
    """A server that answers."""

    def __init__(self, site: Site, server: _Server) -> None:
        self._site, self._server = site, server
        self._thread: threading.Thread | None = None

    def start(self, listening: socket.socket) -> None:
        """Answer in a thread of its own, from when this returns."""
        self._thread = threading.Thread(target=self._server.run, kwargs={"sockets": [listening]}, daemon=True)
        self._thread.start()
        while not self._server.started and self._thread.is_alive():
            time.sleep(0.01)

    def close(self) -> None:
        """Stop answering, and forget what visitors brought."""
        self._server.stop()
        if self._thread:
            self._thread.join()
        self._site.libraries.close()


def launch(
    assistant: Assistant | Arrival,
    folders: Folders,
    *,
    port: int = 7860,
    doors: Doors | None = None,
    per_minute: int = PER_MINUTE,
    metrics: Sequence[str] = (),
    store: Store | None = None,
    block: bool = True,
) -> Running:
    """Serve the page, the HTTP API and the MCP server behind the doors; loads nothing from other hosts, opens no share
    link. `metrics` are the addresses and networks that may read the figures; of the library's `store` the health is
    told. Where it blocks, until the process is told to stop. Raises `BadHost`, `BadProxy` and OSError."""
    doors = doors or Doors()
    keep_uploads_apart()
    admission = Admission(per_minute)
    arrival = _arrival(assistant, folders)
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    site = Site(arrival, admission, folders, add_watching(app, arrival, admission, store=store, readers=metrics))
    _keep_no_events()
    blocks = build(site)
    blocks.max_threads = _THREADS
    blocks.queue(max_size=_QUEUE, default_concurrency_limit=4)
    public = (event.fn for event in blocks.fns.values() if event.fn and event.api_visibility == "public")
    tools = {tool.tool: tool for tool in map(Parameters.of, public)}
    _mount(blocks, app, doors)
    config = uvicorn.Config(
        doors.before(app, admission, tools),
        http=InOnePiece,
        log_level="warning",
        proxy_headers=False,  # the doors know whom to believe
        server_header=False,
        timeout_graceful_shutdown=_GRACE,
    )
    server = _Server(config, blocks)
    running = Running(site, server)
    with _listening(doors.host, port) as listening:
        if not block:
            running.start(listening.dup())
            return running
        with _told_to_stop(server):
            try:
                server.run(sockets=[listening])
            finally:
                site.libraries.close()
                shutil.rmtree(visitors_folder(), ignore_errors=True)
    return running


def _keep_no_events() -> None:
    """Gradio (6) makes a table of the last ten thousand events after each, for a page that the doors close; what is to
    be known of them, `/metrics` tells."""
    os.environ.setdefault("GRADIO_ANALYTICS_MAX_EVENTS", "1")
    os.environ.setdefault("GRADIO_ANALYTICS_CACHE_FREQUENCY", str(sys.maxsize))


def _arrival(assistant: Assistant | Arrival, folders: Folders) -> Arrival:
    return assistant if isinstance(assistant, Arrival) else Arrival(AtHand(assistant, installed(folders)))


def _mount(blocks: gr.Blocks, app: FastAPI, doors: Doors) -> None:
    # Nobody's pages but ours: where the app has this of its own, Gradio leaves out what lets in others'.
    app.add_middleware(CORSMiddleware, allow_origins=[])
    # The page itself is large, and Gradio sends it as it is; it packs only what has a file's ending.
    app.add_middleware(GZipMiddleware, minimum_size=_PACKED_FROM)
    app.add_middleware(PackedStreams)
    app.add_middleware(KnownAnswers, blocks=blocks)
    add_appearance(app)
    add_assets(app)
    add_addresses(app)
    open_with(told_ahead(needed(shown_first(blocks))))
    gr.mount_gradio_app(
        app,
        blocks,
        path="/",
        auth=list(doors.accounts) or None,
        max_file_size=MOST_BYTES,
        theme=gr.themes.Default(primary_hue="sky", font=_FONTS, font_mono=["ui-monospace", "monospace"]),
        css=css(),
        head=head(),
        footer_links=[],
        run_history=False,
        allowed_paths=[],
        show_error=False,
        enable_monitoring=False,
        ssr_mode=False,
        mcp_server=True,
    )
    # Not `blocks.app`, which Gradio made before the page was mounted.
    mounted = next(route.app for route in app.routes if isinstance(route, Mount) and isinstance(route.app, App))
    mounted.state_holder = Sessions.of(blocks)


class _Server(uvicorn.Server):
    """Ends the streams of answers as soon as it is told to stop, or it would wait for them. Those that keep sessions
    open are cut off at the end of the grace: so a page learns that its server is gone, and goes on at another."""

    def __init__(self, config: uvicorn.Config, blocks: gr.Blocks) -> None:
        super().__init__(config)
        self._blocks = blocks

    def stop(self) -> None:
        """Take no more requests, and end those under way."""
        self._blocks.is_running = False
        self.should_exit = True

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        super().handle_exit(sig, frame)
        self.stop()


def _bound(host: str, port: int) -> socket.socket:
    """A socket that listens; IPv4 first where a name stands for both. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    family, _, _, _, address = min(found, key=lambda entry: entry[0] != socket.AF_INET)
    listening = socket.create_server(address[:2], family=family, backlog=2048)
    # asyncio does so only for sockets that it made itself; else each small answer waits 40 ms for the one before.
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listening


@contextmanager
def _listening(host: str, port: int) -> Iterator[socket.socket]:
    listening = _bound(host, port)
    try:
        yield listening
    finally:
        listening.close()


@contextmanager
def _told_to_stop(server: _Server) -> Iterator[None]:
    """What ends the process lets it clean up first: SIGTERM, SIGHUP (its terminal is closed) and SIGINT (Ctrl+C)."""

    def leave(number: int, frame: FrameType | None) -> None:
        sys.exit(128 + number)

    # uvicorn stops at SIGTERM and SIGINT, and then raises them again.
    handlers = {signal.SIGTERM: leave, signal.SIGHUP: server.handle_exit}
    before = {number: signal.signal(number, handler) for number, handler in handlers.items()}
    try:
        yield
    except KeyboardInterrupt:
        sys.exit(128 + signal.SIGINT)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
