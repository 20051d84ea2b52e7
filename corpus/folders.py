"""Where state lives: texts and the index in the user's cache, private documents in the user's data."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_cache_path, user_data_path


@dataclass(frozen=True, slots=True)
class Folders:
    """`cache` may be deleted at any time and is made again; `data` holds what the user added."""

    cache: Path
    data: Path

    @property
    def texts(self) -> Path:
        return self.cache / "texts"

    @property
    def index(self) -> Path:
        return self.cache / "index"

    @property
    def past(self) -> Path:
        """Indexes of the law of past days."""
        return self.cache / "past"

    @property
    def documents(self) -> Path:
        return self.data / "documents"


def user_folders() -> Folders:
    """The user's folders by the platform's custom, or those named in ATAZAN_CACHE_DIR and ATAZAN_DATA_DIR."""
    cache, data = os.environ.get("ATAZAN_CACHE_DIR"), os.environ.get("ATAZAN_DATA_DIR")
    return Folders(
        Path(cache) if cache else user_cache_path("atazan"),
        Path(data) if data else user_data_path("atazan"),
    )
