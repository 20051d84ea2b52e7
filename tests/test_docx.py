"""DOCX as Word shows it: numbers, notes, tracked changes, hidden text; and what a stranger may send."""

from __future__ import annotations

import contextlib
import io
import random
import zipfile
from typing import Any

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from corpus.errors import UnreadableFile
from corpus.private import parse_private, read_document
from corpus.provision import Note, join
from corpus.readers import docx_package as limits
from corpus.readers import media_type_of, read, text_of
from corpus.readers.ordinals import printed
from qa.language import detect_language

_W = nsdecls("w")
_SHOWN = '<w:vanish w:val="0"/>'
_FOOTNOTES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
_FOOTNOTES_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"


def _level(at: int, form: str, text: str, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'
    )


def _numbering(abstract: dict[int, str], lists: dict[int, tuple[int, str]]) -> str:
    definitions = "".join(f'<w:abstractNum w:abstractNumId="{n}">{x}</w:abstractNum>' for n, x in abstract.items())
    uses = "".join(
        f'<w:num w:numId="{n}"><w:abstractNumId w:val="{of}"/>{more}</w:num>' for n, (of, more) in lists.items()
    )
    return f"<w:numbering {_W}>{definitions}{uses}</w:numbering>"


def _p(text: str, number: int | None = None, level: int = 0, properties: str = "") -> str:
    numbered = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>' if number else ""
    return f"<w:p><w:pPr>{properties}{numbered}</w:pPr>{_r(text)}</w:p>"


