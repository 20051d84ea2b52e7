"""Readers of PDF, HTML, JSON, Markdown and plain text; each gives the same stream of normalised lines."""

from __future__ import annotations

import re
from collections.abc import Callable

from corpus.errors import UnreadableFile
from corpus.readers.html import read_html
from corpus.readers.interchange import read_json
from corpus.readers.lines import Line, text_of
from corpus.readers.markdown import read_markdown
from corpus.readers.pdf import MAX_PAGES, read_pdf
from corpus.readers.plain import read_plain

__all__ = [
    "MEDIA_TYPES",
    "Line",
    "media_type_of",
    "read",
    "read_html",
    "read_json",
    "read_markdown",
    "read_pdf",
    "read_plain",
    "text_of",
]

MEDIA_TYPES: dict[str, Callable[[bytes], list[Line]]] = {
    "application/pdf": read_pdf,
    "application/json": read_json,
    "text/html": read_html,
    "text/markdown": read_markdown,
    "text/plain": read_plain,
}


def read(
    data: bytes,
    media_type: str,
    *,
    on_page: Callable[[int, int], None] | None = None,
    max_pages: int | None = None,
) -> list[Line]:
    """Normalised lines of a file of the given media type; a PDF's pages are told to `on_page` as `(page, of)`, and of
    one with more than `max_pages` none is read.

    Raises `UnreadableFile`.
    """
    if media_type == "application/pdf":
        return read_pdf(data, max_pages=max_pages or MAX_PAGES, on_page=on_page)
    try:
        return MEDIA_TYPES[media_type](data)
    except KeyError:
        known = ", ".join(MEDIA_TYPES)
        raise UnreadableFile(f"Files of type {media_type!r} are not read; use one of {known}.") from None


def media_type_of(data: bytes) -> str:
    """The media type by content: names lie, first bytes rarely do. Raises `UnreadableFile` for other binaries."""
    head = data[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if not data.strip():
        raise UnreadableFile("The file is empty.")
    if head.startswith(b"%pdf-"):
        return "application/pdf"
    if b"<html" in head or re.match(
        rb"<(?:!doctype html|\?xml|head|body|main|article|section|div|p|h\d|ul|ol|table)\b", head
    ):
        return "text/html"
    if b"\x00" in head and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UnreadableFile("The file is neither PDF, HTML nor text.")
    return "text/plain"
