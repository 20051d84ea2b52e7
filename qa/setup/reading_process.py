"""Reading a file that anyone may have made: in a process of its own, within bounds of time, memory and text."""

from __future__ import annotations

import json
import math
import resource
import subprocess
import sys
from dataclasses import dataclass, field

import msgspec

from corpus.errors import UnreadableFile
from corpus.private import parse_private, read_document
from corpus.readers.child import command_of
from corpus.store import StoredEdition
from qa.understanding.language import detect_language


@dataclass(frozen=True, slots=True)
class Bounds:
    """What reading one file may take: pages of a PDF, characters of text, seconds, and bytes of address space."""

    pages: int
    characters: int
    seconds: float
    memory: int = 2 * 1024**3


@dataclass(frozen=True, slots=True)
class _Request:
    name: str
    bounds: Bounds


@dataclass(frozen=True, slots=True)
class _Outcome:
    """The text, or why there is none: what `UnreadableFile` says."""

    stored: StoredEdition | None = None
    problem: str = ""
    values: dict[str, str | int] = field(default_factory=dict)


def read_apart(data: bytes, name: str, bounds: Bounds) -> StoredEdition:
    """Read the file of that name (without its suffix) and see that its text can be split. Raises `UnreadableFile`, also
    where the process died of it."""
    request = json.dumps({"name": name, "bounds": msgspec.to_builtins(bounds)})
    try:
        done = subprocess.run(
            command_of(__name__, request),
            input=data,
            capture_output=True,
            timeout=bounds.seconds,
            check=False,
        )
        outcome = msgspec.json.decode(done.stdout, type=_Outcome)
    except subprocess.TimeoutExpired:
        raise UnreadableFile("too_slow", seconds=math.ceil(bounds.seconds)) from None
    except ValueError:
        raise UnreadableFile("too_heavy") from None
    if outcome.stored is None:
        raise UnreadableFile(outcome.problem, **outcome.values)
    return outcome.stored


def main(request: str) -> None:
    """The child: a file on standard input, its text on standard output."""
    asked = msgspec.json.decode(request, type=_Request)
    resource.setrlimit(resource.RLIMIT_AS, (asked.bounds.memory, asked.bounds.memory))
    # Should the parent be killed, nobody else would end a file that is read for ever.
    processor = 2 * math.ceil(asked.bounds.seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (processor, processor))
    sys.stdout.buffer.write(msgspec.json.encode(_read(sys.stdin.buffer.read(), asked.name, asked.bounds)))


def _read(data: bytes, name: str, bounds: Bounds) -> _Outcome:
    try:
        _, stored = read_document(data, name, detect=detect_language, title=name, max_pages=bounds.pages)
        count = sum(len(line.text) for line in stored.lines)
        if count > bounds.characters:
            raise UnreadableFile("too_long", count=count, limit=bounds.characters)
        parse_private(stored)
        return _Outcome(stored)
    except UnreadableFile as error:
        return _Outcome(problem=error.code, values=error.values)
    except MemoryError:
        return _Outcome(problem="too_heavy")
