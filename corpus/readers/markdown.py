"""Markdown as the national reference bank's texts circulate in it: anchors, bold headings, quoted notes.

Numbers stand as they are printed (`1.` may be escaped), so the file is read line by line; a Markdown parser, which
numbers lists anew, reads only what stands inside a line.
"""

from __future__ import annotations

import re
from functools import cache

from markdown_it import MarkdownIt

from corpus.readers.encoding import decode
from corpus.readers.lines import Line, LineKind, normalised

_ANCHOR = re.compile(r'^<a id="(?P<id>[^"]+)">\s*</a>$')
_HEADING = re.compile(r"^#{1,6}\s+")
_QUOTE = re.compile(r"^>\s?")
_BREAK = re.compile(r"^<br\b", re.I)
_TEXTS = ("text", "code_inline", "text_special")
_NUMBER = re.compile(r"^(?P<number>\d{1,4}(?:-\d{1,3})?)\\?(?P<mark>[.)])(?=\s)")


def read_markdown(data: bytes) -> list[Line]:
    """Normalised lines, one a paragraph; a quoted one is a note, `Line.anchor` the anchor above it."""
    lines: list[Line] = []
    anchor: str | None = None
    pieces: list[str] = []
    kind: LineKind = "text"

    def flush() -> None:
        if pieces:
            lines.append(Line(_inline(" ".join(pieces)), anchor=anchor, kind=kind))
            pieces.clear()

    for row in decode(data).splitlines():
        text = row.strip()
        if match := _ANCHOR.match(text):
            flush()
            anchor = match["id"]
        elif not text or _HEADING.match(text):
            flush()
            if text:
                lines.append(Line(_inline(_HEADING.sub("", text)), anchor=anchor))
        else:
            quoted = bool(_QUOTE.match(text))
            if quoted != (kind == "note") or _NUMBER.match(text):
                flush()
            kind = "note" if quoted else "text"
            pieces.append(_QUOTE.sub("", text))
    flush()
    return normalised(lines)


def _inline(text: str) -> str:
    """The text without its marks. A number at its head is no list's: it is kept out of the parser's sight."""
    number = _NUMBER.match(text)
    head = f"{number['number']}{number['mark']} " if number else ""
    tokens = _parser().parseInline(text[number.end() :].lstrip() if number else text)
    parts = (part for token in tokens for part in token.children or ())
    return head + "".join(
        part.content if part.type in _TEXTS else " "
        for part in parts
        if part.type in (*_TEXTS, "softbreak", "hardbreak") or _BREAK.match(part.content)
    )


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": True})
