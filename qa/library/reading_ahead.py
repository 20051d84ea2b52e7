"""Files read in processes of their own, ahead of whoever takes the acts: a file that breaks its reader, or takes too
long, is told and costs nothing but itself."""

from __future__ import annotations

import os
import select
import subprocess
import time
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import msgspec

from corpus.errors import UnreadableFile
from corpus.library.acts import Act, ActFile, Unread
from corpus.readers.child import command_of
from qa.library.act_reader import FRAME, Outcome, Request
from qa.setup.reading_process import Bounds

BOUNDS = Bounds(pages=2000, characters=8_000_000, seconds=120)
_AHEAD = 2  # acts a process that are read and wait
_FILES = 2000  # that one process reads: what its libraries keep is given back with it


def processes() -> int:
    """How many read beside the embedder."""
    return max(1, min(4, (os.cpu_count() or 1) - 1))


def read_ahead(
    files: Iterable[ActFile], bounds: Bounds = BOUNDS, *, count: int | None = None
) -> Iterator[tuple[ActFile, bytes, Act] | Unread]:
    """Each file with the digest of what was read and its act, or why there is none, in the order of the files. `count`
    is of processes."""
    count = count or processes()
    readers = [_Reader(bounds) for _ in range(count)]
    idle = deque(readers)  # a thread takes one and puts it back
    waiting: deque[Future[tuple[ActFile, bytes, Act] | Unread]] = deque()

    def read(file: ActFile) -> tuple[ActFile, bytes, Act] | Unread:
        reader = idle.popleft()
        try:
            return reader.read(file)
        finally:
            idle.append(reader)

    pool = ThreadPoolExecutor(count)
    try:
        for file in files:
            waiting.append(pool.submit(read, file))
            if len(waiting) > _AHEAD * count:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        for future in waiting:
            future.cancel()
        for reader in readers:
            reader.stop()
        pool.shutdown()
        for reader in readers:
            reader.close()


class _Reader:
    """One process that reads a file after another, for one thread at a time."""

    def __init__(self, bounds: Bounds) -> None:
        self._bounds = bounds
        self._process: subprocess.Popen[bytes] | None = None
        self._read = 0

    def read(self, file: ActFile) -> tuple[ActFile, bytes, Act] | Unread:
        try:
            process = self._running()
            assert process.stdin
            process.stdin.write(_framed(Request(file, self._bounds)))
            process.stdin.flush()
            outcome = msgspec.msgpack.decode(self._answer(process), type=Outcome)
        except TimeoutError:
            self.close()
            return Unread(file.path, str(UnreadableFile("too_slow", seconds=int(self._bounds.seconds))))
        except (OSError, EOFError, msgspec.DecodeError):
            self.close()
            return Unread(file.path, str(UnreadableFile("too_heavy")))
        if outcome.spent:
            self.close()
        if outcome.act is None:
            return Unread(file.path, outcome.problem)
        return file, outcome.digest, outcome.act

    def stop(self) -> None:
        """Whatever it is reading comes to nothing; may be called from any thread."""
        if process := self._process:
            process.kill()

    def close(self) -> None:
        process, self._process = self._process, None
        if process:
            process.kill()
            process.communicate()

    def _running(self) -> subprocess.Popen[bytes]:
        self._read += 1
        if self._read % _FILES == 0:
            self.close()
        if self._process is None:
            self._process = subprocess.Popen(
                command_of("qa.library.act_reader"),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,  # what libraries remark on a file is not for the user
                start_new_session=True,  # Ctrl-C is for the one who asked
            )
        return self._process

    def _answer(self, process: subprocess.Popen[bytes]) -> bytes:
        """The process's next frame. Raises `TimeoutError`, and `EOFError` where it died."""
        assert process.stdout
        descriptor, until, data = process.stdout.fileno(), time.monotonic() + self._bounds.seconds, bytearray()
        while len(data) < FRAME.size or len(data) < FRAME.size + FRAME.unpack_from(data)[0]:
            if not select.select([descriptor], [], [], max(0.0, until - time.monotonic()))[0]:
                raise TimeoutError
            piece = os.read(descriptor, 1 << 20)
            if not piece:
                raise EOFError
            data += piece
        return bytes(data[FRAME.size :])


def _framed(value: Any) -> bytes:
    data = msgspec.msgpack.encode(value, enc_hook=str)
    return FRAME.pack(len(data)) + data
