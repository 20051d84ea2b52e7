"""What a stranger may send as DOCX: bombs, entities, damage; each ends as text or as one sentence."""

from __future__ import annotations

import contextlib
import io
import random
import zipfile

import pytest

from corpus.errors import UnreadableFile
from corpus.readers import media_type_of, read
from corpus.readers.docx import package as limits
from tests.word_files import CLAUSES, NOTED, W, docx_of, level, numbering_of, p, texts_of


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
    assert _code(_with(docx_of(p("x")), "word/document.xml", b" " * (limits.MAX_UNPACKED + 1))) == "docx_large"


def test_a_bomb_beside_the_text_is_not_unpacked() -> None:
    data = _with(docx_of(p("x")), "word/media/image1.png", b"\0" * (limits.MAX_UNPACKED + 1))
    assert texts_of(data) == ["x"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_declared_entities_are_refused(encoding: str) -> None:
    xml = '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "aaaa">]><w:document/>'
    assert _code(_with(docx_of(p("x")), "word/document.xml", xml.encode(encoding))) == "docx_entities"


def test_absurd_numbers_of_paragraphs_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus.readers.docx.document.MAX_PARAGRAPHS", 2)
    assert _code(docx_of(p("x") * 3)) == "docx_paragraphs"


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("word/document.xml", b"<w:document", "docx_damaged"),
        ("_rels/.rels", b"<Relationships/>", "docx_damaged"),
        ("word/numbering.xml", b"no xml", "docx_damaged"),
    ],
)
def test_a_damaged_package_says_so(name: str, content: bytes, code: str) -> None:
    assert _code(_with(docx_of(p("x")), name, content)) == code


def test_a_template_or_macros_are_refused() -> None:
    data = docx_of(p("x"))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        types = archive.read("[Content_Types].xml")
    macros = types.replace(
        b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        b"application/vnd.ms-word.document.macroEnabled.main+xml",
    )
    assert _code(_with(data, "[Content_Types].xml", macros)) == "docx_macros"


def test_a_broken_link_to_a_picture_does_not_matter() -> None:
    data = docx_of(p("x"))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        rels = archive.read("word/_rels/document.xml.rels")
    image = b'<Relationship Id="z" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"'
    broken = rels.replace(b"</Relationships>", image + b' Target="NULL"/></Relationships>')
    assert texts_of(_with(data, "word/_rels/document.xml.rels", broken)) == ["x"]


def test_deep_nesting_ends_in_a_sentence() -> None:
    deep = "<w:sdt><w:sdtContent>" * 2000 + "</w:sdtContent></w:sdt>" * 2000
    xml = f"<w:document {W}><w:body>{deep}</w:body></w:document>".encode()
    assert _code(_with(docx_of(p("x")), "word/document.xml", xml)) == "docx_damaged"


def test_any_damage_ends_as_text_or_a_sentence() -> None:
    data = docx_of(p("текст", 1) * 5, CLAUSES, footnotes=NOTED[1])
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
        numbering_of({1: level(0, "lowerLetter", "%1" * 50).replace('val="1"', f'val="{"9" * 5000}"')}, {1: (1, "")}),
        numbering_of({1: level(0, "lowerLetter", "%1" * 50_000)}, {1: (1, "")}),
        numbering_of({1: '<w:numStyleLink w:val="Loop"/>'}, {1: (1, "")}),
        f'<w:numbering {W}><w:num w:numId="²"/><w:num w:numId="1"/></w:numbering>',
    ],
)  # fmt: skip
def test_absurd_numbering_is_harmless(attack: str) -> None:
    styles = (
        '<w:style w:type="numbering" w:styleId="Loop"><w:name w:val="Loop"/><w:basedOn w:val="Loop"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    texts = texts_of(docx_of(p("x", 1) * 3, attack, styles))
    assert len(texts) == 3
    assert all(text.endswith("x") and len(text) < 120 for text in texts)
