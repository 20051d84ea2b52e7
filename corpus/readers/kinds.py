"""What kind of file the bytes are: names lie, contents rarely do."""

from __future__ import annotations

import io
import re
import zipfile

from corpus.errors import UnreadableFile

PDF, HTML, PLAIN = "application/pdf", "text/html", "text/plain"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_HEAD = 2048
# What no text of eight-bit letters holds: controls, but for tabs, ends of lines and pages, and the escape of ISO 2022.
_CONTROLS = bytes({*range(1, 32)} - {*b"\b\t\n\v\f\r\x1a\x1b"})
_ALPHABETS = 4  # of a text in UTF-16, so many high bytes: of Cyrillic (a control), Latin, punctuation
_MOST_CONTROLS = 0.02  # of the first bytes: a slip of a printer is not yet a program's file
_PDF_WITHIN = 1024  # bytes before which a reader looks for a PDF's header (ISO 32000-1, annex H, note 13)
# What a page begins with, comments aside; a text in Markdown may begin with a link or a word in bold.
_TAGS = re.compile(
    rb"(?:<!--.{0,1500}?-->\s*)?<(?:!doctype html|\?xml|head|meta|title|style|script|noscript|link|base|body|main"
    rb"|header|nav|article|section|aside|div|center|font|p|h\d|ul|ol|dl|table|form)\b",
    re.DOTALL,
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# First bytes of what is not read, and the code of its sentence.
_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"{\\rtf", "rtf"),
    (b"%!PS", "postscript"),
    (b"\xc5\xd0\xd3\xc6", "postscript"),  # EPS with a preview
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),  # JPEG
    (b"II*\x00", "picture"),  # TIFF, both byte orders
    (b"MM\x00*", "picture"),
    (b"\x00\x00\x00\x0cjP  ", "picture"),  # JPEG 2000
    (b"AT&TFORM", "picture"),  # DjVu
    (b"Rar!\x1a", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"\xfd7zXZ\x00", "archive"),
    (b"\x28\xb5\x2f\xfd", "archive"),  # Zstandard
    (b"\x1a\x45\xdf\xa3", "media"),  # Matroska, WebM
    (b"\x7fELF", "binary"),
    (b"SQLite format 3\x00", "binary"),
)
_LATE = _SIGNATURES[:2]  # which their programs read after blank lines as well
# Bytes written as letters (RFC 4648): lines of them from the start, with capitals and digits, as no long word has.
_BASE64 = re.compile(rb"(?=\S*[A-Z])(?=\S*[a-z])(?=\S*\d)(?:[A-Za-z0-9+/]{60,}={0,2}\s*)+[A-Za-z0-9+/]*={0,2}\s*")
_BASE64_FROM = 120  # bytes; a key in a contract is shorter
# Letters that a text may hold as well: only with a zero byte near them are they a signature.
_LETTERED: tuple[tuple[int, bytes, str], ...] = (
    (0, b"GIF8", "picture"),
    (0, b"BZh", "archive"),
    (0, b"ID3", "media"),
    (0, b"OggS", "media"),
    (0, b"fLaC", "media"),
    (0, b"MZ", "binary"),
    (4, b"ftypheic", "picture"),
    (4, b"ftypheix", "picture"),
    (4, b"ftypmif1", "picture"),
    (4, b"ftypavif", "picture"),
    (4, b"ftyp", "media"),  # films and sound in ISO media files; pictures in them stand above
    (8, b"WEBP", "picture"),
    (8, b"WAVE", "media"),
    (8, b"AVI ", "media"),
    (257, b"ustar", "archive"),
    (60, b"BOOKMOBI", "ebook"),
)
_XML_KINDS = (
    (b"<fictionbook", "ebook"),
    (b'progid="word.document"', "word_old"),
    (b"http://schemas.microsoft.com/office/2006/xmlpackage", "word_old"),
    (b"<office:document", "opendocument"),
    (b"<svg", "picture"),
)
_OLE_STREAMS = (
    ("EncryptedPackage", "office_locked"),
    ("WordDocument", "word_old"),
    ("Workbook", "spreadsheet"),
    ("PowerPoint Document", "slides"),
    ("__properties_version1.0", "email"),
)
_ZIP_PARTS = (
    (re.compile(r"xl/"), "spreadsheet"),
    (re.compile(r"ppt/"), "slides"),
    (re.compile(r"Index/.*\.iwa$|Index\.zip$"), "iwork"),
    (re.compile(r"FixedDocSeq|FixedDocumentSequence", re.I), "postscript"),  # XPS, a printed page as well
)
# A memo may begin with From, To and Subject too; these lines only programs write.
_MAIL = re.compile(
    rb"^(?:mime-version|content-transfer-encoding|content-type|message-id|received|return-path|dkim-signature|x-[\w-]+):",
    re.I | re.M,
)
_HEADER = re.compile(rb"^[\w-]{2,40}: ?\S")


