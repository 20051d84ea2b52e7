"""`python -m qa.setup.reading_process PAGES NAME < file`: a stranger's file as JSON, read within bounds of memory."""

from __future__ import annotations

import json
import resource
import sys
from dataclasses import asdict
from pathlib import PurePath

from corpus.errors import UnreadableFile
from corpus.private import read_document
from qa.understanding.language import detect_language

_MEMORY = 2 * 1024**3  # bytes of address space; a bomb ends here


def main() -> None:
    """Writes the stored edition's fields, or `{"problem": code, "values": {…}}` for what `UnreadableFile` says."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    pages, name = int(sys.argv[1]), sys.argv[2]
    try:
        stem = PurePath(name).stem
        _, stored = read_document(sys.stdin.buffer.read(), stem, detect=detect_language, title=stem, max_pages=pages)
        answer = asdict(stored)
    except UnreadableFile as error:
        answer = {"problem": error.code, "values": error.values}
    except MemoryError:
        answer = {"problem": "too_heavy", "values": {}}
    json.dump(answer, sys.stdout, ensure_ascii=True)


if __name__ == "__main__":
    main()
