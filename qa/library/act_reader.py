"""The process that reads acts: a request a frame on standard input, an outcome a frame on standard output, each after
its length."""

from __future__ import annotations

import hashlib
import logging
import math
import os
import resource
import signal
import struct
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from corpus.errors import CorpusError, UnreadableFile
from corpus.library.acts import Act, ActFile
from corpus.library.reading import read_act
from corpus.private import read_file
from index.storage.fingerprint import FORMAT
from qa.setup.reading_process import Bounds
from qa.understanding.language import detect_language

FRAME = struct.Struct("<Q")
_TOO_HEAVY = "too_heavy"


@dataclass(frozen=True, slots=True)
class Request:
    """A file to read within bounds."""

    file: ActFile
    bounds: Bounds


@dataclass(frozen=True, slots=True)
class Outcome:
    """The act with the digest of what it was read from, or in one sentence why there is none; `spent` where the process
    ran out of memory for it and should read no more."""

    act: Act | None = None
    digest: bytes = b""
    problem: str = ""
    spent: bool = False


def quick_digest(file: ActFile, data: bytes) -> bytes:
    """Of the bytes and of all else that reading them depends on: what has the same digest is the same act."""
    told = msgspec.json.encode((FORMAT, file.act, file.language, file.told, file.is_official, file.path.suffix))
    return hashlib.blake2b(told + b"\0" + data, digest_size=20).digest()


def main() -> None:
    """The child."""
    logging.disable(logging.CRITICAL)
    output = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # whatever prints must not come between the frames
    source = sys.stdin.buffer
    while head := source.read(FRAME.size):
        asked = msgspec.msgpack.decode(source.read(FRAME.unpack(head)[0]), type=Request, dec_hook=_path)
        resource.setrlimit(resource.RLIMIT_AS, (asked.bounds.memory, asked.bounds.memory))
        signal.alarm(2 * math.ceil(asked.bounds.seconds))  # should the parent be killed, nobody else would end it
        answer = msgspec.msgpack.encode(_outcome(asked))
        signal.alarm(0)
        output.write(FRAME.pack(len(answer)) + answer)
        output.flush()


def _outcome(asked: Request) -> Outcome:
    try:
        data = read_file(asked.file.path)
        act = read_act(
            asked.file,
            data,
            detect=detect_language,
            max_characters=asked.bounds.characters,
            max_pages=asked.bounds.pages,
        )
        return Outcome(act, quick_digest(asked.file, data))
    except CorpusError as error:
        spent = isinstance(error, UnreadableFile) and error.code == _TOO_HEAVY
        return Outcome(problem=str(error), spent=spent)
    except MemoryError:
        return Outcome(problem=str(UnreadableFile(_TOO_HEAVY)), spent=True)


def _path(kind: type, value: Any) -> Any:
    return Path(value) if kind is Path else value
