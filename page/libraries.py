"""The documents of the visitors who are there: each session's own, forgotten as soon as its browser has gone."""

from __future__ import annotations

import threading
from collections.abc import Callable

import gradio as gr

from qa.setup.private_library import PrivateLibrary


class Libraries:
    """By session."""

    def __init__(self) -> None:
        self._open: dict[str, PrivateLibrary] = {}
        self._lock = threading.Lock()

    def of(self, request: gr.Request, made: Callable[[], PrivateLibrary]) -> PrivateLibrary:
        """The library of the session, made where it has none."""
        session = str(request.session_hash)
        with self._lock:
            if session not in self._open:
                self._open[session] = made()
            return self._open[session]

    def forget(self, request: gr.Request) -> None:
        """Close the library of a session that has ended."""
        with self._lock:
            library = self._open.pop(str(request.session_hash), None)
        if library:
            library.close()

    def close(self) -> None:
        """Close all."""
        with self._lock:
            libraries = list(self._open.values())
            self._open.clear()
        for library in libraries:
            library.close()
