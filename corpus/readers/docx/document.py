"""DOCX as Word shows it: numbers printed, insertions taken in, deletions and hidden text left out.

Headers, footers, comments and tables of contents are no part of the text; footnotes and endnotes are notes.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from corpus.errors import UnreadableFile
from corpus.readers.docx.drawn import UNKNOWN, Drawn, drawn_of, ground_of
from corpus.readers.docx.numbering import Numbering
from corpus.readers.docx.package import Parts, W, open_package
from corpus.readers.docx.styles import Styles, child_of, flag_of, value_of
from corpus.readers.lines import Line, normalised
from corpus.readers.mojibake import mended
from corpus.readers.ordinals import printed

MAX_PARAGRAPHS = 100_000
_CELL = " | "
_LONGEST_CELL = 200  # characters; a longer cell is text that happens to stand in a table
_MATHS = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_ALTERNATIVES = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_TEXT = frozenset({f"{W}t", f"{_MATHS}t"})
_PRINTED = {f"{W}tab": " ", f"{W}ptab": " ", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
# Deleted and moved away; field codes, of which the result stands beside them; properties; readings above letters.
_LEFT_OUT = frozenset(
    f"{W}{name}"
    for name in "del moveFrom delText instrText delInstrText pPr rPr sdtPr sdtEndPr tblPr tblGrid trPr tcPr rt".split()
)
_NOTES = {f"{W}footnoteReference": "footnotes", f"{W}endnoteReference": "endnotes"}
_BOXES = {"F0FE": "☒", "F0FD": "☒", "F052": "☑", "F0A8": "☐", "F06F": "☐", "F0FC": "✓", "F0B7": "•", "F0A7": "•"}


def read_docx(data: bytes) -> list[Line]:
    """Normalised lines in the document's order. Raises `UnreadableFile` for damaged, hostile or absurd files."""
    parts = open_package(data)
    count = sum(1 for _ in parts.document.iter(f"{W}p"))
    if count > MAX_PARAGRAPHS:
        raise UnreadableFile("docx_paragraphs", count=count, limit=MAX_PARAGRAPHS)
    reader = _Reader(parts)
    lines = reader.read()
    texts = mended([line.text for line in lines])
    return normalised([replace(line, text=text) for line, text in zip(lines, texts, strict=True)])


@dataclass(slots=True)
class _Inline:
    """What stands in one paragraph: its text, the notes it refers to as (part, id), and text boxes anchored in it."""

    pieces: list[str] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    boxes: list[Any] = field(default_factory=list)