def _r(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def _docx(body: str, numbering: str | None = None, styles: str = "", footnotes: str = "") -> bytes:
    """A real package of python-docx's with this body, and what else is given put into its parts."""
    document: Any = Document()
    element = document.element.body
    for child in list(element):
        element.remove(child)
    element.extend(parse_xml(f"<w:body {_W} {nsdecls('r', 'wp', 'a')}>{body}</w:body>"))
    if numbering:
        old = document.part.numbering_part.element
        for child in list(old):
            old.remove(child)
        old.extend(parse_xml(numbering))
    if styles:
        document.styles.element.extend(parse_xml(f"<w:styles {_W}>{styles}</w:styles>"))
    if footnotes:
        from docx.opc.packuri import PackURI
        from docx.opc.part import Part

        blob = f"<w:footnotes {_W}>{footnotes}</w:footnotes>".encode()
        part = Part(PackURI("/word/footnotes.xml"), _FOOTNOTES_TYPE, blob, document.part.package)
        document.part.relate_to(part, _FOOTNOTES)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _texts(data: bytes) -> list[str]:
    return [line.text for line in read(data, media_type_of(data))]


_CLAUSES = _numbering(
    {
        1: _level(0, "decimal", "%1.") + _level(1, "decimal", "%1.%2.") + _level(2, "russianLower", "%3)"),
        2: _level(0, "upperRoman", "Раздел %1.") + _level(1, "lowerLetter", "%2)", '<w:lvlRestart w:val="0"/>'),
        3: _level(0, "upperRoman", "%1.") + _level(1, "decimal", "%1.%2", "<w:isLgl/>"),
        4: _level(0, "bullet", "\uf0b7") + _level(1, "bullet", "–"),
        5: _level(0, "decimal", "Статья %1.", '<w:suff w:val="space"/>') + _level(1, "none", ""),
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


@pytest.mark.parametrize(
    ("paragraphs", "numbers"),
    [
        # Clauses below clauses; letters start anew below each.
        (
            [(1, 0), (1, 1), (1, 1), (1, 2), (1, 2), (1, 0), (1, 1), (1, 2)],
            ["1.", "1.1.", "1.2.", "а)", "б)", "2.", "2.1.", "а)"],
        ),
        # Another use of the list goes on counting, one with its own start begins anew.
        ([(1, 0), (7, 0), (2, 0), (2, 0)], ["1.", "2.", "1.", "2."]),
        # `lvlRestart` 0: letters go on through the sections.
        ([(3, 0), (3, 1), (3, 0), (3, 1)], ["Раздел I.", "a)", "Раздел II.", "b)"]),
        # `isLgl`: Roman above, Arabic in the clause.
        ([(4, 0), (4, 0), (4, 1)], ["I.", "II.", "2.1"]),
        ([(5, 0), (5, 1)], ["•", "–"]),
        ([(6, 0), (6, 1), (6, 0)], ["Статья 1.", "", "Статья 2."]),
        # A level whose upper one has not been used yet shows where that would start.
        ([(1, 1)], ["1.1."]),
        # No list of that number.
        ([(99, 0)], [""]),
    ],
)
def test_numbers_are_printed_as_word_shows_them(paragraphs: list[tuple[int, int]], numbers: list[str]) -> None:
    body = "".join(_p("текст", number, level) for number, level in paragraphs)
    assert _texts(_docx(body, _CLAUSES)) == [f"{number} текст".strip() for number in numbers]


def test_a_heading_style_numbers_its_paragraphs() -> None:
    numbering = _numbering(
        {
            1: _level(0, "decimal", "%1.", '<w:pStyle w:val="Clause"/>')
            + _level(1, "decimal", "%1.%2.", '<w:pStyle w:val="Sub"/>')
        },
        {1: (1, "")},
    )
    styles = (
        '<w:style w:type="paragraph" w:styleId="Clause"><w:name w:val="Clause"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Sub"><w:name w:val="Sub"/><w:basedOn w:val="Clause"/></w:style>'
    )
    body = "".join(_p("x", properties=f'<w:pStyle w:val="{s}"/>') for s in ("Clause", "Sub", "Sub", "Clause", "Sub"))
    assert _texts(_docx(body, numbering, styles)) == ["1. x", "1.1. x", "1.2. x", "2. x", "2.1. x"]


@pytest.mark.parametrize(
    ("number", "form", "text"),
    [
        (1, "decimal", "1"),
        (7, "decimalZero", "07"),
        (27, "lowerLetter", "aa"),
        (3, "upperLetter", "C"),
        (10, "russianLower", "к"),
        (29, "russianUpper", "Я"),
        (30, "russianLower", "аа"),
        (1994, "upperRoman", "MCMXCIV"),
        (4, "lowerRoman", "iv"),
        (0, "lowerLetter", "0"),
        (30_000, "lowerLetter", "30000"),
        (30_000, "upperRoman", "30000"),
        (5, "chineseCounting", "5"),
        (5, "none", ""),
    ],
)
def test_forms_of_numbers(number: int, form: str, text: str) -> None:
    assert printed(number, form) == text


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        # Tracked changes: what was put in stays, what was taken out goes.
        (
            f'<w:p>{_r("Срок ")}<w:del w:id="1"><w:r><w:delText>пять</w:delText></w:r></w:del>'
            f'<w:ins w:id="2">{_r("десять")}</w:ins>{_r(" дней")}</w:p>',
            ["Срок десять дней"],
        ),
        (f'<w:p><w:moveFrom w:id="1">{_r("был тут")}</w:moveFrom>{_r("есть")}</w:p>', ["есть"]),
        # A paragraph whose mark was deleted goes on in the next.
        (f'<w:p><w:pPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr>{_r("Начало ")}</w:p>{_p("конец")}', ["Начало конец"]),
        (f'<w:p>{_r("видно ")}{_r("скрыто", "<w:vanish/>")}{_r("и это", _SHOWN)}</w:p>',
         ["видно и это"]),
        ("<w:p><w:r><w:t>дого</w:t><w:softHyphen/><w:t>вор</w:t><w:tab/><w:t>№</w:t><w:noBreakHyphen/><w:t>5</w:t>"
         "<w:br/><w:t>вторая строка</w:t></w:r></w:p>", ["договор №-5", "вторая строка"]),
        # A field shows its result, not its code.
        ('<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF a</w:instrText></w:r>'
         f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{_r("пункт 2.2")}<w:r><w:fldChar w:fldCharType="end"/>'
         "</w:r></w:p>", ["пункт 2.2"]),
        (f'<w:sdt><w:sdtContent>{_p("в поле")}</w:sdtContent></w:sdt>', ["в поле"]),
        (f'<w:p>{_r("до ")}<w:sdt><w:sdtContent>{_r("поля")}</w:sdtContent></w:sdt></w:p>', ["до поля"]),
        ('<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
         f'<w:sdtContent>{_p("Статья 1 ... 3")}</w:sdtContent></w:sdt>{_p("Статья 1")}', ["Статья 1"]),
        # A row is a line; long cells are text that stands in a table.
        (f'<w:tbl><w:tr><w:tc>{_p("№")}</w:tc><w:tc>{_p("Цена")}</w:tc></w:tr><w:tr><w:tc>{_p("1")}</w:tc>'
         f'<w:tc>{_p("100 тенге")}</w:tc></w:tr></w:tbl>', ["№ | Цена", "1 | 100 тенге"]),
        (f'<w:tbl><w:tr><w:tc>{_p("Бірінші")}{_p("Екінші")}</w:tc><w:tc>{_p("Первый")}</w:tc></w:tr></w:tbl>',
         ["Бірінші", "Екінші", "Первый"]),
        (f'<w:tbl><w:tr><w:trPr><w:del w:id="1"/></w:trPr><w:tc>{_p("нет")}</w:tc></w:tr></w:tbl>{_p("да")}', ["да"]),
        (f'<w:p>{_r("текст")}<w:r><w:pict><w:txbxContent>{_p("в рамке")}</w:txbxContent></w:pict></w:r></w:p>',
         ["текст", "в рамке"]),
        (f'<w:p><w:hyperlink w:anchor="a">{_r("ссылка")}</w:hyperlink></w:p>', ["ссылка"]),
    ],
)  # fmt: skip
def test_what_is_shown_is_read(body: str, expected: list[str]) -> None:
    assert _texts(_docx(body)) == expected


def test_headers_and_footers_are_left_out() -> None:
    document: Any = Document()
    document.sections[0].header.paragraphs[0].text = "Шапка"
    document.sections[0].footer.paragraphs[0].text = "Подвал"
    document.add_paragraph("Текст")
    file = io.BytesIO()
    document.save(file)
    assert _texts(file.getvalue()) == ["Текст"]


_NOTED = (
    f'<w:p>{_r("Срок пять дней")}<w:r><w:footnoteReference w:id="2"/></w:r>{_r(".")}</w:p>{_p("Второй абзац.")}',
    f'<w:footnote w:id="0" w:type="separator"><w:p/></w:footnote><w:footnote w:id="2"><w:p>'
    f"<w:r><w:footnoteRef/></w:r>{_r('Рабочих дней.')}</w:p></w:footnote>",
)


def test_footnotes_are_notes_after_their_paragraph_and_never_provisions() -> None:
    data = _docx(_NOTED[0], footnotes=_NOTED[1])
    lines = read(data, media_type_of(data))
    assert [(line.text, line.note) for line in lines] == [
        ("Срок пять дней.", False),
        ("[1] Рабочих дней.", True),
        ("Второй абзац.", False),
    ]
    _, stored = read_document(data, "x.docx", detect=detect_language, title="x")
    parsed = parse_private(stored)
    assert [(p.eid, p.text) for p in parsed.provisions] == [("par_1", "Срок пять дней."), ("par_2", "Второй абзац.")]
    assert parsed.notes == (Note("footnote", "par_1", "[1] Рабочих дней."),)
    assert join(parsed.blocks) == text_of(list(stored.lines))


def test_footnotes_of_a_document_with_articles_belong_to_what_they_stand_after() -> None:
    body = _p("Устав") + _p("Статья 1. Сроки") + _NOTED[0] + _p("Статья 2. Прочее") + _p("1. Прочее.")
    _, stored = read_document(_docx(body, footnotes=_NOTED[1]), "x.docx", detect=detect_language, title="x")
    parsed = parse_private(stored)
    assert [note.about for note in parsed.notes] == ["art_1"]
    assert not any("Рабочих" in p.text for p in parsed.provisions)
    assert join(parsed.blocks) == text_of(list(stored.lines))


# What a stranger may send


def _with(data: bytes, name: str, content: bytes) -> bytes:
    """The package with one part replaced."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            if part != name:
                new.writestr(part, old.read(part))
        new.writestr(name, content)
    return file.getvalue()


def _code(data: bytes) -> str:
    with pytest.raises(UnreadableFile) as caught:
        read(data, media_type_of(data))
    assert str(caught.value).endswith(".")
    return caught.value.code


def test_a_zip_bomb_is_refused_before_it_is_parsed() -> None:
    assert _code(_with(_docx(_p("x")), "word/document.xml", b" " * (limits.MAX_UNPACKED + 1))) == "docx_large"


def test_a_bomb_beside_the_text_is_not_unpacked() -> None:
    data = _with(_docx(_p("x")), "word/media/image1.png", b"\0" * (limits.MAX_UNPACKED + 1))
    assert _texts(data) == ["x"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_declared_entities_are_refused(encoding: str) -> None:
    xml = '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "aaaa">]><w:document/>'
    assert _code(_with(_docx(_p("x")), "word/document.xml", xml.encode(encoding))) == "docx_entities"


def test_absurd_numbers_of_paragraphs_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus.readers.docx.MAX_PARAGRAPHS", 2)
    assert _code(_docx(_p("x") * 3)) == "docx_paragraphs"


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("word/document.xml", b"<w:document", "docx_damaged"),
        ("_rels/.rels", b"<Relationships/>", "docx_damaged"),
        ("word/numbering.xml", b"no xml", "docx_damaged"),
    ],
)
def test_a_damaged_package_says_so(name: str, content: bytes, code: str) -> None:
    assert _code(_with(_docx(_p("x")), name, content)) == code


def test_a_template_or_macros_are_refused() -> None:
    data = _docx(_p("x"))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        types = archive.read("[Content_Types].xml")
    macros = types.replace(
        b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        b"application/vnd.ms-word.document.macroEnabled.main+xml",
    )
    assert _code(_with(data, "[Content_Types].xml", macros)) == "docx_macros"


def test_a_broken_link_to_a_picture_does_not_matter() -> None:
    data = _docx(_p("x"))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        rels = archive.read("word/_rels/document.xml.rels")
    image = b'<Relationship Id="z" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"'
    broken = rels.replace(b"</Relationships>", image + b' Target="NULL"/></Relationships>')
    assert _texts(_with(data, "word/_rels/document.xml.rels", broken)) == ["x"]


def test_deep_nesting_ends_in_a_sentence() -> None:
    deep = "<w:sdt><w:sdtContent>" * 2000 + "</w:sdtContent></w:sdt>" * 2000
    xml = f"<w:document {_W}><w:body>{deep}</w:body></w:document>".encode()
    assert _code(_with(_docx(_p("x")), "word/document.xml", xml)) == "docx_damaged"


def test_any_damage_ends_as_text_or_a_sentence() -> None:
    data = _docx(_p("текст", 1) * 5, _CLAUSES, footnotes=_NOTED[1])
    chance = random.Random(7)
    for _ in range(150):
        broken = bytearray(data)
        for _ in range(chance.randint(1, 20)):
            broken[chance.randrange(4, len(broken))] = chance.randrange(256)
        with contextlib.suppress(UnreadableFile):
            read(bytes(broken), media_type_of(bytes(broken)))


@pytest.mark.parametrize(
    "attack",
    [
        _numbering({1: _level(0, "lowerLetter", "%1" * 50).replace('val="1"', f'val="{"9" * 5000}"')}, {1: (1, "")}),
        _numbering({1: _level(0, "lowerLetter", "%1" * 50_000)}, {1: (1, "")}),
        _numbering({1: '<w:numStyleLink w:val="Loop"/>'}, {1: (1, "")}),
        f'<w:numbering {_W}><w:num w:numId="²"/><w:num w:numId="1"/></w:numbering>',
    ],
)  # fmt: skip
def test_absurd_numbering_is_harmless(attack: str) -> None:
    styles = (
        '<w:style w:type="numbering" w:styleId="Loop"><w:name w:val="Loop"/><w:basedOn w:val="Loop"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    texts = _texts(_docx(_p("x", 1) * 3, attack, styles))
    assert len(texts) == 3
    assert all(text.endswith("x") and len(text) < 120 for text in texts)
