"""Long work in a thread, its progress told to the page as it goes."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator
from queue import Queue
from typing import Generic, TypeVar

Result = TypeVar("Result")
Progress = Callable[[int, int], None]


class Work(Generic[Result]):
    """`steps()` yields `(done, total)` while the work runs and raises what it raises; then `result` is there."""

    result: Result

    def __init__(self, work: Callable[[Progress], Result]) -> None:
        self._work = work

    def steps(self) -> Generator[tuple[int, int], None, None]:
        told: Queue[tuple[int, int] | BaseException | None] = Queue()

        def run() -> None:
            try:
                self.result = self._work(lambda done, total: told.put((done, total)))
                told.put(None)
            except BaseException as error:  # noqa: BLE001 (raised again below, where the request is)
                told.put(error)

        threading.Thread(target=run, daemon=True).start()
        while (step := told.get()) is not None:
            if isinstance(step, BaseException):
                raise step
            yield step
