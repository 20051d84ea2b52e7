"""`python -m eval.hardness.guided [libFuzzer's options] [FOLDER]`: readers fed with bytes that coverage guides.

Needs atheris, which is no dependency (`pip install atheris`); `-max_total_time=60` bounds it, and the folder keeps what
led to new places in the code. Ends with the first thing that comes out of `read` and is no `UnreadableFile`.
"""

from __future__ import annotations

import contextlib
import sys

import atheris

with atheris.instrument_imports(include=["corpus"]):
    from corpus import UnreadableFile
    from corpus.private import parse_private, read_document
    from corpus.readers.docx import document, drawn, numbering, package, styles  # noqa: F401 - for their coverage
    from corpus.readers.html import document as page  # noqa: F401
    from corpus.readers.pdf import document as print_  # noqa: F401


def read(data: bytes) -> None:
    """All the way from bytes to provisions, the language not looked for."""
    with contextlib.suppress(UnreadableFile):
        _, text = read_document(data, "file", detect=lambda _: "ru", title="file")
        parse_private(text)


def main() -> None:
    atheris.Setup(sys.argv, read)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
