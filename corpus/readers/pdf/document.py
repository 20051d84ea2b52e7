"""PDF through pypdf's layout mode.

Plain mode follows the order of drawing operators: linked numbers, drawn after the line they stand in, come out
of order. Layout mode places text by its coordinates and keeps both order and indentation; the indentation is
what tells a new paragraph from a wrapped line.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Callable

from pypdf import PdfReader

from corpus.errors import UnreadableFile
from corpus.parsing.grammar import GRAMMARS, PARAGRAPH, POINT
from corpus.readers.kinds import pdf_start
from corpus.readers.lines import Line, OpenLine, normalised
from corpus.readers.mojibake import mended
from corpus.readers.pdf.fonts import ShownText
from corpus.readers.pdf.page import page_rows

_PAGE_NUMBER = re.compile(
    r"^(?:[-–—]\s*)?(?:(?:стр\.|с\.|page|p\.|бет)\s*)?\d{1,4}(?:\s*[-–—])?(?:\s*(?:/|из|of)\s*\d+)?$", re.I
)
MAX_PAGES = 2000
_UNKNOWN_SHARE = 0.2  # of the text in letters that nobody knows; the little that is less is left out
_FURNITURE_SHARE = 0.5
_FURNITURE_PAGES = 4


def read_pdf(
    data: bytes, *, max_pages: int = MAX_PAGES, on_page: Callable[[int, int], None] | None = None
) -> list[Line]:
    """Normalised lines with their page. Raises `UnreadableFile` for locked or scanned files and for letters that cannot
    be told, and nearly anything for damaged ones."""
    shown = ShownText()
    pages = _pages(PdfReader(io.BytesIO(_whole(data))), max_pages, on_page, shown)
    if shown.unknown > _UNKNOWN_SHARE * (shown.known + shown.unknown):
        raise UnreadableFile("pdf_letters")
    lines = _unwrapped(_without_furniture(_mended(pages)))
    if not lines:
        raise UnreadableFile("pdf_pictures")
    return normalised(lines)


def _whole(data: bytes) -> bytes:
    """The PDF without what stands before it; where its table of objects is cut off, the library looks for them."""
    start = pdf_start(data) or 0
    return data[start:] + (b"" if b"startxref" in data else b"\nstartxref\n0\n%%EOF\n")


def _pages(
    reader: PdfReader, max_pages: int, on_page: Callable[[int, int], None] | None, shown: ShownText
) -> list[list[str]]:
    if reader.is_encrypted and not reader.decrypt(""):
        raise UnreadableFile("pdf_locked")
    count = len(reader.pages)
    if count > max_pages:
        raise UnreadableFile("pdf_pages", count=count, limit=max_pages)
    pages: list[list[str]] = []
    seen: set[int] = set()
    for number, page in enumerate(reader.pages, start=1):
        reference = page.indirect_reference.idnum if page.indirect_reference else -number
        # A page that the tree lists again is no further page: it would only say the same.
        pages.append([] if reference in seen else page_rows(page, number, shown))
        seen.add(reference)
        if on_page:
            on_page(number, count)
    return pages


def _mended(pages: list[list[str]]) -> list[list[str]]:
    texts = iter(mended([row for rows in pages for row in rows]))
    return [[next(texts) for _ in rows] for rows in pages]


def _without_furniture(pages: list[list[str]]) -> list[list[str]]:
    """Pages without the bare page numbers and running heads that repeat at their edges."""

    def edges(rows: list[str]) -> set[int]:
        filled = [i for i, row in enumerate(rows) if row.strip()]
        return set(filled[:1] + filled[-1:])

    def key(row: str) -> str:
        return re.sub(r"\d+", "#", " ".join(row.split()))

    repeats = Counter(key(rows[i]) for rows in pages for i in edges(rows))
    needed = max(_FURNITURE_PAGES, len(pages) * _FURNITURE_SHARE)

    def is_furniture(row: str) -> bool:
        return repeats[key(row)] >= needed or bool(_PAGE_NUMBER.match(row.strip()))

    cleaned = [list(rows) for rows in pages]
    for rows in cleaned:
        for i in edges(rows):
            rows[i] = "" if is_furniture(rows[i]) else rows[i]
    return cleaned


def _unwrapped(pages: list[list[str]]) -> list[Line]:
    """Printed rows put together into logical lines.

    An indented row opens a paragraph, an unindented one goes on with the paragraph before it, also across a
    page break; a heading is a run of unindented rows between blank ones.
    """
    lines: list[OpenLine] = []
    indents = any(row[:1] == " " and row.strip() for rows in pages for row in rows)
    in_heading = after_blank = False
    for page, rows in enumerate(pages, start=1):
        fresh_page = True
        for row in rows:
            text = " ".join(row.split())
            if not text:
                after_blank = not fresh_page
                continue
            opens = _heads(text) or (row[:1] == " " if indents else bool(after_blank or _numbered(text)))
            detached = after_blank and in_heading
            if not lines or opens or detached or _title(lines, after_blank):
                lines.append(OpenLine(text, page))
                in_heading = _heads(text)
            else:
                lines[-1].add(text)
            after_blank = fresh_page = False
    return [line.closed() for line in lines]


def _title(lines: list[OpenLine], after_blank: bool) -> bool:
    """Whether the rows so far are the title page's first line, which nothing goes on with after a blank."""
    return len(lines) == 1 and after_blank


def _heads(text: str) -> bool:
    return any(grammar.heads(text) for grammar in GRAMMARS.values())


def _numbered(text: str) -> bool:
    return bool(PARAGRAPH.match(text) or POINT.match(text))
