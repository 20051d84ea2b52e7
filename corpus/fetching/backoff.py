"""An implicit fetch (the first `ask`) is not tried again at once where nothing could be reached."""

from __future__ import annotations

import time

from corpus.files import write_atomically
from corpus.folders import Folders

_BACK_OFF_SECONDS = 15 * 60


def recently_unreachable(folders: Folders, mirror: str | None) -> bool:
    """Whether an implicit fetch from the same place failed a short while ago."""
    marker = folders.cache / "unreachable"
    try:
        fresh = time.time() - marker.stat().st_mtime < _BACK_OFF_SECONDS
        return fresh and marker.read_text(encoding="utf-8") == (mirror or "")
    except OSError:
        return False


def remember_unreachable(folders: Folders, mirror: str | None, unreachable: bool) -> None:
    """Note the outcome of a fetch for `recently_unreachable`."""
    marker = folders.cache / "unreachable"
    if unreachable:
        write_atomically(marker, (mirror or "").encode("utf-8"))
    else:
        marker.unlink(missing_ok=True)
