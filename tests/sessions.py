"""A visitor's session of the page without a browser: what its scripts send, over HTTP."""

from __future__ import annotations

import json
from contextlib import ExitStack
from types import TracebackType
from typing import Any, Self
from uuid import uuid4

import httpx

_LONGEST = 60.0  # seconds for an answer


class Session:
    """Lasts as a browser's does: as long as its stream of heartbeats. Cookies are kept as a browser keeps them."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.name = uuid4().hex
        self.client = httpx.Client(base_url=url, timeout=_LONGEST)
        self._until_closed = ExitStack()
        self._values: dict[int, Any] = {}

    def __enter__(self) -> Self:
        self._until_closed.enter_context(self.client)
        self.client.get("/").raise_for_status()
        self._config = self.client.get("/config").raise_for_status().json()
        beats = self._until_closed.enter_context(
            self.client.stream("GET", f"/gradio_api/heartbeat/{self.name}", timeout=None)
        )
        next(beats.iter_lines())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._until_closed.close()

    def ask(self, question: str, **values: Any) -> str:
        """Ask in the page; everything that the server sent, as text."""
        return self.trigger("question", "submit", question=question, **values)

    def bring(self, name: str, text: str) -> str:
        """Add a document of one's own, and wait until it is indexed."""
        file = {"files": (name, text.encode(), "text/plain")}
        (path,) = self.client.post("/gradio_api/upload", files=file).raise_for_status().json()
        given = {"path": path, "orig_name": name, "meta": {"_type": "gradio.FileData"}}
        return self.trigger("entrance", "upload", entrance=given)

    def trigger(self, element: str, event: str, told: dict[str, Any] | None = None, **values: Any) -> str:
        """What an event of an element of the page starts; `values` are those of other elements by their id, of those
        left out what the page began with."""
        by_id = {c["props"].get("elem_id"): c["id"] for c in self._config["components"]}
        started = next(d for d in self._config["dependencies"] if [by_id[element], event] in d["targets"])
        given = {by_id[name]: value for name, value in values.items()}
        begun = {c["id"]: c["props"].get("value") for c in self._config["components"]}
        body = {
            "fn_index": started["id"],
            "data": [given.get(number, begun.get(number)) for number in started["inputs"]],
            "event_data": told,
            "session_hash": self.name,
        }
        self.client.post("/gradio_api/queue/join", json=body).raise_for_status()
        said = ""
        with self.client.stream("GET", "/gradio_api/queue/data", params={"session_hash": self.name}) as stream:
            for line in stream.iter_lines():
                said += line
                if line and json.loads(line.removeprefix("data: "))["msg"] == "process_completed":
                    break
        return said
