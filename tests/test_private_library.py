"""A visitor's own documents: cited by page, apart from everyone else's, within limits, forgotten."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from pypdf import PdfWriter

from corpus import Folders
from page.feedback import keep_feedback
from qa import Assistant
from qa.setup import private_library as limits
from qa.setup.private_library import NotAccepted, PrivateLibrary
from qa.setup.visitors_folder import visitors_folder

_LEASE = (
    b"The tenant of the garden house on Poplar Street pays the rent by the fifth day of each month.\n\n"
    b"The landlord repairs the roof of the garden house at his own cost within two weeks of being told.\n"
)
_ROOF = "Who repairs the roof of the garden house?"


@pytest.fixture
def library(assistant: Assistant, installed_folders: Folders) -> Iterator[PrivateLibrary]:
    held = PrivateLibrary(assistant, installed_folders.index)
    yield held
    held.close()


def test_what_is_added_is_asked_and_what_is_removed_is_not(library: PrivateLibrary) -> None:
    assert library.ask(_ROOF) is None
    steps: list[tuple[int, int]] = []
    held = library.add(_LEASE, "lease.txt", "en", lambda done, total: steps.append((done, total)))
    assert held.paragraphs == 2
    assert steps[-1][0] == steps[-1][1]
    # All but the lease's own few texts, which two embedders read, came from the shared index.
    assert steps[0][1] - steps[0][0] <= 8
    answer = library.ask(_ROOF)
    assert answer
    assert answer.citations[0].quote == _LEASE.decode().split("\n\n")[1].strip()
    assert {c.status for c in answer.citations} == {"private"}
    weather = library.ask("What is the capital of Mongolia?")
    assert weather
    assert weather.doubtful
    assert "not sure that your document answers this" in weather.text
    library.remove(held.document.id)
    assert library.ask(_ROOF) is None


def test_what_ones_documents_do_not_say_is_told_of_them_and_not_of_a_law(library: PrivateLibrary) -> None:
    library.add(_LEASE, "lease.txt", "en")
    for question in ("What does article 18 say?", "Who was the chairman of the Senate?"):
        answer = library.ask(question)
        assert answer
        assert answer.abstained
        assert answer.text == answer.abstained.message == "Your documents do not say this."
    clause = library.ask("clause 9 of my contract")
    assert clause
    assert clause.text == "I find no clause 9 in your documents."


def test_feedback_names_nothing_of_ones_own_documents(library: PrivateLibrary, tmp_path: Path) -> None:
    library.add(_LEASE, "lease.txt", "en")
    answer = library.ask(_ROOF)
    assert answer
    keep_feedback(tmp_path, answer, "helpful", with_question=False)
    assert "lease" not in (tmp_path / "feedback.jsonl").read_text("utf-8")


def test_one_visitors_library_is_not_anothers_nor_the_shared_index(
    library: PrivateLibrary, assistant: Assistant, installed_folders: Folders
) -> None:
    library.add(_LEASE, "lease.txt", "en")
    other = PrivateLibrary(assistant, installed_folders.index)
    try:
        assert other.ask(_ROOF) is None
        assert not any(d.kind == "private" for d in assistant.index.documents.values())
    finally:
        other.close()


def _holding(text: bytes) -> list[Path]:
    files = (path for path in visitors_folder().rglob("*") if path.is_file())
    return [path for path in files if text in path.read_bytes()]


def test_nothing_is_left_on_disk(assistant: Assistant, installed_folders: Folders) -> None:
    before = set(visitors_folder().iterdir())
    library = PrivateLibrary(assistant, installed_folders.index)
    library.add(_LEASE, "lease.txt", "en")
    assert _holding(b"garden house")
    library.close()
    assert set(visitors_folder().iterdir()) == before
    assert not _holding(b"garden house")


def test_what_is_indexed_while_the_visitor_leaves_is_not_kept(assistant: Assistant, installed_folders: Folders) -> None:
    library = PrivateLibrary(assistant, installed_folders.index)
    leaving = threading.Thread(target=library.close)

    def leave(done: int, total: int) -> None:
        if not leaving.ident:
            leaving.start()

    library.add(_LEASE, "lease.txt", "en", leave)
    leaving.join()
    assert not _holding(b"garden house")
    library.add(_LEASE, "lease.txt", "en")
    assert library.ask(_ROOF) is None
    assert not _holding(b"garden house")


def _pages(count: int) -> bytes:
    writer = PdfWriter()
    for _ in range(count):
        writer.add_blank_page(200, 200)
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"x" * (limits.MAX_BYTES + 1), "is larger than 10 MB"),
        (b"", "The file is empty"),
        (b"MZ\x00\x00 a program", "neither PDF, DOCX, HTML nor text"),
        (b"%PDF-1.7 broken", "cannot be read"),
        (_pages(limits.MAX_PAGES + 1), f"has {limits.MAX_PAGES + 1} pages"),
        (_pages(2), "holds no text"),
        (b"word " * (limits.MAX_CHARACTERS // 4), "too much text"),
    ],
    ids=["large", "empty", "program", "broken", "pages", "pictures", "long"],
)
def test_what_is_not_taken_is_told_and_what_was_there_stays(library: PrivateLibrary, data: bytes, told: str) -> None:
    library.add(_LEASE, "lease.txt", "en")
    with pytest.raises(NotAccepted, match=told):
        library.add(data, "other.pdf", "en")
    assert [held.document.titles["en"] for held in library.held] == ["lease.txt"]


def test_the_same_twice_and_one_too_many_are_told(library: PrivateLibrary) -> None:
    library.add(_LEASE, "lease.txt", "ru")
    with pytest.raises(NotAccepted, match="уже добавлен"):
        library.add(_LEASE, "lease.txt", "ru")
    for number in range(limits.MAX_FILES - 1):
        library.add(_LEASE + b"%d" % number, f"{number}.txt", "ru")
    with pytest.raises(NotAccepted, match="Не больше 3"):
        library.add(_LEASE + b"more", "more.txt", "ru")


def test_a_file_that_takes_too_long_is_put_aside(library: PrivateLibrary, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "SECONDS", 0.05)
    with pytest.raises(NotAccepted, match="took longer than 1 seconds"):
        library.add(_LEASE, "lease.txt", "en")
