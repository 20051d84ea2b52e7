"""Wrong passwords slow down: the third and each after it has its address wait twice as long as the one before."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

_FREE = 3  # wrong passwords in a row that cost nothing: people mistype
_LONGEST = 900.0  # seconds
_FORGOTTEN = 3600.0  # seconds after the last wrong password
_ADDRESSES = 10_000


@dataclass(slots=True)
class _Failures:
    count: int
    last: float


class Attempts:
    """Wrong passwords by address, of the last `most` addresses that gave any."""

    def __init__(self, clock: Callable[[], float] = time.monotonic, most: int = _ADDRESSES) -> None:
        self._clock = clock
        self._most = most
        self._failures: OrderedDict[str, _Failures] = OrderedDict()
        self._lock = threading.Lock()

    def wait(self, client: str) -> float:
        """Seconds until the client may try again; 0 for at once."""
        with self._lock:
            found = self._failures.get(client)
            if not found or found.count < _FREE:
                return 0.0
            pause = min(_LONGEST, 2.0 ** (found.count - _FREE))
            return max(0.0, found.last + pause - self._clock())

    def failed(self, client: str) -> None:
        """The client gave a wrong password."""
        with self._lock:
            now = self._clock()
            found = self._failures.pop(client, None)
            count = found.count if found and now - found.last < _FORGOTTEN else 0
            self._failures[client] = _Failures(count + 1, now)
            while len(self._failures) > self._most:
                self._failures.popitem(last=False)

    def succeeded(self, client: str) -> None:
        """The client gave the right one."""
        with self._lock:
            self._failures.pop(client, None)

    def __len__(self) -> int:
        return len(self._failures)
