"""What leaves the server in one piece: a kill in the middle of an answer's sending can't cut it in two."""

from __future__ import annotations

from asyncio import selector_events

import httpx
import pytest

from corpus import Folders
from qa import Assistant
from tests.server import served


@pytest.mark.parametrize("encoding", ["gzip", "identity"])
def test_head_and_body_are_written_at_once(
    assistant: Assistant, folders: Folders, monkeypatch: pytest.MonkeyPatch, encoding: str
) -> None:
    transport = selector_events._SelectorSocketTransport  # type: ignore[attr-defined]
    write = transport.write
    written: list[bytes] = []

    def noted(self: object, data: bytes) -> None:
        written.append(bytes(data))
        write(self, data)

    with served(assistant, folders) as url, httpx.Client(headers={"accept-encoding": encoding}) as client:
        monkeypatch.setattr(transport, "write", noted)
        asked = client.post(f"{url}/gradio_api/run/ask", json={"data": ["Is there a death penalty?"]})
        assert asked.raise_for_status().json()["data"]
        (answer,) = (data for data in written if data.startswith(b"HTTP/1.1 200"))
        _, body = answer.split(b"\r\n\r\n", 1)
        assert len(body) == int(asked.headers["content-length"])


def test_a_connection_is_kept_and_closed_as_the_client_asks(assistant: Assistant, folders: Folders) -> None:
    with served(assistant, folders) as url, httpx.Client() as client:
        answers = [client.get(f"{url}/healthz").raise_for_status() for _ in range(3)]
        assert all(answer.json() for answer in answers)
        assert len({answer.extensions["network_stream"].get_extra_info("client_addr") for answer in answers}) == 1
        last = client.get(f"{url}/healthz", headers={"connection": "close"}).raise_for_status()
        assert last.json()
        assert last.headers["connection"] == "close"
