"""A server of its own for what asks over HTTP: `atazan serve` at a free port, its visitors not counted."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

import httpx

_START_SECONDS = 300


class Served(NamedTuple):
    """A server: its address, and the number of its process."""

    url: str
    process: int


@contextmanager
def served() -> Iterator[Served]:
    """The server, once it answers. Raises RuntimeError where it does not start; it is ended in any case."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "qa.commands.main", "serve", "--port", str(port), "--per-minute", "0"]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        url = f"http://127.0.0.1:{port}"
        _wait_for(url, server)
        yield Served(url, server.pid)
    finally:
        server.terminate()
        server.wait()


def _wait_for(url: str, server: subprocess.Popen[bytes]) -> None:
    for _ in range(_START_SECONDS):
        if server.poll() is not None:
            raise RuntimeError("The server stopped; run `atazan serve` to see why.")
        try:
            httpx.get(url, timeout=5).raise_for_status()
            return
        except httpx.HTTPError:
            time.sleep(1)
    raise RuntimeError("The server did not start.")
