"""One page of a PDF as printed rows.

pypdf's layout mode reads only text that a page draws itself and upright. A page that draws it otherwise is rewritten
first: forms are put in the place where they are drawn, invisible text and text in letters that nobody knows is taken
out, a turned page is turned upright.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pypdf import PageObject
from pypdf.generic import ArrayObject, ContentStream, DictionaryObject, FloatObject, NameObject, StreamObject

from corpus.errors import UnreadableFile
from corpus.readers.pdf.columns import unfolded
from corpus.readers.pdf.fonts import Fonts, ShownText
from corpus.readers.pdf.forms import Operation, inlined
from corpus.readers.pdf.placing import may_be_unseen

MAX_CONTENT = 8 * 1024 * 1024  # bytes of drawing on one page; a page of text has some 20,000
# A content stream is text; a picture's filter on it is a mistake, or a bomb.
_PICTURE_FILTERS = frozenset({"/JBIG2Decode", "/DCTDecode", "/DCT", "/JPXDecode", "/CCITTFaxDecode", "/CCF"})
_NOUGHT = rb"\b0(?:\.0*)?\s+"
_LIGHT, _NO_INK = rb"(?<![\d.])(?:1(?:\.0*)?|0?\.9[7-9]\d*)\s+", rb"(?<![\d.])(?:0(?:\.0*)?|0?\.0[0-3]\d*)\s+"
# Forms and pictures, rendering modes, letters of no size, and white, in grey, RGB and CMYK.
_REWRITTEN = re.compile(
    rb"\bDo\b|\b[1-7]\s+Tr\b|"
    + _NOUGHT
    + rb"Tf\b|"
    + _LIGHT
    + rb"(?:g|"
    + _LIGHT * 2
    + rb"(?:rg|scn?))\b|"
    + _NO_INK * 4
    + rb"k\b"
)
_SHOWN = re.compile(rb"T[jJ]\b")
_FILLED = re.compile(rb"\b(?:re|l|h)\s+[fFbB]\b")
_NUMBER = rb"[-+]?[\d.]+"
_ZERO = rb"[-+]?(?:0+(?:\.0*)?|\.0+)"
# A quarter turn, or upside down.
_TURNED = re.compile(
    rb"(?:^|\s)(?:"
    + _ZERO
    + rb"\s+"
    + _NUMBER
    + rb"\s+"
    + _NUMBER
    + rb"\s+"
    + _ZERO
    + rb"|-[\d.]+\s+"
    + _ZERO
    + rb"\s+"
    + _ZERO
    + rb"\s+-[\d.]+)\s+\S+\s+\S+\s+(?:Tm|cm)\b"
)
_UPRIGHT = {0: (1, 0, 0, 1), 90: (0, -1, 1, 0), 180: (-1, 0, 0, -1), 270: (0, 1, -1, 0)}  # clockwise turns
_A_LINE = 40  # characters from which text in another direction is more than a mark at the edge


def page_rows(page: PageObject, number: int, shown: ShownText) -> list[str]:
    """The page's rows from the top, indented as printed, column after column. `shown` counts what fonts hide.

    Raises `UnreadableFile` for more drawing than a page can have.
    """
    data = _content(page, number)
    fonts = Fonts(page)
    turn = int(page.get("/Rotate") or 0) % 360
    turned = bool(turn % 90 == 0 and turn) or bool(_TURNED.search(data))
    if not (turned or fonts.some_unknown or _REWRITTEN.search(data) or _may_cover(data) or may_be_unseen(page, data)):
        shown.known += len(data)  # close enough: only the share of unknown letters matters, and here are none
        return unfolded(_layout(page))
    stream = ContentStream(page["/Contents"], page.pdf, "bytes")
    operations = list(inlined(stream.operations, page, fonts, shown))
    if not turned:
        _draw(page, operations)
        return unfolded(_layout(page))
    return _turned_rows(page, operations, turn if turn in _UPRIGHT else 0)


def _may_cover(data: bytes) -> bool:
    """Whether something is filled after some text was drawn, which may stand below it."""
    text = _SHOWN.search(data)
    return bool(text and _FILLED.search(data, text.end()))


def _layout(page: PageObject) -> list[str]:
    return page.extract_text(extraction_mode="layout").split("\n")


def _turned_rows(page: PageObject, operations: list[Operation], turn: int) -> list[str]:
    """Rows in the page's own direction, then those that stand sideways to it."""
    rows: list[str] = []
    for direction in dict.fromkeys((turn, *_UPRIGHT)):
        matrix = [FloatObject(value) for value in (*_UPRIGHT[direction], 0, 0)]
        _draw(page, [([], b"q"), (matrix, b"cm"), *operations, ([], b"Q")])
        found = unfolded(_layout(page))
        nothing_yet = not any(row.strip() for row in rows)
        if nothing_yet:
            rows = found
        elif sum(len(row.strip()) for row in found) >= _A_LINE:
            rows = [*rows, "", *found]
    return rows


def _draw(page: PageObject, operations: list[Operation]) -> None:
    stream = ContentStream(None, page.pdf)
    stream.operations = operations
    page[NameObject("/Contents")] = stream


def _content(page: PageObject, number: int) -> bytes:
    """The page's drawing operators, parts that are pictures left out of the page."""
    contents: Any = page.get("/Contents")
    contents = contents.get_object() if contents is not None else None
    parts = [part.get_object() for part in contents] if isinstance(contents, ArrayObject) else [contents]
    streams = [part for part in parts if isinstance(part, StreamObject) and not _is_picture(part)]
    if len(streams) != len(parts):
        page[NameObject("/Contents")] = ArrayObject(streams)
    data = bytearray()
    for stream in streams:
        data += stream.get_data() + b"\n"
        if len(data) > MAX_CONTENT:
            raise UnreadableFile("pdf_complex", page=number)
    return bytes(data)


def _is_picture(stream: DictionaryObject) -> bool:
    return not _PICTURE_FILTERS.isdisjoint(_filters(stream))


def _filters(stream: DictionaryObject) -> Iterator[str]:
    value: Any = stream.get("/Filter")
    value = value.get_object() if value is not None else []
    for name in value if isinstance(value, ArrayObject) else [value]:
        yield str(name)
