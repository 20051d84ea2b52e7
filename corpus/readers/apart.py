"""A PDF read in a process of its own: several are read side by side, and the memory that it takes is given back.

The process takes the file on its standard input and writes JSON, a value a line: `{"page": [page, of]}` for every page
read, and at the end `{"lines": […]}`, or `{"problem": code, "values": {…}}` for what `UnreadableFile` says.
"""

from __future__ import annotations

import json
import logging
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import asdict

from corpus.errors import UnreadableFile
from corpus.readers import read
from corpus.readers.child import command_of
from corpus.readers.kinds import PDF
from corpus.readers.lines import Line


def read_pdf_apart(data: bytes, *, on_page: Callable[[int, int], None] | None = None) -> list[Line]:
    """As `read` of a PDF; waiting for it leaves the processor to other threads. Raises `UnreadableFile` and OSError."""
    with tempfile.TemporaryFile() as file:
        file.write(data)
        file.seek(0)
        with subprocess.Popen(command_of(__name__), stdin=file, stdout=subprocess.PIPE) as process:
            assert process.stdout
            for row in process.stdout:
                told = json.loads(row)
                if "problem" in told:
                    raise UnreadableFile(told["problem"], **told["values"])
                if "lines" in told:
                    return [Line(**line) for line in told["lines"]]
                if on_page:
                    on_page(*told["page"])
    raise UnreadableFile("too_heavy")  # it ended without a word: it was killed, or had no memory


def main() -> None:
    """Reads the file; what the library has to remark on it is not for the user."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)

    def tell(**told: object) -> None:
        sys.stdout.write(json.dumps(told) + "\n")
        sys.stdout.flush()

    try:
        lines = read(sys.stdin.buffer.read(), PDF, on_page=lambda page, of: tell(page=[page, of]))
        tell(lines=[asdict(line) for line in lines])
    except UnreadableFile as error:
        tell(problem=error.code, values=error.values)
    except MemoryError:
        tell(problem="too_heavy", values={})
