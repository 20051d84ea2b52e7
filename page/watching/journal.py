"""The journal: one line of JSON for each request, through the logger `atazan.requests`.

| field | what |
|---|---|
| `at` | when it ended, in UTC |
| `id` | random, of this line alone |
| `kind` | `page` (a question in the page), `ask` and the other tools for programs, `opened` (the page), `feedback` |
| `outcome` | `answered`, why not, or the verdict |
| `milliseconds` | how long it took, its wait included |
| `language` | of the answer, "" where none is known |
| `reason`, `question` | of feedback: what was wrong; the question, only with its asker's consent |
"""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime
from logging.handlers import WatchedFileHandler
from uuid import uuid4

STDERR = "-"
_LOGGER = logging.getLogger("atazan.requests")


class _Lines(logging.Formatter):
    """A record as its line."""

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        told = {"at": at, "id": uuid4().hex, "kind": record.getMessage(), **record.__dict__.get("told", {})}
        return json.dumps(told, ensure_ascii=False)


def open_journal(where: str) -> logging.Handler:
    """Write the journal from now on: to the file `where`, which may be moved away while it is written, or to standard
    error for `-`. Raises OSError."""
    handler = logging.StreamHandler() if where == STDERR else WatchedFileHandler(where, encoding="utf-8")
    handler.setFormatter(_Lines())
    _LOGGER.addHandler(handler)
    _LOGGER.setLevel(logging.INFO)
    _LOGGER.propagate = False
    return handler


def close_journal(handler: logging.Handler) -> None:
    """Write no more there."""
    _LOGGER.removeHandler(handler)
    handler.close()


def note(kind: str, **told: object) -> None:
    """A line of the journal; nothing where none is kept."""
    _LOGGER.info(kind, extra={"told": told})
