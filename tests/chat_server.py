"""A chat server on loopback that speaks OpenAI's protocol: it says what a test wants and remembers what it is asked."""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib import resources
from typing import Any

import rtoml

Says = Callable[[dict[str, Any]], str]


@dataclass
class ChatServer:
    """`says` is given the request's body; `failures` are statuses of the next responses, sent with the headers
    `beside`; `late` is how many seconds each reply takes; `knows_forms`: whether it takes a form of replies."""

    url: str
    says: Callable[[dict[str, Any]], str] = lambda body: ""
    failures: list[int] = field(default_factory=list)
    asked: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    stream: bytes | None = None
    beside: dict[str, str] = field(default_factory=dict)
    late: float = 0.0
    knows_forms: bool = True


@contextmanager
def chat_server() -> Iterator[ChatServer]:
    """Started on a free port, stopped at the end."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.0"

        def do_GET(self) -> None:
            self._send(200, json.dumps({"object": "list", "data": [{"id": "parrot", "object": "model"}]}).encode())

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            told.asked.append(body)
            told.headers.append(dict(self.headers))
            if told.failures:
                self._send(told.failures.pop(0), b"{}")
                return
            if "response_format" in body and not told.knows_forms:
                self._send(400, b'{"error": "unknown field response_format"}')
                return
            said = told.says(body)
            time.sleep(told.late)
            if not body.get("stream"):
                message = {"role": "assistant", "content": said}
                used = {"prompt_tokens": 100, "completion_tokens": 10}
                whole = {"choices": [{"index": 0, "message": message}], "usage": used}
                self._send(200, told.stream or json.dumps(whole).encode())
                return
            pieces = [said[i : i + 7] for i in range(0, len(said), 7)]
            events = [{"choices": [{"index": 0, "delta": {"role": "assistant", "content": ""}}]}]
            events += [{"choices": [{"index": 0, "delta": {"content": piece}}]} for piece in pieces]
            events += [{"choices": []}]
            lines = [f"data: {json.dumps(event)}\n\n" for event in events]
            self._send(200, told.stream or (": a comment\n\n" + "".join(lines) + "data: [DONE]\n\n").encode())

        def _send(self, status: int, body: bytes) -> None:
            self.send_response(status)
            for name, value in told.beside.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    told = ChatServer(f"http://127.0.0.1:{server.server_port}/v1")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield told
    finally:
        server.shutdown()
        server.server_close()


def knows_true_from_false(says: Says) -> Says:
    """A model that says what it says, finds that borne out, and passes where sentences are to be judged."""
    table = rtoml.loads(resources.files("qa.prose").joinpath("judging.toml").read_text(encoding="utf-8"))
    false = {sentence for row in table["provision"] for sentence in (*row["false"], *row["answers_falsely"])}

    def said(body: dict[str, Any]) -> str:
        if "You check sentences" not in body["messages"][0]["content"]:
            return says(body)
        told = body["messages"][1]["content"].split("Sentences:")[1]
        found = re.findall(r"^(\d+)\. \(rests on [A-Z, ]+\)(?: To the question “[^”]+”:)? (.*)$", told, re.MULTILINE)
        return json.dumps({"borne_out": [int(number) for number, text in found if text not in false]})

    return said
