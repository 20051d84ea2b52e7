"""The entrances that take anything: questions, references, dates, files, and files of ours that were damaged."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import docx
from hypothesis import strategies as st
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from corpus import Folders, UnreadableFile
from corpus.private import parse_private, read_document
from corpus.readers import Line
from corpus.store import private_documents, private_ids, save_private
from eval.hardness.tally import Effort, Tally, drawn
from index import Embedder, IndexedDocument, SearchIndex, StaleIndex, build_index, open_index
from index.texts import indexed_texts
from qa import Assistant
from qa.errors import AnswerError
from qa.setup.reading_process import Bounds, read_apart
from qa.understanding.language import detect_language
from qa.understanding.question import LONGEST, parse_date
from qa.understanding.references import find_references, parse_reference, resolve
from qa.understanding.times.dates import time_in

RULES = "Rules of the garden\n\nArticle 1. Gate\n1. The gardener keeps the keys.\n\nArticle 2. Roses\n1. Roses stay.\n"
_BOUNDS = Bounds(pages=50, characters=1_000_000, seconds=30)
_PIECES = (
    "Статья 18 п. 2 18-бап 2-тармақ article 18(2) § IV ст. 1, 2 и 3 Конституции 1995 года в 2019 году 15 марта 2026"
    " года что сколько кто қанша неше кім how who when Сенат Президент Құрылтай right право құқық ле ың th 1 № ( ) ? !"
    " … \u0301"
    " ﬁ ² 𝟘 a-a «» \t \n"
).split(" ")
_QUESTIONS = (
    st.text(max_size=200)
    | st.lists(st.sampled_from(_PIECES), max_size=60).map(" ".join)
    | st.tuples(st.sampled_from(_PIECES), st.integers(1, LONGEST)).map(lambda pair: (pair[0] * pair[1])[: LONGEST + 1])
)


def questions(assistant: Assistant, effort: Effort) -> tuple[Tally, str]:
    """Questions of any form; with the slowest answer, in words. A refusal is a sentence."""
    slowest = (0.0, "")

    def ask(text: str) -> str | None:
        nonlocal slowest
        started = time.perf_counter()
        try:
            said = assistant.ask(text).text
        except AnswerError as error:
            said = str(error)
        slowest = max(slowest, (time.perf_counter() - started, text[:60]))
        return None if said else "an answer without a word"

    found = drawn(Tally("questions"), _QUESTIONS, effort.of(1500), effort, ask)
    return found, f"slowest answer {slowest[0]:.2f} s: {slowest[1]!r}"


def references(assistant: Assistant, effort: Effort) -> Tally:
    """References to provisions, standing alone and in running text."""
    edition = assistant.index.edition("kz-constitution-2026", "ru")

    def look(text: str) -> str | None:
        alone = parse_reference(text)
        for reference in [*find_references(text), *([alone] if alone else [])]:
            if any(p not in edition for p in resolve(reference, edition)):
                return "a provision of another edition"
        return None

    return drawn(Tally("references"), _QUESTIONS, effort.of(4000), effort, look)


def dates(effort: Effort) -> Tally:
    """Days, written as an option takes them and in running text."""
    digits = st.text("0123456789-./ годжылmarчапт", max_size=20)

    def look(text: str) -> str | None:
        for read in (partial(parse_date, text), partial(time_in, text, "en"), partial(time_in, text, "kk")):
            try:
                read()
            except AnswerError as error:
                if not str(error):
                    return "a refusal without a word"
        return None

    return drawn(Tally("dates"), digits | _QUESTIONS, effort.of(4000), effort, look)


def files(cases: Path | None, effort: Effort) -> Iterator[Tally]:
    """Small files of each kind, damaged anywhere; and those of the folder of cases, each in a process of its own."""
    whole = list(_examples())
    for kind, data in whole:
        if not _provisions(data):
            raise AssertionError(f"the example of {kind} cannot be read undamaged")

    def read(data: bytes) -> str | None:
        _provisions(data)
        return None

    damaged = st.sampled_from([data for _, data in whole]).flatmap(_damaged)
    opened = st.tuples(st.sampled_from([data[:16] for _, data in whole]), st.binary(max_size=300)).map(b"".join)
    yield drawn(Tally("files, damaged"), damaged | opened, effort.of(2500), effort, read)
    if cases and cases.is_dir():
        tally = Tally("files, hostile")
        for path in sorted(p for p in cases.rglob("*") if p.is_file()):
            if not effort.is_over:
                tally.judge(partial(_read_apart, path))
        yield tally


def stored(embedder: Embedder, effort: Effort) -> Tally:
    """Files of ours that something damaged: a document is told as damaged and never lost or read wrong, an index is
    built anew."""
    with TemporaryDirectory() as folder:
        folders = Folders(Path(folder) / "cache", Path(folder) / "data")
        document, text = read_document(RULES.encode(), "rules", detect=detect_language, title="rules")
        save_private(folders, document, text)
        record = folders.documents / f"{document.id}.json"
        indexed = [IndexedDocument(document, ((text.language, text.checksum),))]
        built = build_index(folders.index, indexed, [parse_private(text)], embedder)
        manifest = folders.index / built.fingerprint / "manifest.json"
        kept = {path: path.read_bytes() for path in (record, manifest)}

        def damage(value: tuple[Path, bytes]) -> str | None:
            path, data = value
            path.write_bytes(data)
            try:
                if path == record:
                    return _wrong_document(folders, text.lines)
                return _wrong_index(folders, built, embedder)
            finally:
                path.write_bytes(kept[path])

        values = st.sampled_from(list(kept)).flatmap(lambda path: st.tuples(st.just(path), _damaged(kept[path])))
        return drawn(Tally("files of ours, damaged", "losses"), values, effort.of(600), effort, damage)


def _wrong_document(folders: Folders, lines: Sequence[Line]) -> str | None:
    found = private_documents(folders)
    if len(found.readable) + len(found.damaged) != len(private_ids(folders)):
        return "a document is told neither as whole nor as damaged"
    return "a damaged text was read" if any(text.lines != lines for _, text in found.readable) else None


def _wrong_index(folders: Folders, built: SearchIndex, embedder: Embedder) -> str | None:
    try:
        opened = open_index(folders.index, built.fingerprint, embedder)
    except StaleIndex:
        return None
    return None if opened.provisions == built.provisions else "a damaged index was opened"


def _provisions(data: bytes) -> int:
    """How many provisions come of the bytes, all that an index needs made of them; 0 where they are refused."""
    try:
        _, text = read_document(data, "file", detect=detect_language, title="file")
    except UnreadableFile:
        return 0
    provisions = parse_private(text).provisions
    for row in indexed_texts(provisions):
        row.text.encode("utf-8")
    return len(provisions)


def _read_apart(path: Path) -> str | None:
    try:
        read_apart(path.read_bytes(), path.stem, _BOUNDS)
    except UnreadableFile as error:
        return None if str(error) else f"{path.name} is refused without a word"
    return None


def _damaged(data: bytes) -> st.SearchStrategy[bytes]:
    """The bytes with a run of them overwritten, cut out or doubled, or the end cut off."""
    place, length = st.integers(0, len(data) - 1), st.integers(1, 40)

    def change(at: int, size: int, new: bytes | None) -> bytes:
        run = data[at : at + size]
        return data[:at] if new is None else data[:at] + (new or run + run) + data[at + size :]

    return st.builds(change, place, length, st.none() | st.binary(max_size=20)).filter(lambda other: other != data)


def _examples() -> Iterator[tuple[str, bytes]]:
    yield "text", RULES.encode()
    yield "UTF-16", RULES.encode("utf-16")
    yield "page", b"<html><style>.x{color:#fff}</style><ol><li>Roses stay.<li>Dogs wait.</ol><p class=x>no</p></html>"
    yield "JSON", b'{"text_content": "<h1>Garden</h1><p>Roses stay.</p><p>Dogs wait.</p>"}'
    yield "DOCX", _docx()
    yield "PDF", _pdf()


def _docx() -> bytes:
    """Not packed, so that damage reaches what is in it."""
    document, packed, plain = docx.Document(), io.BytesIO(), io.BytesIO()
    for line in RULES.splitlines():
        document.add_paragraph(line)
    document.save(packed)
    with zipfile.ZipFile(packed) as old, zipfile.ZipFile(plain, "w", zipfile.ZIP_STORED) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
    return plain.getvalue()


def _pdf() -> bytes:
    writer, file, stream = PdfWriter(), io.BytesIO(), DecodedStreamObject()
    page = writer.add_blank_page(612, 792)
    stream.set_data(b"BT /F1 12 Tf 72 700 Td (The gardener keeps the keys and the roses stay.) Tj ET")
    names = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}
    font = DictionaryObject({NameObject(key): NameObject(value) for key, value in names.items()})
    fonts = DictionaryObject({NameObject("/F1"): font})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    page[NameObject("/Contents")] = writer._add_object(stream)
    writer.write(file)
    return file.getvalue()
