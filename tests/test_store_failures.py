"""Whatever befalls a store, it says so in one sentence of its kind, tells no secret, and works again afterwards."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pymilvus import MilvusClient
from pymilvus.exceptions import MilvusException

from index.stores import Filters, ProvisionStore, StoreFailure, open_store
from index.stores.milvus.failures import failure
from index.stores.milvus.schema import ACTS, TOLD, Told, told_row
from tests.authority import Authority
from tests.milvus_servers import Line, Server, behind_a_door, free_port
from tests.shelves import EMBEDDER, Volume, volume

_SECRET = "root:a-token-of-ours"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    running = Server(tmp_path / "server")
    yield running
    running.kill()


@pytest.fixture
def line(server: Server) -> Iterator[Line]:
    laid = Line(server.port)
    yield laid
    laid.answers = None
    laid.close()


def _opened(name: str) -> ProvisionStore:
    store = open_store(name, create=True)
    assert store is not None
    return store


def _fails(kind: str, name: str) -> str:
    """What opening the store says when it fails so."""
    with pytest.raises(StoreFailure) as failed:
        open_store(name, create=True)
    return _one_sentence(failed.value, kind, name)


def _one_sentence(failed: StoreFailure, kind: str, name: str) -> str:
    said = str(failed)
    assert failed.kind == kind, said
    assert name in said
    assert len(said.splitlines()) == 1
    assert said.endswith(".")
    assert not said.endswith("..")
    assert _SECRET not in f"{said} {failed!r}"
    return said


def _finds(store: ProvisionStore) -> bool:
    """Whether a search finds what it should."""
    garden = volume("garden")
    hits = store.search(garden.vector(2), garden.provisions[2].terms.split(), filters=Filters(), limit=5)
    return garden.provisions[2] in {hit.provision for hit in hits if hit.dense and hit.bm25}


def _put_for_ever(volume: Volume, store: ProvisionStore) -> None:
    while True:
        volume.onto(store)


def test_an_engine_that_is_away_says_so() -> None:
    assert "refused" in _fails("away", f"milvus://127.0.0.1:{free_port()}")
    _fails("away", "milvus://nowhere.invalid:19530")


def test_an_engine_killed_between_two_calls_serves_again_when_it_is_back(server: Server) -> None:
    store = _opened(server.name)
    volume("garden").onto(store)
    for settle in (False, True):
        server.kill()
        for ask in (store.count, store.fingerprint, lambda: _finds(store), lambda: volume("meadow").onto(store)):
            with pytest.raises(StoreFailure) as failed:
                ask()
            _one_sentence(failed.value, "away", server.name)
        server.start()
        assert _finds(store)
        assert store.act("garden", "ru") == volume("garden").act
        volume("meadow").onto(store)
        assert store.count().acts == 2
        if settle:
            store.settle()
            assert _finds(store)
    store.close()


def test_an_engine_that_does_not_answer_is_given_up(line: Line) -> None:
    store = _opened(line.name)
    volume("garden").onto(store)
    let_through = threading.Event()

    def late(answer: bytes) -> bytes:
        let_through.wait()
        return answer

    line.answers = late
    with pytest.raises(StoreFailure) as failed:
        _finds(store)
    _one_sentence(failed.value, "slow", line.name)
    _fails("slow", line.name)
    line.answers = None
    let_through.set()
    assert _finds(store)
    store.close()


def test_an_engine_that_answers_by_half_has_not_answered(line: Line) -> None:
    store = _opened(line.name)
    volume("garden").onto(store)
    line.answers = lambda answer: answer[: len(answer) // 2]
    with pytest.raises(StoreFailure) as failed:
        _finds(store)
    _one_sentence(failed.value, "away", line.name)
    line.answers = None
    assert _finds(store)
    store.close()


def test_an_act_whose_engine_was_killed_is_whole_when_put_again(server: Server) -> None:
    store = _opened(server.name)
    before, after = volume("garden", provisions=20), volume("garden", provisions=9)
    before.onto(store)
    killing = threading.Timer(0.01, server.kill)
    killing.start()
    with pytest.raises(StoreFailure):
        _put_for_ever(after, store)
    killing.join()
    server.start()
    # Killed while it was being put, it is not there; before or after that, what was there is whole.
    found = store.act("garden", "ru")
    assert found in (None, before.act, after.act)
    if found:
        assert store.provisions("garden", "ru") == (before if found == before.act else after).provisions
    after.onto(store)
    assert store.provisions("garden", "ru") == after.provisions
    assert (store.count().acts, store.count().provisions) == (1, 9)
    store.close()


def test_a_wrong_token_is_refused_and_told_to_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with behind_a_door(tmp_path, token="another") as port:
        name = f"milvus://127.0.0.1:{port}"
        monkeypatch.setenv("ATAZAN_STORE_TOKEN", _SECRET)
        assert "ATAZAN_STORE_TOKEN" in _fails("refused", name)
        monkeypatch.delenv("ATAZAN_STORE_TOKEN")
        _fails("refused", name)
        monkeypatch.setenv("ATAZAN_STORE_TOKEN", "another")
        store = _opened(name)
        volume("garden").onto(store)
        assert store.name == name
        assert store.count().acts == 1
        store.close()


def test_a_name_holds_no_password() -> None:
    with pytest.raises(StoreFailure) as failed:
        open_store(f"milvus://{_SECRET}@127.0.0.1:1")
    assert failed.value.kind == "bad_name"
    assert _SECRET not in str(failed.value)


@pytest.mark.parametrize(
    "name",
    ["milvus://", "milvus://host:port", "milvus://host:1/a/b", "milvus://host:1?a=b", "milvus-lite:", "ftp://host"],
)
def test_a_name_that_names_nothing(name: str) -> None:
    _fails("bad_name", name)


def test_a_server_that_speaks_tls_is_trusted_by_its_certificate(tmp_path: Path) -> None:
    authority = Authority("Shelves")
    certificates = tmp_path / "certificates"
    certificates.mkdir()
    authority.context(["localhost"], certificates)
    [certificate] = certificates.iterdir()
    with behind_a_door(tmp_path / "library", certificate=certificate) as port:
        name = f"milvuss://localhost:{port}"
        assert "certificate" in _fails("away", name)
        _fails("away", f"milvus://localhost:{port}")
        trusting = {"GRPC_DEFAULT_SSL_ROOTS_FILE_PATH": str(authority.bundle(tmp_path / "roots.pem"))}
        code = (
            "import sys; from tests.shelves import volume; from index.stores import open_store;"
            "store = open_store(sys.argv[1], create=True); volume('garden').onto(store); print(store.count().acts)"
        )
        done = subprocess.run(
            [sys.executable, "-c", code, name], env=os.environ | trusting, capture_output=True, text=True, check=True
        )
        assert (done.stdout, done.stderr) == ("1\n", "")


def test_a_library_of_an_older_release_is_not_misread(server: Server) -> None:
    store = _opened(server.name)
    volume("garden").onto(store)
    store.close()
    client = MilvusClient(f"http://127.0.0.1:{server.port}")
    client.upsert(ACTS, [told_row(Told(0, EMBEDDER, 24, "turn"))])
    assert json.loads(client.query(ACTS, f'key == "{TOLD}"', ["told"])[0]["told"])["schema"] == 0
    client.close()
    with pytest.raises(StoreFailure) as failed:
        open_store(server.name)
    assert "schema 0" in _one_sentence(failed.value, "outdated", server.name)


def test_a_folder_in_use_by_another_process_says_so(tmp_path: Path) -> None:
    store = _opened(f"milvus-lite:{tmp_path}")
    code = "import sys; from index.stores import open_store; open_store(sys.argv[1])"
    done = subprocess.run([sys.executable, "-c", code, store.name], capture_output=True, text=True, check=False)
    assert done.stderr.splitlines()[-1].endswith("is in use by another process; try again.")
    store.close()


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("failed to write: open /data/wal: no space left on device", "full"),
        ("quota exceeded[reason=disk quota exceeded]", "full"),
        ("PrivilegeNotPermitted[permission deny]", "refused"),
        ("unknown field 'turn'", "damaged"),
    ],
)
def test_what_the_engine_answers_is_told_by_its_kind(said: str, kind: str) -> None:
    _one_sentence(failure("milvus://host", MilvusException(65535, said)), kind, "milvus://host")


def test_without_the_client_the_store_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pymilvus", None)
    assert "pip install 'atazan[library]'" in _fails("no_client", "milvus://127.0.0.1:1")


def test_the_client_is_not_imported_before_it_is_needed_and_logs_nothing(tmp_path: Path) -> None:
    code = (
        "import sys; from index.stores import StoreFailure, open_store\n"
        "open_store(sys.argv[1], create=True).close()\n"
        "assert not {'pymilvus', 'milvus_lite', 'pyarrow', 'grpc'} & set(sys.modules)\n"
        "try: open_store(sys.argv[2])\n"
        "except StoreFailure as failed: print(failed.kind)\n"
    )
    command = [sys.executable, "-c", code, str(tmp_path), f"milvus://127.0.0.1:{free_port()}"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("away\n", "")


def test_a_damaged_file_of_a_library_on_this_machine_says_so(tmp_path: Path) -> None:
    folder = tmp_path / "library"
    store = _opened(str(folder))
    volume("garden").onto(store)
    store.close()
    file = folder / "library.sqlite"
    whole = file.read_bytes()
    file.write_bytes(whole[:4096] + b"\xa5" * (len(whole) - 4096))  # past the page that tells the schema
    asked: list[Callable[[ProvisionStore], object]] = [
        lambda store: store.health(),
        lambda store: store.count(),
        lambda store: store.embedder(),
        lambda store: store.fingerprint(),
        lambda store: list(store.acts()),
        lambda store: store.act("garden", "ru"),
        lambda store: store.titled("garden"),
        lambda store: store.provisions("garden", "ru"),
        lambda store: store.rows("garden", "ru"),
        lambda store: store.settle(),
        lambda store: store.search(volume("garden").vector(2), ["x"], filters=Filters(), limit=5),
        lambda store: volume("orchard").onto(store),
    ]
    for ask in asked:
        with pytest.raises(StoreFailure) as failed:
            ask(_opened(str(folder)))
        _one_sentence(failed.value, "damaged", str(folder))
