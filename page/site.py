"""What all visitors share: the assistant, the reading room, who may ask, the folders on disk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import gradio as gr

from corpus import Folders
from page.admission import Admission
from page.doors.proxies import visitor
from page.libraries import Libraries
from page.translation import accepted_language
from qa import Assistant
from qa.reading.reading_room import ReadingRoom


@dataclass(frozen=True, slots=True)
class Site:
    """Read-only for visitors; whatever is theirs lives in their session."""

    assistant: Assistant
    room: ReadingRoom
    admission: Admission
    folders: Folders
    libraries: Libraries = field(default_factory=Libraries)

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
