"""What a library's rows are searched with: kept in memory as long as nothing was written."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

from index.stores.settled.files import Settled
from index.stores.settled.recent import Recent
from index.stores.settled.view import Moment, View


class SearchedRows:
    """Gives the view of a library that a transaction sees. Safe to share by threads."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._reading = threading.Lock()
        self._last: View | None = None

    def view(self, base: sqlite3.Connection, moment: Moment) -> View:
        """The library at the moment, which is its turn and the name of what was settled ("" for none). Raises
        `Unreadable`."""
        with self._reading:
            last = self._last
            if last is None or last.moment != moment:
                same = last if last and last.moment[1] == moment[1] else None
                settled = same.settled if same else Settled(self._folder / moment[1]) if moment[1] else None
                known = same.recent if same and int(same.moment[0]) < int(moment[0]) else None
                after, average = (settled.last, settled.average) if settled else (0, 0.0)
                last = self._last = View(base, moment, settled, Recent(base, after, average, known))
            return last
