"""What all visitors share: the assistant, the reading room, who may ask, the folders on disk."""

from __future__ import annotations

from collections.abc import Sequence

import gradio as gr

from corpus import Folders
from page.admission import Admission
from page.doors.proxies import visitor
from page.libraries import Libraries
from page.translation import accepted_language
from page.watching import Watch
from qa import Assistant
from qa.reading.reading_room import ReadingRoom
from qa.setup.arrival import Arrival, AtHand

# What a visitor's browser keeps is theirs and no secret; with a word of its own it outlives a restart of the server.
BROWSER_SECRET = "atazan"


class Site:
    """Read-only for visitors; whatever is theirs lives in their session."""

    def __init__(self, arrival: Arrival, admission: Admission, folders: Folders, watch: Watch | None = None) -> None:
        self.arrival = arrival
        self.admission = admission
        self.folders = folders
        self.watch = watch or Watch()
        self.libraries = Libraries()
        self._rooms: tuple[AtHand, ReadingRoom] | None = None

    @property
    def assistant(self) -> Assistant:
        """Over what is there now."""
        return self.arrival.at_hand.assistant

    @property
    def room(self) -> ReadingRoom:
        """Over what is there now."""
        now = self.arrival.at_hand
        if self._rooms is None or self._rooms[0] is not now:
            self._rooms = (now, ReadingRoom(now.state))
        return self._rooms[1]

    @property
    def readable(self) -> Sequence[str]:
        """Documents with articles, which the reading room can open."""
        return [document for document in self.room.documents if self.room.articles(document)]


def client_of(request: gr.Request | None) -> str:
    """The address that asks, as it is counted; requests without one (tests, programs in this process) share a name."""
    return visitor(request.client.host) if request and request.client else "local"


def browser_language(request: gr.Request | None) -> str:
    """The first of the browser's languages that the page speaks."""
    return accepted_language(request.headers.get("accept-language", "") if request else "")
