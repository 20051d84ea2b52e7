"""A user's own documents, and the difference between editions."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from corpus import CorpusError, Folders, Provision, UnreadableFile, private
from corpus.difference import difference
from corpus.private import parse_private, read_document, read_file
from corpus.store import StoredEdition, private_documents, private_ids, remove_private, save_private
from qa.labels import label_of
from qa.setup.installed import installed
from qa.understanding.language import detect_language
from tests.invented import BY_LANGUAGE, EIDS, ENGLISH


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_a_document_with_articles_is_read_by_articles(folders: Folders, language: str) -> None:
    document, stored = read_document(
        BY_LANGUAGE[language].encode(), "Устав сада", detect=detect_language, title="Устав сада"
    )
    assert document.id.startswith("user-устав-сада-")
    assert stored.language == language
    assert [p.eid for p in parse_private(stored).provisions if not p.excluded] == EIDS
    save_private(folders, document, stored)
    assert private_documents(folders).readable == ((document, stored),)
    assert remove_private(folders, document.id)
    assert not remove_private(folders, document.id)


def test_a_document_without_articles_is_read_by_paragraphs() -> None:
    data = b"<p>Bring your own spade.</p><p>The gate closes at nine.</p>"
    document, stored = read_document(data, "note.html", detect=detect_language, title="Note")
    provisions = parse_private(stored).provisions
    assert [p.eid for p in provisions] == ["par_1", "par_2"]
    assert document.status == "private"


def test_what_is_no_file_or_too_large_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path, tmp_path / "pipe", Path("/dev/zero")):
        with pytest.raises(UnreadableFile) as caught:
            read_file(path)
        assert caught.value.code == "not_a_file"
    with pytest.raises(CorpusError, match="No such file"):
        read_file(tmp_path / "none.txt")
    monkeypatch.setattr(private, "MAX_BYTES", 3)
    (tmp_path / "large.txt").write_bytes(b"four")
    with pytest.raises(UnreadableFile, match="larger than"):
        read_file(tmp_path / "large.txt")
    # The kernel says of its files that they are empty.
    with pytest.raises(UnreadableFile, match="larger than"):
        read_file(Path("/proc/self/status"))


@pytest.mark.parametrize("name", ["\udcff\udcfe", "\x1b[31m\x9b\u202e", "..", "a\nb", ""])
def test_a_name_may_be_anything_and_shows_as_text(folders: Folders, name: str) -> None:
    document, stored = read_document(b"Bring your own spade.", name, detect=detect_language, title=name)
    save_private(folders, document, stored)
    ((kept, _),) = private_documents(folders).readable
    assert kept.titles["en"].isprintable()
    assert kept.id.isprintable()
    assert [path.parent for path in folders.data.rglob("*.json")] == [folders.documents]


_DAMAGES = {
    "nothing": b"",
    "cut off": b'{"id": "user-a-1',
    "no object": b"[]",
    "no fields": b"{}",
    "wrong types": b'{"id": 1, "title": [], "added": {}, "text": null}',
    "nested": b"[" * 100_000,
    "no text": b"\xff\xfe\x00",
    "a surrogate": b'{"id": "\\ud800"}',
}


@pytest.mark.parametrize("damage", [*_DAMAGES, "a line", "a language", "the words", "another's", "a folder"])
def test_a_damaged_document_is_set_aside_and_removed_by_its_id(folders: Folders, damage: str) -> None:
    for text in (b"Bring your own spade.", b"The gate closes at nine."):
        save_private(folders, *read_document(text, "note", detect=detect_language, title="note"))
    first, second = private_ids(folders)
    path = folders.documents / f"{first}.json"
    record = json.loads(path.read_text(encoding="utf-8"))
    if damage in _DAMAGES:
        path.write_bytes(_DAMAGES[damage])
    elif damage == "a folder":
        path.unlink()
        path.mkdir()
    else:
        record["text"] |= {
            "a line": {"lines": [{"text": 5}]},
            "the words": {"lines": [{"text": "The gate never closes."}]},
            "a language": {"language": "xx"},
            "another's": {"document": "udhr"},
        }[damage]
        path.write_text(json.dumps(record), encoding="utf-8")
    found = private_documents(folders)
    assert [document.id for document, _ in found.readable] == [second]
    assert found.damaged == (first,)
    state = installed(folders)
    assert state.set_aside == (first,)
    assert [document.id for document, _ in state.private] == [second]
    if damage != "a folder":
        assert remove_private(folders, first)
        assert private_documents(folders).damaged == ()


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