class _Reader:
    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._styles = Styles(parts.styles)
        self._numbering = Numbering(parts.numbering, self._styles)
        self._notes = {"footnotes": _notes(parts.footnotes), "endnotes": _notes(parts.endnotes)}
        self._noted = {"footnotes": 0, "endnotes": 0}
        self._lines: list[Line] = []
        self._carried: list[str] = []  # of paragraphs whose ends were deleted, for the next one
        # Of the page, or of the cell or text box that is read.
        self._ground = None if child_of(parts.document, "background") is None else UNKNOWN

    def read(self) -> list[Line]:
        body = child_of(self._parts.document, "body")
        if body is None:
            return []
        self._blocks(body)
        self._add(self._taken())
        return self._lines

    def _taken(self) -> str:
        """What was carried over, which is carried no further."""
        carried, self._carried = "".join(self._carried), []
        return carried

    def _add(self, text: str) -> None:
        self._lines.extend(Line(part) for part in text.split("\n") if part.strip())

    def _blocks(self, container: Any) -> None:
        for child in container:
            if child.tag == f"{W}p":
                self._paragraph(child)
            elif child.tag == f"{W}tbl":
                self._table(child)
            elif child.tag == f"{_ALTERNATIVES}AlternateContent":
                self._blocks(_alternative(child))
            elif isinstance(child.tag, str) and child.tag not in _LEFT_OUT and not _is_contents(child):
                self._blocks(child)

    # Paragraphs

    def _paragraph(self, paragraph: Any) -> None:
        properties = child_of(paragraph, "pPr")
        style_id = value_of(properties, "pStyle")
        style = self._styles.of(style_id, paragraph=True)
        if style.name.lower().startswith("toc "):
            return
        inline = _Inline()
        ground = Drawn(ground=ground_of(properties)).over(style.drawn).over(Drawn(ground=self._ground))
        self._gather(paragraph, inline, hidden=style.hidden, around=ground)
        text = "".join(inline.pieces)
        mark = child_of(properties, "rPr")
        if child_of(mark, "del") is not None:  # the paragraph goes on in the next one, whose number it takes
            self._carried.append(text)
            return
        run_in = bool(flag_of(mark, "vanish") or flag_of(mark, "specVanish") or style.hidden)
        carried = self._taken()
        number = self._numbering.number(properties, style_id) if text or carried or not run_in else ""
        whole = carried + text
        if number and whole.strip():
            whole = number + whole.lstrip()
        if run_in:
            self._carried = [f"{whole} "] if whole else []
        else:
            self._add(whole)
        self._add_notes(inline.notes)
        for box in inline.boxes:
            self._on(UNKNOWN, box)

    def _on(self, ground: str | None, container: Any) -> None:
        """Read the blocks on the ground, which what is around them has not."""
        around, self._ground = self._ground, self._ground if ground is None else ground
        self._blocks(container)
        self._ground = around

    def _gather(self, node: Any, inline: _Inline, *, hidden: bool, around: Drawn) -> None:
        for child in node:
            tag = child.tag
            if tag in _TEXT:
                inline.pieces.append(child.text or "")
            elif tag in _PRINTED:
                inline.pieces.append(_PRINTED[tag])
            elif tag == f"{W}sym":
                inline.pieces.append(_BOXES.get((child.get(f"{W}char") or "").upper(), ""))
            elif tag in _NOTES:
                inline.notes.append((_NOTES[tag], child.get(f"{W}id") or ""))
            elif tag == f"{W}txbxContent":
                inline.boxes.append(child)
            elif tag == f"{_ALTERNATIVES}AlternateContent":
                self._gather(_alternative(child), inline, hidden=hidden, around=around)
            elif tag == f"{W}r":
                if not self._is_hidden(child, hidden, around):
                    self._gather(child, inline, hidden=hidden, around=around)
            elif isinstance(tag, str) and tag not in _LEFT_OUT:
                self._gather(child, inline, hidden=hidden, around=around)

    def _is_hidden(self, run: Any, paragraph: bool, around: Drawn) -> bool:
        properties = child_of(run, "rPr")
        style = self._styles.of(value_of(properties, "rStyle"))
        if not drawn_of(properties).over(style.drawn).over(around).is_seen:
            return True
        own = flag_of(properties, "vanish")
        return paragraph or style.hidden if own is None else own

    def _add_notes(self, references: list[tuple[str, str]]) -> None:
        for kind, identifier in references:
            element = self._notes[kind].get(identifier)
            if element is None:
                continue
            self._noted[kind] += 1
            inline = _Inline()
            for paragraph in element.iter(f"{W}p"):
                self._gather(paragraph, inline, hidden=False, around=Drawn())
                inline.pieces.append(" ")
            sign = printed(self._noted[kind], "decimal" if kind == "footnotes" else "lowerRoman")
            if text := " ".join("".join(inline.pieces).split()):
                self._lines.append(Line(f"[{sign}] {text}", kind="footnote"))

    # Tables

    def _table(self, table: Any) -> None:
        # A table's style may fill any cell.
        outside = self._ground
        self._ground = UNKNOWN if value_of(child_of(table, "tblPr"), "tblStyle") else outside
        for row in _below(table, "tr"):
            if child_of(child_of(row, "trPr"), "del") is None:
                self._row([self._cell(cell) for cell in _below(row, "tc")])
        self._ground = outside

    def _cell(self, cell: Any) -> list[Line]:
        outside, self._lines = self._lines, []
        self._on(ground_of(child_of(cell, "tcPr")), cell)
        self._add(self._taken())
        inside, self._lines = self._lines, outside
        return inside

    def _row(self, cells: list[list[Line]]) -> None:
        """A row of short cells is one line; text that stands in a table goes on cell by cell."""
        texts = [[line for line in cell if line.kind != "footnote"] for cell in cells]
        if all(len(cell) <= 1 and all(len(line.text) <= _LONGEST_CELL for line in cell) for cell in texts):
            self._add(_CELL.join(line.text.strip() for cell in texts for line in cell))
            self._lines.extend(line for cell in cells for line in cell if line.kind == "footnote")
        else:
            self._lines.extend(line for cell in cells for line in cell)


def _below(element: Any, name: str) -> list[Any]:
    """Rows of a table or cells of a row, content controls and insertions looked through."""
    found: list[Any] = []
    for child in element:
        if child.tag == f"{W}{name}":
            found.append(child)
        elif isinstance(child.tag, str) and child.tag not in _LEFT_OUT:
            found.extend(_below(child, name))
    return found


def _alternative(element: Any) -> Any:
    """The one of several forms of the same content that is read: the first."""
    return next((child for child in element if isinstance(child.tag, str)), ())


def _is_contents(element: Any) -> bool:
    """Whether a content control holds the table of contents, whose lines repeat the headings."""
    gallery = child_of(child_of(child_of(element, "sdtPr"), "docPartObj"), "docPartGallery")
    return gallery is not None and gallery.get(f"{W}val") == "Table of Contents"


def _notes(root: Any) -> dict[str, Any]:
    if root is None:
        return {}
    ordinary = (note for note in root if isinstance(note.tag, str) and note.get(f"{W}type") in (None, "normal"))
    return {note.get(f"{W}id") or "": note for note in ordinary}
