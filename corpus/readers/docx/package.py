"""Opening a DOCX that a stranger made: only the parts that hold text, and only so much of them."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from corpus.errors import UnreadableFile

MAX_UNPACKED = 48 * 1024 * 1024  # bytes of XML; a law of a thousand pages has a third of it
MAX_PARTS = 10_000
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TYPES = "[Content_Types].xml"
_KEPT = ("/officeDocument", "/styles", "/numbering", "/footnotes", "/endnotes")
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


@dataclass(frozen=True, slots=True)
class Parts:
    """Root elements of the parts that hold text, `None` where the document has no such part (lxml elements)."""

    document: Any
    styles: Any
    numbering: Any
    footnotes: Any
    endnotes: Any


def open_package(data: bytes) -> Parts:
    """The parts of a DOCX. Raises `UnreadableFile` for bombs, macros and declared entities, and nearly anything for
    damaged files."""
    from docx import Document
    from docx.opc.constants import RELATIONSHIP_TYPE

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        slim = _slim(archive)
    part = Document(io.BytesIO(slim)).part
    return Parts(
        part.element,
        _root(part, RELATIONSHIP_TYPE.STYLES),
        _root(part, RELATIONSHIP_TYPE.NUMBERING),
        _root(part, RELATIONSHIP_TYPE.FOOTNOTES),
        _root(part, RELATIONSHIP_TYPE.ENDNOTES),
    )


def _root(part: Any, relationship: str) -> Any:
    from docx.oxml.parser import parse_xml

    try:
        related = part.part_related_by(relationship)
    except KeyError:
        return None
    element = getattr(related, "element", None)
    return parse_xml(related.blob) if element is None else element


def _slim(archive: zipfile.ZipFile) -> bytes:
    """The package without pictures, embedded files, links and whatever else is no text.

    Broken relationships of such parts would keep the library from opening a document that Word opens.
    """
    if len(archive.infolist()) > MAX_PARTS:
        raise UnreadableFile("docx_damaged")
    budget = _Budget(archive)
    package_rels = _relationships(budget.read("_rels/.rels"), "")
    package_rels = [row for row in package_rels if row[0].endswith("/officeDocument")]
    if not package_rels:
        raise UnreadableFile("docx_damaged")
    main = package_rels[0][1]
    folder, name = posixpath.split(main)
    rels_name = posixpath.join(folder, "_rels", f"{name}.rels")
    rels = _relationships(budget.read(rels_name), folder) if rels_name in budget.names else []
    rels = [row for row in rels if row[1] in budget.names]
    types = budget.read(_TYPES)
    if _MAIN.encode() not in types and (b"macroEnabled" in types or b"template.main" in types):
        raise UnreadableFile("docx_macros")
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as slim:
        slim.writestr(_TYPES, types)
        slim.writestr("_rels/.rels", _written(package_rels))
        slim.writestr(rels_name, _written(rels))
        for part in dict.fromkeys([main, *(target for _, target, _ in rels)]):
            slim.writestr(part, budget.read(part))
    return file.getvalue()


class _Budget:
    """Reads parts of an archive until they are too much; what a part claims of its size is not believed."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.names = frozenset(archive.namelist())
        self._archive = archive
        self._left = MAX_UNPACKED

    def read(self, name: str) -> bytes:
        with self._archive.open(name) as file:
            data = file.read(self._left + 1)
        self._left -= len(data)
        if self._left < 0:
            raise UnreadableFile("docx_large", megabytes=MAX_UNPACKED // 2**20)
        if any("<!DOCTYPE".encode(encoding) in data for encoding in ("ascii", "utf-16-le", "utf-16-be")):
            raise UnreadableFile("docx_entities")
        return data


def _relationships(data: bytes, folder: str) -> list[tuple[str, str, str]]:
    """Kind, target's name in the archive and identifier of the relationships that lead to text."""
    from docx.oxml.parser import parse_xml

    def rows() -> Iterator[tuple[str, str, str]]:
        for element in parse_xml(data):
            kind, target = str(element.get("Type", "")), str(element.get("Target", ""))
            if kind.endswith(_KEPT) and element.get("TargetMode") != "External":
                path = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
                yield kind, posixpath.normpath(path), str(element.get("Id"))

    return list({kind: (kind, target, name) for kind, target, name in reversed(list(rows()))}.values())[::-1]


def _written(rows: list[tuple[str, str, str]]) -> bytes:
    from lxml import etree

    root = etree.Element("Relationships", xmlns="http://schemas.openxmlformats.org/package/2006/relationships")
    for kind, target, name in rows:
        etree.SubElement(root, "Relationship", Id=name, Type=kind, Target=f"/{target}")
    return bytes(etree.tostring(root))
