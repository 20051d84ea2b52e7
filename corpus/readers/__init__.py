"""Readers of PDF, DOCX, HTML, JSON, Markdown and plain text; each gives the same stream of normalised lines."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, Any

from corpus.errors import UnreadableFile
from corpus.readers.kinds import DOCX, HTML, PDF, PLAIN, media_type_of
from corpus.readers.lines import Line, text_of

if TYPE_CHECKING:
    from corpus.readers.docx.document import read_docx
    from corpus.readers.html.document import read_html
    from corpus.readers.interchange import read_json
    from corpus.readers.markdown import read_markdown
    from corpus.readers.pdf.document import read_pdf
    from corpus.readers.plain import read_plain

__all__ = [
    "MEDIA_TYPES",
    "Line",
    "media_type_of",
    "read",
    "read_docx",
    "read_html",
    "read_json",
    "read_markdown",
    "read_pdf",
    "read_plain",
    "text_of",
]

# The module of each reader, imported when it is first needed: what they draw in takes longer than to answer a question.
_READERS = {
    "read_pdf": "corpus.readers.pdf.document",
    "read_docx": "corpus.readers.docx.document",
    "read_json": "corpus.readers.interchange",
    "read_html": "corpus.readers.html.document",
    "read_markdown": "corpus.readers.markdown",
    "read_plain": "corpus.readers.plain",
}
_DAMAGED = {PDF: "pdf_damaged", DOCX: "docx_damaged"}  # codes of `unreadable.toml`
MEDIA_TYPES = {
    PDF: "read_pdf",
    DOCX: "read_docx",
    "application/json": "read_json",
    HTML: "read_html",
    "text/markdown": "read_markdown",
    PLAIN: "read_plain",
}


def __getattr__(name: str) -> Any:
    if name not in _READERS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_READERS[name]), name)


def read(
    data: bytes,
    media_type: str | None = None,
    *,
    on_page: Callable[[int, int], None] | None = None,
    max_pages: int | None = None,
) -> list[Line]:
    """Normalised lines of a file of the given media type, or of the one that its content shows; a PDF's pages are told
    to `on_page` as `(page, of)`, and of one with more than `max_pages` none is read.

    Raises `UnreadableFile`, and nothing else: this is where whatever the readers and their libraries raise becomes one.
    """
    try:
        media_type = media_type or media_type_of(data)
        return _read(data, media_type, on_page, max_pages)
    except UnreadableFile:
        raise
    except MemoryError:
        raise UnreadableFile("too_heavy") from None
    except Exception as error:  # a damaged or hostile file makes a library raise nearly anything
        raise UnreadableFile(_DAMAGED.get(media_type or "", "damaged")) from error


def _read(
    data: bytes, media_type: str, on_page: Callable[[int, int], None] | None, max_pages: int | None
) -> list[Line]:
    if media_type == PDF:
        from corpus.readers.pdf.document import MAX_PAGES, read_pdf

        return read_pdf(data, max_pages=max_pages or MAX_PAGES, on_page=on_page)
    if media_type not in MEDIA_TYPES:
        raise UnreadableFile("media_type", media_type=media_type, known=", ".join(MEDIA_TYPES))
    reader: Callable[[bytes], list[Line]] = __getattr__(MEDIA_TYPES[media_type])
    return reader(data)
