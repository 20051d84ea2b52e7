"""Who may ask now: so many a minute from one address, so many at once; the rest are told to come back."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from page.translation import say

PER_MINUTE = 60
_WAITING = 48


class NotAdmitted(Exception):
    """Too many questions, from one address or altogether; the message is ready to show."""


class Admission:
    """Bounds the questions answered. `per_minute` is of one client's address, 0 for no bound; `waiting` of all."""

    def __init__(self, per_minute: int = PER_MINUTE, *, waiting: int = _WAITING) -> None:
        self._per_minute = per_minute
        self._limit = RateLimitItemPerMinute(per_minute) if per_minute else None
        self._limiter = MovingWindowRateLimiter(MemoryStorage())
        self._working = threading.BoundedSemaphore(os.cpu_count() or 1)
        self._places = threading.BoundedSemaphore(waiting)

    @contextmanager
    def admitted(self, client: str, language: str) -> Iterator[None]:
        """Wait for a turn. Raises `NotAdmitted`."""
        if self._limit and not self._limiter.hit(self._limit, client):
            raise NotAdmitted(say("too_often", language, limit=self._per_minute))
        if not self._places.acquire(blocking=False):
            raise NotAdmitted(say("busy", language))
        try:
            with self._working:
                yield
        finally:
            self._places.release()
