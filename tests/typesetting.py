"""A PDF of plain paragraphs, as small as one can be: for texts dressed as a register prints them."""

from __future__ import annotations

import textwrap
import zlib
from collections.abc import Iterable
from pathlib import Path

import matplotlib
from fontTools.ttLib import TTFont

_SIZE, _LEADING, _LEFT, _TOP, _INDENT = 10, 14, 60, 780, 30
_COLUMNS, _ROWS = 84, 50


def pdf(paragraphs: Iterable[tuple[str, bool]]) -> bytes:
    """Pages of paragraphs, each `(text, is a heading)`: a paragraph's first row is indented, the others are not; a
    heading is not, and stands between empty rows. Its page number stands under each page."""
    rows: list[tuple[int, str]] = []
    for text, heading in paragraphs:
        wrapped = textwrap.wrap(text, _COLUMNS, break_long_words=False, break_on_hyphens=False)
        if heading:
            rows += [(0, ""), *((0, row) for row in wrapped), (0, "")]
        else:
            rows += [(_INDENT if n == 0 else 0, row) for n, row in enumerate(wrapped)]
    pages = [rows[at : at + _ROWS] for at in range(0, len(rows), _ROWS)]
    path = Path(matplotlib.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf"
    return _File(path, {c for _, row in rows for c in row} | set("0123456789")).written(pages)


class _File:
    def __init__(self, font: Path, characters: set[str]) -> None:
        self._program = font.read_bytes()
        tables = TTFont(font)
        glyphs, widths = tables.getBestCmap(), tables["hmtx"]
        unit = 1000 / tables["head"].unitsPerEm
        self._glyph = {c: tables.getGlyphID(glyphs[ord(c)]) for c in characters}
        self._width = {self._glyph[c]: round(widths[glyphs[ord(c)]][0] * unit) for c in characters}

    def written(self, pages: list[list[tuple[int, str]]]) -> bytes:
        first = 8  # objects 1 to 7 are the catalogue, the pages, and the font's five
        kids = " ".join(f"{first + 2 * n} 0 R" for n in range(len(pages)))
        objects = [
            b"<</Type/Catalog/Pages 2 0 R>>",
            f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>".encode(),
            b"<</Type/Font/Subtype/Type0/BaseFont/DejaVuSans/Encoding/Identity-H/DescendantFonts[4 0 R]"
            b"/ToUnicode 7 0 R>>",
            b"<</Type/Font/Subtype/CIDFontType2/BaseFont/DejaVuSans/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"
            b"/Supplement 0>>/FontDescriptor 5 0 R/CIDToGIDMap/Identity/W[%s]>>" % self._widths(),
            b"<</Type/FontDescriptor/FontName/DejaVuSans/Flags 4/FontBBox[-1000 -300 2000 1000]/ItalicAngle 0"
            b"/Ascent 900/Descent -240/CapHeight 730/StemV 80/FontFile2 6 0 R>>",
            _stream(self._program, f"/Length1 {len(self._program)}"),
            _stream(self._to_unicode()),
        ]
        for number, rows in enumerate(pages, start=1):
            objects.append(
                b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 3 0 R>>>>/Contents %d 0 R>>"
                % (len(objects) + 2)
            )
            objects.append(_stream(self._drawn(rows, number)))
        return _assembled(objects)

    def _widths(self) -> bytes:
        return " ".join(f"{glyph}[{width}]" for glyph, width in sorted(self._width.items())).encode()

    def _to_unicode(self) -> bytes:
        rows = [f"<{glyph:04x}><{ord(c):04x}>" for c, glyph in sorted(self._glyph.items())]
        blocks = [rows[at : at + 100] for at in range(0, len(rows), 100)]
        body = "".join(f"{len(b)} beginbfchar\n" + "\n".join(b) + "\nendbfchar\n" for b in blocks)
        return (
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /U def /CMapType 2 def\n"
            f"1 begincodespacerange <0000><ffff> endcodespacerange\n{body}endcmap end end"
        ).encode()

    def _drawn(self, rows: list[tuple[int, str]], number: int) -> bytes:
        placed = [(_LEFT + indent, _TOP - n * _LEADING, row) for n, (indent, row) in enumerate(rows) if row]
        placed.append((290, 40, str(number)))
        shown = (f"1 0 0 1 {x} {y} Tm <{''.join(f'{self._glyph[c]:04x}' for c in row)}> Tj" for x, y, row in placed)
        return f"BT /F {_SIZE} Tf\n{chr(10).join(shown)}\nET".encode()


def _stream(data: bytes, more: str = "") -> bytes:
    packed = zlib.compress(data)
    return f"<</Length {len(packed)}/Filter/FlateDecode{more}>>stream\n".encode() + packed + b"\nendstream"


def _assembled(objects: list[bytes]) -> bytes:
    out, offsets = bytearray(b"%PDF-1.5\n"), []
    for number, data in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n" % number + data + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)
