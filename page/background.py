"""Long work in a thread, what it does told to the page as it goes."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator, Iterator
from queue import Empty, Queue
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


def ticking(work: Iterator[Result], every: float) -> Generator[Result | None, None, None]:
    """What the iterator gives, made in a thread, and None whenever it gives nothing for so many seconds: whoever waits
    can be told to stop meanwhile. Then the iterator is closed as soon as it gives its next. Raises what it raises."""
    made: Queue[tuple[Result | None, BaseException | None]] = Queue()
    stopped = threading.Event()

    def run() -> None:
        try:
            for result in work:
                made.put((result, None))
                if stopped.is_set():
                    break
            made.put((None, StopIteration()))
        except BaseException as error:  # noqa: BLE001 (raised again below, where the request is)
            made.put((None, error))
        finally:
            if isinstance(work, Generator):
                work.close()

    threading.Thread(target=run, daemon=True).start()
    try:
        while True:
            try:
                result, error = made.get(timeout=every)
            except Empty:
                yield None
                continue
            if isinstance(error, StopIteration):
                return
            if error:
                raise error
            yield result
    finally:
        stopped.set()
