"""Who may ask now: so many a minute from one address, so many at once; the rest are told to come back."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Literal

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from page.translation import say

PER_MINUTE = 60
LOOKING_UP = 0.1  # of a question: what is looked up as one types
_WAITING = 128
_PARTS = 10  # in which a question is counted
_PAUSE = 0.5  # seconds between two looks whether there is room

Why = Literal["too_often", "busy"]


class NotAdmitted(Exception):
    """Too many questions, from one address ("too_often") or altogether ("busy"); the message is ready to show."""

    def __init__(self, why: Why, message: str) -> None:
        super().__init__(message)
        self.why: Why = why


class Admission:
    """Bounds the work done. `per_minute` is in questions of one client's address, 0 for no bound; `waiting` of all."""

    def __init__(self, per_minute: int = PER_MINUTE, *, waiting: int = _WAITING) -> None:
        self._per_minute = per_minute
        self._limit = RateLimitItemPerMinute(per_minute * _PARTS) if per_minute else None
        self._limiter = MovingWindowRateLimiter(MemoryStorage())
        self._working = threading.BoundedSemaphore(os.cpu_count() or 1)
        self._most = waiting
        self._counting = threading.Lock()
        self._inside = 0
        self._refused: dict[Why, int] = {"too_often": 0, "busy": 0}

    @property
    def in_flight(self) -> int:
        """Questions that are worked at or wait for their turn."""
        return self._inside

    @property
    def is_full(self) -> bool:
        """Whether one more would be turned away."""
        return self._inside >= self._most

    def refused(self) -> Mapping[Why, int]:
        """How many were turned away since the start."""
        with self._counting:
            return dict(self._refused)

    def charge(self, client: str, language: str, questions: float = 1) -> None:
        """Count work against the client's minute, as so many questions; what is more than a minute's counts as one
        whole. Raises `NotAdmitted`."""
        if not self._hit(client, questions):
            raise self._refusal("too_often", say("too_often", language, limit=self._per_minute))

    def charge_when_possible(
        self, client: str, questions: float = 1, *, is_stopped: Callable[[], bool] = lambda: False
    ) -> None:
        """The same for work in steps, which waits until the client's minute has room or the work `is_stopped`."""
        while not is_stopped() and not self._hit(client, questions):
            time.sleep(_PAUSE)

    @contextmanager
    def admitted(self, client: str, language: str) -> Iterator[None]:
        """Count a question and wait for its turn. Raises `NotAdmitted`."""
        self.charge(client, language)
        if not self._entered():
            raise self._refusal("busy", say("busy", language))
        try:
            with self._working:
                yield
        finally:
            with self._counting:
                self._inside -= 1

    def _entered(self) -> bool:
        with self._counting:
            if self.is_full:
                return False
            self._inside += 1
            return True

    def _refusal(self, why: Why, message: str) -> NotAdmitted:
        with self._counting:
            self._refused[why] += 1
        return NotAdmitted(why, message)

    def _hit(self, client: str, questions: float) -> bool:
        if self._limit is None:
            return True
        cost = min(self._limit.amount, max(1, round(questions * _PARTS)))
        return self._limiter.hit(self._limit, client, cost=cost)
