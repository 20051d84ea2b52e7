"""DOCX as Word shows it: numbers, notes, tracked changes, hidden text."""

from __future__ import annotations

import io
from typing import Any

import pytest
from docx import Document

from corpus.private import parse_private, read_document
from corpus.provision import Note, join
from corpus.readers import media_type_of, read, text_of
from corpus.readers.ordinals import printed
from qa.understanding.language import detect_language
from tests.word_files import CLAUSES, NOTED, docx_of, level, numbering_of, p, run, texts_of

_SHOWN = '<w:vanish w:val="0"/>'


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
    body = "".join(p("текст", number, level) for number, level in paragraphs)
    assert texts_of(docx_of(body, CLAUSES)) == [f"{number} текст".strip() for number in numbers]


def test_a_heading_style_numbers_its_paragraphs() -> None:
    numbering = numbering_of(
        {
            1: level(0, "decimal", "%1.", '<w:pStyle w:val="Clause"/>')
            + level(1, "decimal", "%1.%2.", '<w:pStyle w:val="Sub"/>')
        },
        {1: (1, "")},
    )
    styles = (
        '<w:style w:type="paragraph" w:styleId="Clause"><w:name w:val="Clause"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Sub"><w:name w:val="Sub"/><w:basedOn w:val="Clause"/></w:style>'
    )
    body = "".join(p("x", properties=f'<w:pStyle w:val="{s}"/>') for s in ("Clause", "Sub", "Sub", "Clause", "Sub"))
    assert texts_of(docx_of(body, numbering, styles)) == ["1. x", "1.1. x", "1.2. x", "2. x", "2.1. x"]


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
            f'<w:p>{run("Срок ")}<w:del w:id="1"><w:r><w:delText>пять</w:delText></w:r></w:del>'
            f'<w:ins w:id="2">{run("десять")}</w:ins>{run(" дней")}</w:p>',
            ["Срок десять дней"],
        ),
        (f'<w:p><w:moveFrom w:id="1">{run("был тут")}</w:moveFrom>{run("есть")}</w:p>', ["есть"]),
        # A paragraph whose mark was deleted goes on in the next.
        (f'<w:p><w:pPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr>{run("Начало ")}</w:p>{p("конец")}', ["Начало конец"]),
        (f'<w:p>{run("видно ")}{run("скрыто", "<w:vanish/>")}{run("и это", _SHOWN)}</w:p>',
         ["видно и это"]),
        ("<w:p><w:r><w:t>дого</w:t><w:softHyphen/><w:t>вор</w:t><w:tab/><w:t>№</w:t><w:noBreakHyphen/><w:t>5</w:t>"
         "<w:br/><w:t>вторая строка</w:t></w:r></w:p>", ["договор №-5", "вторая строка"]),
        # A field shows its result, not its code.
        ('<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF a</w:instrText></w:r>'
         f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("пункт 2.2")}<w:r><w:fldChar w:fldCharType="end"/>'
         "</w:r></w:p>", ["пункт 2.2"]),
        (f'<w:sdt><w:sdtContent>{p("в поле")}</w:sdtContent></w:sdt>', ["в поле"]),
        (f'<w:p>{run("до ")}<w:sdt><w:sdtContent>{run("поля")}</w:sdtContent></w:sdt></w:p>', ["до поля"]),
        ('<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
         f'<w:sdtContent>{p("Статья 1 ... 3")}</w:sdtContent></w:sdt>{p("Статья 1")}', ["Статья 1"]),
        # A row is a line; long cells are text that stands in a table.
        (f'<w:tbl><w:tr><w:tc>{p("№")}</w:tc><w:tc>{p("Цена")}</w:tc></w:tr><w:tr><w:tc>{p("1")}</w:tc>'
         f'<w:tc>{p("100 тенге")}</w:tc></w:tr></w:tbl>', ["№ | Цена", "1 | 100 тенге"]),
        (f'<w:tbl><w:tr><w:tc>{p("Бірінші")}{p("Екінші")}</w:tc><w:tc>{p("Первый")}</w:tc></w:tr></w:tbl>',
         ["Бірінші", "Екінші", "Первый"]),
        (f'<w:tbl><w:tr><w:trPr><w:del w:id="1"/></w:trPr><w:tc>{p("нет")}</w:tc></w:tr></w:tbl>{p("да")}', ["да"]),
        (f'<w:p>{run("текст")}<w:r><w:pict><w:txbxContent>{p("в рамке")}</w:txbxContent></w:pict></w:r></w:p>',
         ["текст", "в рамке"]),
        (f'<w:p><w:hyperlink w:anchor="a">{run("ссылка")}</w:hyperlink></w:p>', ["ссылка"]),
    ],
)  # fmt: skip
def test_what_is_shown_is_read(body: str, expected: list[str]) -> None:
    assert texts_of(docx_of(body)) == expected


def test_headers_and_footers_are_left_out() -> None:
    document: Any = Document()
    document.sections[0].header.paragraphs[0].text = "Шапка"
    document.sections[0].footer.paragraphs[0].text = "Подвал"
    document.add_paragraph("Текст")
    file = io.BytesIO()
    document.save(file)
    assert texts_of(file.getvalue()) == ["Текст"]


def test_footnotes_are_notes_after_their_paragraph_and_never_provisions() -> None:
    data = docx_of(NOTED[0], footnotes=NOTED[1])
    lines = read(data, media_type_of(data))
    assert [(line.text, line.kind == "footnote") for line in lines] == [
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
    body = p("Устав") + p("Статья 1. Сроки") + NOTED[0] + p("Статья 2. Прочее") + p("1. Прочее.")
    _, stored = read_document(docx_of(body, footnotes=NOTED[1]), "x.docx", detect=detect_language, title="x")
    parsed = parse_private(stored)
    assert [note.about for note in parsed.notes] == ["art_1"]
    assert not any("Рабочих" in p.text for p in parsed.provisions)
    assert join(parsed.blocks) == text_of(list(stored.lines))
