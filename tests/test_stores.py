"""A library is kept and searched alike wherever it lives: on this machine, in Milvus's embedded kind, on a server."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from index.stores import Filters, Found, ProvisionStore, StoredProvision, StoreFailure, open_store
from tests.milvus_servers import Server
from tests.shelves import DIMENSION, EMBEDDER, Interrupted, Volume, large, shelf, volume

_ALL = 1_000  # more than any shelf here holds
_NOWHERE = np.zeros(DIMENSION, dtype=np.float32)
_SERVER = os.environ.get("ATAZAN_STORE", "")  # is tested too, where it is one
_NAMED = ["ATAZAN_STORE"] if _SERVER.startswith(("milvus://", "milvuss://")) else []
_KINDS = ["embedded", "milvus-lite", "milvus-lite server", *_NAMED]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    running = Server(tmp_path_factory.mktemp("server"))
    yield running
    running.kill()


@contextmanager
def _database(server: str, token: str) -> Iterator[str]:
    """The name of a database of a test's own on a server, gone when the test is over."""
    from pymilvus import MilvusClient

    secure = server.startswith("milvuss:")
    client = MilvusClient(f"{'https' if secure else 'http'}://{server.partition('://')[2]}", token=token)
    called = f"atazan_{uuid.uuid4().hex}"
    client.create_database(called)
    yield f"{server.rstrip('/')}/{called}"
    client.use_database(called)
    for collection in client.list_collections():
        client.drop_collection(collection)
    client.drop_database(called)
    client.close()


