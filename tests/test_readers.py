"""Readers of HTML, plain text and PDF, on small inputs."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfWriter

from corpus.errors import UnreadableFile
from corpus.readers import media_type_of, read, read_html, read_pdf, read_plain
from corpus.readers.lines import OpenLine
from corpus.text.normalisation import normalise_line


def _texts(data: str) -> list[str]:
    return [line.text for line in read_html(data.encode())]


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("<ol><li><p>One</p></li><li>Two</li></ol>", ["1. One", "2. Two"]),
        ("<ol start=3><li>Three<li>Four</ol>", ["3. Three", "4. Four"]),
        ("<p>a<br>b</p>", ["a", "b"]),
        ("<p>a <b>bold</b><a href=x>link</a></p>", ["a boldlink"]),
        ("<script>x()</script><style>p{}</style><p>kept</p><footer>gone</footer>", ["kept"]),
        ("<p>non&nbsp;breaking &amp; entity</p>", ["non breaking & entity"]),
        ("<table><tr><td>a</td><td>b</td></tr></table>", ["a", "b"]),
    ],
)
def test_html(page: str, expected: list[str]) -> None:
    assert _texts(page) == expected


def test_html_takes_the_part_with_the_articles_and_its_anchors() -> None:
    page = """<body><div id=menu><p>Sign in</p><p>Search</p></div><div id=main>
      <h1>Act</h1><h3 id=z1>Article 1</h3><p id=z2>1. Yes.</p><h3>Article 2</h3><p>No.</p></div></body>"""
    lines = read_html(page.encode())
    assert [line.text for line in lines] == ["Act", "Article 1", "1. Yes.", "Article 2", "No."]
    assert lines[2].anchor == "z2"


def test_plain_text_puts_hard_wrapped_lines_together() -> None:
    text = (
        "Устав\r\n\r\nСтатья 1.\r\n1. Это длинная строка, которую программа разбила посреди предложения\r\n"
        "и продолжила на следующей строке.\r\n2. Вторая."
    )
    assert [line.text for line in read_plain(text.encode("utf-8"))] == [
        "Устав",
        "Статья 1.",
        "1. Это длинная строка, которую программа разбила посреди предложения и продолжила на следующей строке.",
        "2. Вторая.",
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251"])
def test_plain_text_in_any_encoding(encoding: str) -> None:
    text = "Конституция имеет высшую юридическую силу. Никто не вправе присваивать власть в нашей стране."
    assert read_plain(text.encode(encoding))[0].text == text


@pytest.mark.parametrize(
    ("left", "right", "whole"),
    [
        ("№ 254-III (", "вводится", "№ 254-III (вводится"),
        ("законодательную", ", исполнительную", "законодательную, исполнительную"),
        ("№ 13-", "НП", "№ 13-НП"),
        ("№ 15", "-VII", "№ 15-VII"),
        ("а акимы -", "решения", "а акимы - решения"),
        ("его", "жизнь", "его жизнь"),
    ],
)
def test_wrapped_lines_are_joined_as_printed(left: str, right: str, whole: str) -> None:
    line = OpenLine(left)
    line.add(right)
    assert line.closed().text == whole


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (b"%PDF-1.4 ...", "application/pdf"),
        (b"\xef\xbb\xbf<!DOCTYPE html><p>", "text/html"),
        (b"  <html><body>", "text/html"),
        ("Просто текст".encode(), "text/plain"),
        ("Просто текст".encode("utf-16"), "text/plain"),
    ],
)
def test_media_type_by_content(data: bytes, media_type: str) -> None:
    assert media_type_of(data) == media_type


@pytest.mark.parametrize("data", [b"", b"   \n", b"PK\x03\x04\x00\x00binary"])
def test_media_type_of_what_is_no_text(data: bytes) -> None:
    with pytest.raises(UnreadableFile):
        media_type_of(data)


def _pdf(encrypt: bool = False) -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    if encrypt:
        writer.encrypt("secret", algorithm="RC4-128")
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"%PDF-1.7 nothing more", "damaged"),
        (_pdf(), "text recognition"),
        (_pdf(encrypt=True), "password"),
    ],
)
def test_pdf_that_cannot_be_read_says_why(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableFile, match=reason):
        read(data, "application/pdf")


def test_pdf_with_too_many_pages() -> None:
    with pytest.raises(UnreadableFile, match="more than the 0 allowed"):
        read_pdf(_pdf(), max_pages=0)


def test_unknown_media_type_names_the_known() -> None:
    with pytest.raises(UnreadableFile, match="text/html"):
        read(b"x", "image/png")


def test_an_invisible_character_does_not_hide_an_accent() -> None:
    assert normalise_line("и\u200b\u0306") == "й"


@given(st.text())
def test_normal_form_is_stable(text: str) -> None:
    once = normalise_line(text)
    assert normalise_line(once) == once
    assert "\n" not in once
    assert once == once.strip()
