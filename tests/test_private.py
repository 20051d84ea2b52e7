"""A user's own documents, and the difference between editions."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus import CorpusError, Folders, Provision
from corpus.difference import difference
from corpus.private import add_document, parse_private, read_document
from corpus.store import StoredEdition, private_documents, remove_private
from qa.labels import label_of
from qa.understanding.language import detect_language
from tests.invented import BY_LANGUAGE, EIDS, ENGLISH


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_a_document_with_articles_is_read_by_articles(folders: Folders, tmp_path: Path, language: str) -> None:
    path = tmp_path / "Устав сада.txt"
    path.write_text(BY_LANGUAGE[language], encoding="utf-8")
    document, stored = add_document(folders, path, detect=detect_language)
    assert document.id.startswith("user-устав-сада-")
    assert stored.language == language
    assert [p.eid for p in parse_private(stored).provisions if not p.excluded] == EIDS
    assert [d.id for d, _ in private_documents(folders)] == [document.id]
    assert remove_private(folders, document.id)
    assert not remove_private(folders, document.id)


def test_a_document_without_articles_is_read_by_paragraphs() -> None:
    data = b"<p>Bring your own spade.</p><p>The gate closes at nine.</p>"
    document, stored = read_document(data, "note.html", detect=detect_language, title="Note")
    provisions = parse_private(stored).provisions
    assert [p.eid for p in provisions] == ["par_1", "par_2"]
    assert document.status == "private"


@pytest.mark.parametrize("data", [b"", b"\x00\x01\x02", b"%PDF-1.4 broken"])
def test_what_cannot_be_added_says_why(folders: Folders, tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "file.bin"
    path.write_bytes(data)
    with pytest.raises(CorpusError, match=r"\.$"):
        add_document(folders, path, detect=detect_language)
    assert list(private_documents(folders)) == []


def test_a_missing_file_says_so(folders: Folders, tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="No such file"):
        add_document(folders, tmp_path / "none.txt", detect=detect_language)


def test_ids_cannot_leave_the_folder(folders: Folders, tmp_path: Path) -> None:
    (tmp_path / "precious.json").write_text("{}", encoding="utf-8")
    assert not remove_private(folders, "../../precious")
    assert (tmp_path / "precious.json").exists()


def _stored(text: str) -> StoredEdition:
    return read_document(text.encode(), "x", detect=detect_language, title="x")[1]


def test_the_difference_is_told_article_by_article() -> None:
    new = ENGLISH.replace("twelve", "fifteen").replace("Article 2-1\nDogs are not admitted.\n", "Article 4\nNew.\n")
    changes = {c.article: (c.kind, c.lines) for c in difference(_stored(ENGLISH).parsed(), _stored(new).parsed())}
    assert {article: kind for article, (kind, _) in changes.items()} == {
        "art_1": "changed",
        "art_4": "added",
        "art_2-1": "removed",
    }
    assert any(line.startswith("-") and "twelve" in line for line in changes["art_1"][1])
    assert any(line.startswith("+") and "fifteen" in line for line in changes["art_1"][1])
    assert list(difference(_stored(ENGLISH).parsed(), _stored(ENGLISH).parsed())) == []


def test_a_paragraph_is_cited_by_its_page() -> None:
    provision = Provision("user-note", "par_1", "en", "Bring a spade.", page=3)
    assert [label_of(provision, language) for language in ("en", "ru", "kk")] == [
        "p. 3, para. 1",
        "с. 3, абз. 1",
        "3-бет, 1-абзац",
    ]


def test_a_clause_in_red_is_a_clause() -> None:
    """Only the official site marks its editors' notes by colour."""
    rent = "<p>Article 1. Rent</p><p><font color='red'>1. Rent is paid monthly.</font></p>"
    html = f"{rent}<p>Article 2. Term</p><p>A year.</p>"
    _, stored = read_document(html.encode(), "lease", detect=lambda _: "en", title="lease")
    assert "1. Rent is paid monthly." in [p.text for p in parse_private(stored).provisions]