@pytest.fixture(params=_KINDS)
def name(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The name of an empty store of each kind."""
    if request.param == "embedded":
        yield str(tmp_path / "library")
    elif request.param == "milvus-lite":
        yield f"milvus-lite:{tmp_path / 'library'}"
    elif request.param == "milvus-lite server":
        with _database(request.getfixturevalue("server").name, "") as within:
            yield within
    else:
        with _database(_SERVER, os.environ.get("ATAZAN_STORE_TOKEN", "")) as within:
            yield within


@pytest.fixture
def opened(name: str) -> Iterator[Callable[[], ProvisionStore]]:
    """Opens the store, as often as is wanted."""
    stores: list[ProvisionStore] = []

    def opening() -> ProvisionStore:
        store = open_store(name, create=True)
        assert store is not None
        stores.append(store)
        return store

    yield opening
    for store in stores:
        store.close()


@pytest.fixture
def store(opened: Callable[[], ProvisionStore]) -> ProvisionStore:
    return opened()


@pytest.fixture
def filled(store: ProvisionStore) -> ProvisionStore:
    for each in shelf():
        each.onto(store)
    return store


def _all_provisions(volumes: Sequence[Volume]) -> set[str]:
    return {p.key for each in volumes for p in each.provisions}


def _found(store: ProvisionStore, filters: Filters = Filters()) -> set[str]:  # noqa: B008
    """Keys of all that a search by vector finds."""
    return {hit.provision.key for hit in store.search(_NOWHERE, (), filters=filters, limit=_ALL)}


def _worded(store: ProvisionStore, *terms: str, limit: int = _ALL) -> list[Found]:
    """What the terms find, the best first."""
    hits = [hit for hit in store.search(_NOWHERE, terms, filters=Filters(), limit=limit) if hit.bm25 is not None]
    return sorted(hits, key=lambda hit: -(hit.bm25 or 0.0))


def test_what_was_put_is_there_whole(filled: ProvisionStore) -> None:
    for each in shelf():
        assert filled.act(each.act.id, each.act.language) == each.act
        assert filled.provisions(each.act.id, each.act.language) == each.provisions
        assert filled.provisions(each.act.id, each.act.language, "art_2") == each.provisions[2:4]
        provisions, vectors = filled.rows(each.act.id, each.act.language)
        assert provisions == each.provisions
        assert np.allclose(vectors, each.vectors, atol=5e-4)
    assert list(filled.acts()) == sorted((v.act for v in shelf()), key=lambda act: (act.id, act.language))
    assert (filled.count().acts, filled.count().provisions) == (4, len(_all_provisions(shelf())))
    assert filled.act("garden", "en") is None
    assert filled.provisions("gard", "ru") == ()
    health = filled.health()
    assert filled.embedder() == EMBEDDER
    assert health.version
    assert health.schema


def test_an_empty_store_answers(store: ProvisionStore) -> None:
    assert list(store.acts()) == []
    assert store.act("garden", "ru") is None
    assert store.titled("Закон") == ()
    assert store.provisions("garden", "ru") == ()
    assert store.search(_NOWHERE, ["ru_сад"], filters=Filters(), limit=5) == ()
    assert (store.count().acts, store.fingerprint(), store.embedder()) == (0, "", "")
    assert store.remove("garden") == 0
    store.settle()


def test_putting_again_changes_nothing_and_fewer_provisions_take_the_place_of_more(store: ProvisionStore) -> None:
    first = volume("garden", provisions=12)
    other = volume("meadow", provisions=4)
    for each in (first, first, other):
        each.onto(store)
    assert _found(store) == _all_provisions([first, other])
    fewer = volume("garden", provisions=3, title="Закон о малом саде")
    fewer.onto(store)
    assert store.act("garden", "ru") == fewer.act
    assert store.provisions("garden", "ru") == fewer.provisions
    assert _found(store) == _all_provisions([fewer, other])
    assert _worded(store, first.provisions[11].terms.split()[1]) == []
    assert store.count().provisions == 7


def test_an_act_goes_in_one_language_or_in_all(filled: ProvisionStore) -> None:
    assert filled.remove("garden", "kk") == 10
    assert filled.act("garden", "kk") is None
    assert filled.provisions("garden", "kk") == ()
    assert filled.act("garden", "ru") is not None
    volume("garden", "kk", 10).onto(filled)
    assert filled.remove("garden") == 22
    assert filled.remove("garden") == 0
    assert _found(filled) == _all_provisions([v for v in shelf() if v.act.id != "garden"])
    assert filled.count().acts == 3


def test_an_act_whose_writing_broke_off_is_whole_or_absent(store: ProvisionStore) -> None:
    whole, before = large(), volume("large", provisions=5)
    before.onto(store)
    with pytest.raises(OSError, match="went away"):
        replace(whole, provisions=Interrupted(whole.provisions)).onto(store)  # type: ignore[arg-type]
    assert store.act("large", "ru") in (None, before.act)
    _is_whole_when_put_again(store, whole)


def test_an_act_whose_writer_was_killed_is_whole_or_absent(name: str, opened: Callable[[], ProvisionStore]) -> None:
    command = [sys.executable, "-m", "tests.shelves", name]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == b"half\n"
        writer.kill()
    store = opened()
    assert store.act("large", "ru") is None
    assert list(store.acts()) == []
    _is_whole_when_put_again(store, large())


def _is_whole_when_put_again(store: ProvisionStore, whole: Volume) -> None:
    whole.onto(store)
    assert store.act("large", "ru") == whole.act
    assert store.provisions("large", "ru") == whole.provisions
    assert _found(store) == _all_provisions([whole])


_FILTERS: tuple[tuple[Filters, Callable[[StoredProvision], bool]], ...] = (
    (Filters(), lambda p: True),
    (Filters(acts=("garden",)), lambda p: p.act == "garden"),
    (Filters(acts=("garden", "old", "unknown")), lambda p: p.act in ("garden", "old")),
    (Filters(languages=("kk",)), lambda p: p.language == "kk"),
    (Filters(kinds=("code", "decree")), lambda p: p.kind in ("code", "decree")),
    (Filters(statuses=("in_force",)), lambda p: p.status == "in_force"),
    (Filters(on=2010_12_31), lambda p: p.act == "old"),
    (Filters(on=2011_01_01), lambda p: False),
    (Filters(on=2021_01_01), lambda p: p.act in ("garden", "orchard-code")),
    (
        Filters(("garden", "orchard-code"), ("ru",), ("law",), ("in_force",), 2026_11_23),
        lambda p: p.act == "garden" and p.language == "ru",
    ),
    (Filters(kinds=("treaty",)), lambda p: False),
)


@pytest.mark.parametrize("settled", [False, True])
def test_filters_choose_exactly_what_they_say(filled: ProvisionStore, settled: bool) -> None:
    if settled:
        filled.settle()
    everything = [p for each in shelf() for p in each.provisions]
    terms = " ".join(p.terms for p in everything).split()
    for filters, wanted in _FILTERS:
        expected = {p.key for p in everything if wanted(p)}
        assert _found(filled, filters) == expected
        hits = filled.search(_NOWHERE, terms, filters=filters, limit=_ALL)
        assert {hit.provision.key for hit in hits if hit.bm25 is not None} == expected


def test_a_value_with_quotes_neither_breaks_nor_widens_a_filter(filled: ProvisionStore) -> None:
    names = ['x" or act != "', "x' or 'a' == 'a", "back\\slash\\", 'new\nline\t"\\n"', "%25 _ * |", "ё/Ә«»"]
    for identifier in names:
        assert _found(filled, Filters(acts=(identifier,))) == set()
        assert filled.remove(identifier) == 0
        odd = volume(identifier, provisions=3, title=f"Закон «{identifier}»")
        odd.onto(filled)
        assert _found(filled, Filters(acts=(identifier,))) == _all_provisions([odd])
        assert filled.provisions(identifier, "ru") == odd.provisions
        assert filled.provisions(identifier, "ru", 'art_1" or eid != "') == ()
        assert filled.act(identifier, "ru") == odd.act
        assert filled.titled(odd.act.title) == (odd.act,)
    assert {act.id for act in filled.acts()} == {*names, *(v.act.id for v in shelf())}
    assert [filled.remove(identifier) for identifier in names] == [3] * len(names)
    assert _found(filled) == _all_provisions(shelf())


def test_an_act_is_known_by_its_title_whatever_its_letters(store: ProvisionStore) -> None:
    act = volume("code", title='Кодекс "О садах и тёплых домах"', short="Садовый кодекс", provisions=2)
    for each in (act, volume("code", "kk", 2, title="Бақ туралы кодекс"), volume("other")):
        each.onto(store)
    latin = str.maketrans("оасе", "oace")
    for said in ('кодекс  "О САДАХ и теплых домах"', act.act.title.translate(latin), "садовый КОДЕКС"):
        assert store.titled(said) == (act.act,)
    assert [found.language for found in store.titled("БАҚ туралы  кодекс")] == ["kk"]
    assert store.titled('Кодекс" or title_key != "') == store.titled("") == store.titled("Кодекс") == ()


def test_the_nearest_are_the_nearest_by_inner_product(filled: ProvisionStore) -> None:
    rows = [(p.key, v.vector(p.ordinal)) for v in shelf() for p in v.provisions]
    for asked in (shelf()[0].vector(3), shelf()[2].vector(7) + shelf()[1].vector(2), -shelf()[3].vector(1)):
        scores = sorted(((float(vector @ asked), key) for key, vector in rows), reverse=True)
        for _ in range(2):
            hits = filled.search(asked, (), filters=Filters(), limit=7)
            assert {h.provision.key for h in hits} == {key for _, key in scores[:7]}
            assert all(h.bm25 is None for h in hits)
            found = sorted((h.dense or 0.0 for h in hits), reverse=True)
            assert found == pytest.approx([score for score, _ in scores[:7]], abs=5e-4)
            filled.settle()


def test_terms_find_what_has_them(filled: ProvisionStore) -> None:
    code = shelf()[2]
    common, own = code.provisions[4].terms.split()
    with_common = {p.key for v in shelf() for p in v.provisions if common in p.terms.split()}
    assert {hit.provision.key for hit in _worded(filled, common)} == with_common
    assert len(with_common) > 1
    assert [hit.provision for hit in _worded(filled, own)] == [code.provisions[4]]
    both = _worded(filled, common, "ru_нигде", own)
    assert both[0].provision == code.provisions[4]
    assert {hit.provision.key for hit in both} == with_common
    assert _worded(filled, "ru_нигде", "kk_еш-жерде") == []
    assert _worded(filled, common.replace("ru_", "kk_")) == []
    assert len(_worded(filled, common, limit=1)) == 1


def test_a_provision_found_by_both_is_one_hit(filled: ProvisionStore) -> None:
    garden = shelf()[0]
    hits = filled.search(garden.vector(5), garden.provisions[5].terms.split(), filters=Filters(), limit=4)
    [hit] = [h for h in hits if h.provision == garden.provisions[5]]
    assert hit.dense == pytest.approx(1.0, abs=5e-4)
    assert (hit.bm25 or 0) > 0
    assert len({h.provision.key for h in hits}) == len(hits)


@pytest.mark.parametrize("word", ["что-то", "a_b-c", "x1-2", "113", "статья-113_1"])
def test_a_term_with_marks_inside_is_one_term(store: ProvisionStore, word: str) -> None:
    marked = volume("marked", provisions=2)
    rows = tuple(replace(p, terms=f"ru_{word}" if p.ordinal else word.replace("-", " ru_")) for p in marked.provisions)
    replace(marked, provisions=rows).onto(store)
    assert [hit.provision.ordinal for hit in _worded(store, f"ru_{word}")] == [1]
    assert store.provisions("marked", "ru") == rows


def test_a_long_text_is_kept_whole(store: ProvisionStore) -> None:
    one = volume("long", provisions=1, filling=6_000)
    assert len(one.provisions[0].text.encode()) > 65_535
    one.onto(store)
    assert store.provisions("long", "ru") == one.provisions
    assert [hit.provision for hit in _worded(store, one.provisions[0].terms.split()[0])] == list(one.provisions)


def test_vectors_of_another_embedder_are_refused(filled: ProvisionStore) -> None:
    before = filled.fingerprint()
    with pytest.raises(StoreFailure, match=EMBEDDER) as refused:
        volume("garden", provisions=2).onto(filled, "another")
    assert refused.value.kind == "other_model"
    assert filled.fingerprint() == before
    assert filled.provisions("garden", "ru") == shelf()[0].provisions


def test_the_fingerprint_changes_with_what_can_be_found(opened: Callable[[], ProvisionStore]) -> None:
    store, seen = opened(), set[str]()
    for write in (
        lambda: volume("garden").onto(store),
        lambda: volume("meadow").onto(store),
        lambda: volume("garden", provisions=3).onto(store),
        lambda: store.remove("meadow"),
    ):
        write()
        now = store.fingerprint()
        assert now
        assert now not in seen
        seen.add(now)
        store.search(_NOWHERE, ["ru_сад"], filters=Filters(), limit=3)
        store.settle()
        assert store.fingerprint() == opened().fingerprint() == now


def test_a_store_opened_again_holds_what_it_held(name: str, opened: Callable[[], ProvisionStore]) -> None:
    assert open_store(name) is None
    first = opened()
    shelf()[2].onto(first)
    first.settle()
    volume("meadow").onto(first)
    first.close()
    second = open_store(name)
    assert second is not None
    assert second.name == name
    assert _found(second) == _all_provisions([shelf()[2], volume("meadow")])
    assert second.remove("meadow") == 12
    second.close()


def test_what_another_process_put_is_found(name: str, opened: Callable[[], ProvisionStore]) -> None:
    if name.startswith("milvus-lite:"):
        pytest.skip("the embedded kind is of one process at a time")
    store = opened()
    before = store.fingerprint()
    code = (
        "import sys; from index.stores import open_store; from tests.shelves import volume;"
        "volume('garden').onto(open_store(sys.argv[1], create=True))"
    )
    subprocess.run([sys.executable, "-c", code, name], check=True)
    assert store.fingerprint() != before
    assert store.act("garden", "ru") == volume("garden").act
    assert _found(store) == _all_provisions([volume("garden")])


def test_others_search_while_one_writes(filled: ProvisionStore) -> None:
    garden, done = shelf()[0], threading.Event()
    seen: list[int] = []
    wrong: list[object] = []

    def ask() -> None:
        while not done.is_set():
            try:
                hits = filled.search(
                    garden.vector(3), garden.provisions[3].terms.split(), filters=Filters(acts=("garden",)), limit=3
                )
                best = max(hits, key=lambda hit: hit.dense or 0.0)
                seen.append(len(hits))
                if best.provision != garden.provisions[3] or best.bm25 is None:
                    wrong.append(best)
            except Exception as error:  # noqa: BLE001 - what a thread raises would be lost
                wrong.append(error)

    threads = [threading.Thread(target=ask) for _ in range(2)]
    for thread in threads:
        thread.start()
    try:
        for turn in range(6):
            volume(f"new-{turn % 2}", provisions=10 + turn).onto(filled)
    finally:
        done.set()
        for thread in threads:
            thread.join()
    assert wrong == []
    assert seen
    assert filled.count().acts == 6


def test_every_kind_finds_the_same(filled: ProvisionStore, tmp_path: Path) -> None:
    here = open_store(str(tmp_path / "beside"), create=True)
    assert here is not None
    for each in shelf():
        each.onto(here)
    for each in shelf():
        for ordinal in (1, 4):
            asked = each.vector(ordinal) + 0.1 * shelf()[0].vector(0)
            filters = Filters(languages=(each.act.language,))
            terms = each.provisions[ordinal].terms.split()
            hits, same = (s.search(asked, terms, filters=filters, limit=20) for s in (filled, here))
            assert {h.provision for h in hits} == {h.provision for h in same}
            dense, like = ({h.provision.key: h.dense for h in found if h.dense is not None} for found in (hits, same))
            assert dense == pytest.approx(like, abs=5e-4)
            first, again = (max(found, key=lambda h: h.bm25 or 0.0).provision for found in (hits, same))
            assert first == again == each.provisions[ordinal]
    here.close()
