"""Kinds of files by their content; what is not read is told in a sentence of its own."""

from __future__ import annotations

import io
import zipfile
from base64 import b64encode, encodebytes

import pytest

from corpus.errors import UnreadableFile
from corpus.readers import media_type_of
from corpus.readers.kinds import DOCX, HTML, PDF, PLAIN

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


def _zip(*names: str, mimetype: str = "") -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        if mimetype:
            archive.writestr("mimetype", mimetype)
        for name in names:
            archive.writestr(name, "x")
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (_zip("[Content_Types].xml", "word/document.xml"), DOCX),
        (_zip("word/document2.xml"), DOCX),
        (b"HTTP/1.1 200 OK\r\n\r\n%PDF-1.4\n1 0 obj\nendobj", PDF),
        (b"A text on %PDF-1.4 and its history", PLAIN),
        (b"From: Aigerim\nTo: everyone\nSubject: Leave\n\nThe office is closed.", PLAIN),
        (b"MZ is a name, ID3 too, and so is GIF89.", PLAIN),
        (b"<meta charset='utf-8'><p>Rent is 100.</p>", HTML),
        (b"<!-- kept by hand -->\n<style>p{color:red}</style><p>Rent is 100.</p>", HTML),
        (b"<title>Lease</title>Rent is 100.", HTML),
        (b"<!-- a note --> # Lease\n\nRent is 100.", PLAIN),
        (b"<https://example.org> tells more", PLAIN),
        (b"a" * 1500, PLAIN),
        (b"Key of the safe: " + b64encode(b"The lodger pays rent on the fifth day."), PLAIN),
        (b"<?xml version='1.0'?><html><body>x</body></html>", HTML),
        ("Просто".encode("utf-16-le"), PLAIN),
    ],
)
def test_what_is_read(data: bytes, media_type: str) -> None:
    assert media_type_of(data) == media_type


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (_OLE + "WordDocument".encode("utf-16-le"), "word_old"),
        (_OLE + "EncryptedPackage".encode("utf-16-le"), "office_locked"),
        (_OLE + "Workbook".encode("utf-16-le"), "spreadsheet"),
        (_OLE + "PowerPoint Document".encode("utf-16-le"), "slides"),
        (_OLE + "__properties_version1.0".encode("utf-16-le"), "email"),
        (_OLE, "office_old"),
        (b"{\\rtf1\\ansi x}", "rtf"),
        (b"\r\n\n{\\rtf1\\ansi x}", "rtf"),
        (b64encode("Договор аренды. Плата 100 тенге.".encode() * 4), "binary"),
        (encodebytes(b"The lodger pays rent, No 1, on the fifth day." * 9), "binary"),
        (_zip("content.xml", mimetype="application/vnd.oasis.opendocument.text"), "opendocument"),
        (_zip("OEBPS/a.xhtml", mimetype="application/epub+zip"), "ebook"),
        (_zip("xl/workbook.xml"), "spreadsheet"),
        (_zip("ppt/presentation.xml"), "slides"),
        (_zip("Index/Document.iwa"), "iwork"),
        (_zip("a.txt", "b.txt"), "archive"),
        (b"PK\x03\x04 cut off", "archive"),
        (b"Rar!\x1a\x07\x01\x00", "archive"),
        (b"7z\xbc\xaf\x27\x1c\x00", "archive"),
        (b"\x1f\x8b\x08\x00", "archive"),
        (b"a.txt".ljust(257, b"\0") + b"ustar\x0000", "archive"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b"\xff\xd8\xff\xe0", "picture"),
        (b"II*\x00", "picture"),
        (b"\0\0\0\x18ftypheic\0\0", "picture"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "picture"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "picture"),
        (b"AT&TFORM\0\0\0\0DJVU", "picture"),
        (b"\0\0\0\x18ftypisom\0\0", "media"),
        (b"ID3\x03\0\0", "media"),
        (b"%!PS-Adobe-3.0\n", "postscript"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x", "web_archive"),
        (b"Received: from a\nFrom: a@b\nSubject: c\n\ntext", "email"),
        (b"<?xml version='1.0'?><FictionBook>", "ebook"),
        (b'<?xml version="1.0"?><?mso-application progid="Word.Document"?>', "word_old"),
        (b"\x7fELF\x02\x01", "binary"),
        (b"MZ\x00\x00 a program", "binary"),
        (bytes(range(1, 256)) * 9, "binary"),
    ],
)
def test_what_is_not_read_says_what_it_is(data: bytes, code: str) -> None:
    with pytest.raises(UnreadableFile) as caught:
        media_type_of(data)
    assert caught.value.code == code


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r", "cp866", "utf-8", "utf-16-le", "utf-16"])
def test_letters_of_any_encoding_are_text(encoding: str) -> None:
    text = "Статья 1. Сад открыт всем.\fСтатья 2.\tСобак водят на поводке.\x1a\r\n" * 30
    assert media_type_of(text.encode(encoding)) == PLAIN
