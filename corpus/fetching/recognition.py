"""Telling a document from what hosts answer in its place: shells for scripts, searches, logins, errors, cut bodies."""

from __future__ import annotations

import re
from collections.abc import Callable

from corpus.errors import UnreadableFile
from corpus.fetching.refusals import Refused
from corpus.readers import Line, read
from corpus.readers.apart import read_pdf_apart
from corpus.readers.kinds import PDF

_NAMES = {"application/pdf": "a PDF", "application/json": "JSON", "text/html": "a page"}
_HEAD, _TAIL = 4096, 4096
_DECLARED = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?([\w-]+)", re.I)
_PASSWORD = re.compile(rb"<input[^>]+type\s*=\s*[\"']?password", re.I)
_SCRIPT = re.compile(rb"<script\b", re.I)
_EMPTY_ROOT = re.compile(rb"<(div|main|body)\b[^>]*>\s*</\1>", re.I)


def lines_of(
    data: bytes, media_type: str, charset: str = "", *, on_page: Callable[[int, int], None] | None = None
) -> list[Line]:
    """The normalised lines of what a source answered. Raises `Refused` where that is of another type than promised or
    was cut off, and `UnreadableFile`.

    `charset` is what the server declares; it counts, after the page's own, where the bytes are not UTF-8.
    """
    promised, found = _NAMES.get(media_type, "text"), _NAMES.get(type_by_content(data), "text")
    if promised != found:
        raise Refused(f"it gives {found} where {promised} was promised")
    if is_cut(data, media_type):
        raise Refused(f"it gives {promised} that was cut off")
    if media_type == PDF:
        return read_pdf_apart(data, on_page=on_page)
    return read(_as_utf8(data, media_type, charset), media_type)


def type_by_content(data: bytes) -> str:
    """The media type that the first bytes show; text/plain for all other text."""
    head = data[:_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(b"%PDF-"):
        return "application/pdf"
    if head[:1] in (b"{", b"["):
        return "application/json"
    # Markdown of the bank may begin with an anchor; a page begins with its document type, head or comment.
    return "text/html" if re.match(rb"<(?:!doctype|!--|html|head|body|\?xml)", head, re.I) else "text/plain"


def is_cut(data: bytes, media_type: str) -> bool:
    """Whether a page or a PDF lacks its end. A connection that is closed early may look like the end of a body."""
    tail = data[-_TAIL:].lower()
    if media_type == "text/html":
        return b"<html" in data[:_HEAD].lower() and b"</html" not in tail
    return media_type == "application/pdf" and b"%%eof" not in tail


def shape_without_articles(data: bytes, media_type: str) -> str:
    """What a page is that has no article."""
    if media_type != "text/html":
        return "no article"
    if _PASSWORD.search(data):
        return "a login page"
    if _SCRIPT.search(data) and _EMPTY_ROOT.search(data):
        return "a page for scripts, without the text"
    return "a page without articles"


def _as_utf8(data: bytes, media_type: str, charset: str) -> bytes:
    """Text in a declared old encoding as UTF-8; other bytes are left to the readers' guess."""
    if media_type == "application/pdf" or _is_utf8(data):
        return data
    declared = _DECLARED.search(data[:_HEAD])
    for name in ((declared[1].decode("ascii") if declared else ""), charset):
        try:
            if name and name.lower() not in ("utf-8", "utf8"):
                return data.decode(name).encode("utf-8")
        except (LookupError, UnicodeDecodeError):
            continue  # declared wrongly, as happens
    return data


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


__all__ = ["UnreadableFile", "is_cut", "lines_of", "shape_without_articles", "type_by_content"]
