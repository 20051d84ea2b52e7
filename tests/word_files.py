"""DOCX files for the tests: real packages of python-docx's with the XML that Word writes."""

from __future__ import annotations

import io
from typing import Any

from docx import Document
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from corpus.readers import media_type_of, read

W = nsdecls("w")
_FOOTNOTES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
_FOOTNOTES_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"


def level(at: int, form: str, text: str, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'
    )


def numbering_of(abstract: dict[int, str], lists: dict[int, tuple[int, str]]) -> str:
    definitions = "".join(f'<w:abstractNum w:abstractNumId="{n}">{x}</w:abstractNum>' for n, x in abstract.items())
    uses = "".join(
        f'<w:num w:numId="{n}"><w:abstractNumId w:val="{of}"/>{more}</w:num>' for n, (of, more) in lists.items()
    )
    return f"<w:numbering {W}>{definitions}{uses}</w:numbering>"


def p(text: str, number: int | None = None, level: int = 0, properties: str = "") -> str:
    numbered = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>' if number else ""
    return f"<w:p><w:pPr>{properties}{numbered}</w:pPr>{run(text)}</w:p>"


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def docx_of(body: str, numbering: str | None = None, styles: str = "", footnotes: str = "") -> bytes:
    """A real package of python-docx's with this body, and what else is given put into its parts."""
    document: Any = Document()
    element = document.element.body
    for child in list(element):
        element.remove(child)
    element.extend(parse_xml(f"<w:body {W} {nsdecls('r', 'wp', 'a')}>{body}</w:body>"))
    if numbering:
        old = document.part.numbering_part.element
        for child in list(old):
            old.remove(child)
        old.extend(parse_xml(numbering))
    if styles:
        document.styles.element.extend(parse_xml(f"<w:styles {W}>{styles}</w:styles>"))
    if footnotes:
        blob = f"<w:footnotes {W}>{footnotes}</w:footnotes>".encode()
        part = Part(PackURI("/word/footnotes.xml"), _FOOTNOTES_TYPE, blob, document.part.package)
        document.part.relate_to(part, _FOOTNOTES)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def texts_of(data: bytes) -> list[str]:
    return [line.text for line in read(data, media_type_of(data))]


CLAUSES = numbering_of(
    {
        1: level(0, "decimal", "%1.") + level(1, "decimal", "%1.%2.") + level(2, "russianLower", "%3)"),
        2: level(0, "upperRoman", "Раздел %1.") + level(1, "lowerLetter", "%2)", '<w:lvlRestart w:val="0"/>'),
        3: level(0, "upperRoman", "%1.") + level(1, "decimal", "%1.%2", "<w:isLgl/>"),
        4: level(0, "bullet", "\uf0b7") + level(1, "bullet", "–"),
        5: level(0, "decimal", "Статья %1.", '<w:suff w:val="space"/>') + level(1, "none", ""),
    },
    {
        1: (1, ""),
        2: (1, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'),
        3: (2, ""),
        4: (3, ""),
        5: (4, ""),
        6: (5, ""),
        7: (1, ""),
    },
)


NOTED = (
    f'<w:p>{run("Срок пять дней")}<w:r><w:footnoteReference w:id="2"/></w:r>{run(".")}</w:p>{p("Второй абзац.")}',
    f'<w:footnote w:id="0" w:type="separator"><w:p/></w:footnote><w:footnote w:id="2"><w:p>'
    f"<w:r><w:footnoteRef/></w:r>{run('Рабочих дней.')}</w:p></w:footnote>",
)
