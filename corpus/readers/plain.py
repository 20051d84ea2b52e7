"""Plain text: any encoding, one paragraph a line, or hard-wrapped lines put together again."""

from __future__ import annotations

from corpus.errors import UnreadableFile
from corpus.parsing.enumerators import LETTERED
from corpus.parsing.grammar import GRAMMARS, PARAGRAPH, POINT
from corpus.readers.encoding import decode
from corpus.readers.lines import Line, OpenLine, normalised
from corpus.readers.mojibake import mended
from corpus.text.folding import fold_letters

_WRAPPED_FROM = 45  # a shorter line that ends without punctuation is a heading, not a wrapped line
_BROKEN_FROM = 120  # so long a line without its full stop goes on even after a blank line
_SENTENCE_ENDS = (".", ";", ":", "!", "?", "»", "”", '"')


def read_plain(data: bytes) -> list[Line]:
    """Normalised lines. Raises `UnreadableFile` for bytes that are no text, or whose letters cannot be told."""
    text = decode(data)
    if "\x00" in text:
        raise UnreadableFile("binary")
    return _unwrapped(mended(text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n\n").split("\n")))


def _unwrapped(rows: list[str]) -> list[Line]:
    lines: list[OpenLine] = []
    open_line = False
    for row in rows:
        text = row.strip()
        if not text:
            open_line = open_line and lines[-1].length >= _BROKEN_FROM
            continue
        goes_on = open_line and row[:1] not in " \t" and not _starts_anew(text)
        if goes_on and (not lines[-1].last.endswith(",") or _is_torn(lines[-1].first, text)):
            lines[-1].add(text)
        else:
            lines.append(OpenLine(text))
        open_line = len(text) >= _WRAPPED_FROM and not text.endswith(_SENTENCE_ENDS)
    return normalised([line.closed() for line in lines])


def _is_torn(beginning: str, following: str) -> bool:
    """Whether a numbered paragraph or a list's member was broken at its comma; a preamble's lines end in commas."""
    return bool(_numbered(beginning)) and following[:1].islower()


def _starts_anew(text: str) -> bool:
    folded = fold_letters(text)
    return _numbered(text) or any(g.heads(folded) or g.note.match(folded) for g in GRAMMARS.values())


def _numbered(text: str) -> bool:
    return bool(PARAGRAPH.match(text) or POINT.match(text) or LETTERED.match(text))