def media_type_of(data: bytes) -> str:
    """The media type by content. Raises `UnreadableFile` saying what to do for kinds that are not read."""
    if not data.strip():
        raise UnreadableFile("empty")
    if pdf_start(data) is not None:
        return PDF
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zipped(data)
    if code := _refused(data):
        raise UnreadableFile(code)
    head = data[:_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if b"<html" in head or _TAGS.match(head):
        return HTML
    if not data.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")) and _is_binary(head, data):
        raise UnreadableFile("binary")
    return PLAIN


def pdf_start(data: bytes) -> int | None:
    """Where the PDF begins, after what a mail program or a server may have left before it; None for no PDF."""
    at = data[: _PDF_WITHIN + 8].find(b"%PDF-")
    if at <= 0:
        return None if at < 0 else 0
    return at if b"endobj" in data[at:] and b"<html" not in data[:at].lower() else None


def _refused(data: bytes) -> str | None:
    head = data[:_HEAD]
    for signature, code in _SIGNATURES:
        if head.startswith(signature):
            return code
    if b"\x00" in head:
        for offset, signature, code in _LETTERED:
            if head[offset : offset + len(signature)] == signature:
                return code
    if head[:2] == b"BM" and int.from_bytes(head[2:6], "little") == len(data):
        return "picture"
    if data.startswith(_OLE):
        return next((code for name, code in _OLE_STREAMS if name.encode("utf-16-le") in data), "office_old")
    return _refused_text(head.lstrip(b"\xef\xbb\xbf \t\r\n"))


def _refused_text(head: bytes) -> str | None:
    for signature, code in _LATE:
        if head.startswith(signature):
            return code
    if len(head) >= _BASE64_FROM and _BASE64.fullmatch(head):
        return "binary"
    if head.startswith((b"<?xml", b"<svg", b"<FictionBook")):
        low = head.lower()
        return next((code for mark, code in _XML_KINDS if mark in low), None)
    header = re.split(rb"\r?\n\r?\n", head, maxsplit=1)[0]
    if _HEADER.match(header) and _MAIL.search(header):
        return "web_archive" if b"multipart/related" in header.lower() else "email"
    return None


def _zipped(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            kind = archive.read("mimetype") if _small(archive, "mimetype") else b""
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError):
        raise UnreadableFile("archive") from None
    if any(re.fullmatch(r"word/document\d*\.xml", name) for name in names):
        return DOCX
    if kind.startswith(b"application/epub"):
        raise UnreadableFile("ebook")
    if kind.startswith(b"application/vnd.oasis.opendocument"):
        raise UnreadableFile("opendocument")
    raise UnreadableFile(
        next((code for part, code in _ZIP_PARTS if any(part.match(name) for name in names)), "archive")
    )


def _small(archive: zipfile.ZipFile, name: str) -> bool:
    return (
        name in archive.NameToInfo
        and archive.getinfo(name).file_size < _HEAD
        and (archive.getinfo(name).compress_size < _HEAD)
    )


def _is_binary(head: bytes, data: bytes) -> bool:
    if b"\x00" in head:
        return not _wide(data)
    if not len(data) % 2 and min(len(set(head[::2])), len(set(head[1::2]))) <= _ALPHABETS:
        return False
    return len(head) - len(head.translate(None, _CONTROLS)) > _MOST_CONTROLS * len(head)


def _wide(data: bytes) -> bool:
    """UTF-16 without its mark: zeros in every other place only."""
    head = data[:_HEAD]
    return not len(data) % 2 and min(head[::2].count(0), head[1::2].count(0)) == 0
