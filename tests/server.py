"""A real server over an assistant, in this process, for the tests of its doors."""

from __future__ import annotations

import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import app
from corpus import Folders
from page.doors import Doors
from qa import Assistant
from qa.setup.arrival import Arrival


def free_port(host: str = "127.0.0.1") -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind((host, 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(
    assistant: Assistant | Arrival,
    folders: Folders,
    doors: Doors | None = None,
    *,
    per_minute: int = 0,
    metrics: Sequence[str] = (),
) -> Iterator[str]:
    """Its address; closed at the end."""
    port = free_port()
    running = app.launch(
        assistant, folders, port=port, doors=doors, per_minute=per_minute, metrics=metrics, block=False
    )
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        running.close()
