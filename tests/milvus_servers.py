"""Milvus's embedded kind as a server, in a process of its own or behind a door, and a poor line to it."""

from __future__ import annotations

import base64
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import grpc
from milvus_lite.adapter.grpc.servicer import MilvusServicer
from milvus_lite.db import MilvusLite
from pymilvus.grpc_gen import milvus_pb2_grpc

_PATIENCE = 60  # seconds for a process of ours to listen


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


class Server:
    """`milvus-lite server` over a folder; it can be killed, and started again in its place."""

    def __init__(self, folder: Path) -> None:
        self._folder, self.port = folder, free_port()
        self.start()

    @property
    def name(self) -> str:
        return f"milvus://127.0.0.1:{self.port}"

    def start(self) -> None:
        command = [sys.executable, "-m", "milvus_lite", "server", "--host", "127.0.0.1"]
        self._process = subprocess.Popen(
            [*command, "--data-dir", str(self._folder), "--port", str(self.port)], stdout=subprocess.DEVNULL
        )
        until = time.monotonic() + _PATIENCE
        while time.monotonic() < until:
            with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
                return
            assert self._process.poll() is None
            time.sleep(0.05)
        raise AssertionError("milvus-lite does not listen")

    def kill(self) -> None:
        """As the machine that runs out of memory does."""
        self._process.kill()
        self._process.wait()


class Line:
    """A line to a server of ours. What it does with answers can be changed at any time: `None` passes them on."""

    def __init__(self, port: int) -> None:
        self._to = port
        self.answers: Callable[[bytes], bytes] | None = None
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listening.getsockname()[1])
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def name(self) -> str:
        return f"milvus://127.0.0.1:{self.port}"

    def close(self) -> None:
        self._listening.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                here, _ = self._listening.accept()
                there = socket.create_connection(("127.0.0.1", self._to))
                threading.Thread(target=self._carry, args=(here, there, False), daemon=True).start()
                threading.Thread(target=self._carry, args=(there, here, True), daemon=True).start()

    def _carry(self, start: socket.socket, end: socket.socket, answering: bool) -> None:
        with suppress(OSError):
            while data := start.recv(1 << 16):
                if answering and self.answers is not None:
                    passed = self.answers(data)
                    end.sendall(passed)
                    if passed != data:
                        break
                else:
                    end.sendall(data)
        for side in (start, end):
            with suppress(OSError):
                side.shutdown(socket.SHUT_RDWR)
            side.close()


@contextmanager
def behind_a_door(folder: Path, *, token: str = "", certificate: Path | None = None) -> Iterator[int]:
    """The port of the embedded kind's own server with a cluster's door: it asks for the token, or speaks TLS."""
    database = MilvusLite(str(folder))
    server = grpc.server(ThreadPoolExecutor(4), interceptors=[_Door(token)] if token else [])
    milvus_pb2_grpc.add_MilvusServiceServicer_to_server(MilvusServicer(database), server)
    if certificate:
        both = certificate.read_bytes()
        port = server.add_secure_port("localhost:0", grpc.ssl_server_credentials([(both, both)]))
    else:
        port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    try:
        yield port
    finally:
        server.stop(grace=1).wait()
        database.close()


class _Door(grpc.ServerInterceptor):  # type: ignore[misc]
    """Refuses as Milvus does what comes without the token."""

    def __init__(self, token: str) -> None:
        self._wanted = base64.b64encode(token.encode()).decode()

    def intercept_service(self, continuation: Any, details: Any) -> Any:
        if dict(details.invocation_metadata).get("authorization") == self._wanted:
            return continuation(details)

        def refuse(_request: object, context: Any) -> None:
            context.abort(
                grpc.StatusCode.UNAUTHENTICATED, "auth check failure, please check username and password are correct"
            )

        return grpc.unary_unary_rpc_method_handler(refuse)
