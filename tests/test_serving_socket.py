"""The socket that the server listens on."""

from __future__ import annotations

import socket

from page.serving import _bound


def test_small_answers_are_sent_at_once() -> None:
    """asyncio asks for that on sockets of its own making alone; what is accepted here has it from the listening one."""
    with _bound("127.0.0.1", 0) as listening, socket.create_connection(listening.getsockname()):
        accepted, _ = listening.accept()
        with accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) != 0
