"""A large library on this machine finds what an exact search finds, whatever happens to it and beside it."""

from __future__ import annotations

import math
import os
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from index.embedders.embedder import FloatArray
from index.stores import Filters, Found, ProvisionStore, StoredProvision, open_store
from tests.shelves import Volume, volume

_ACTS, _ROWS, _WIDTH = 30, 1_000, 96
_IN_FORCE = Filters(statuses=("in_force",), on=2026_01_01)


def _vectors(number: int) -> FloatArray:
    """Vectors around common centres, as texts on the same matters are."""
    centres = np.random.default_rng(0).normal(size=(200, _WIDTH))
    chance = np.random.default_rng(number + 1)
    found = centres[chance.integers(len(centres), size=_ROWS)] + 0.6 * chance.normal(size=(_ROWS, _WIDTH))
    return np.asarray(found / np.linalg.norm(found, axis=1, keepdims=True), dtype=np.float32)


def _volume(number: int, **told: str) -> Volume:
    of_it = {"status": "repealed" if number % 5 == 0 else "in_force", "kind": "code" if number == 7 else "law", **told}
    return replace(volume(f"act-{number}", "kk" if number % 2 else "ru", _ROWS, **of_it), vectors=_vectors(number))


@pytest.fixture(scope="module")
def volumes() -> list[Volume]:
    return [_volume(number) for number in range(_ACTS)]


@pytest.fixture(scope="module")
def built(volumes: list[Volume], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A settled library of all volumes, to be copied."""
    folder = tmp_path_factory.mktemp("built") / "library"
    store = _opened(folder, create=True)
    for each in volumes:
        each.onto(store)
    store.settle()
    store.close()
    return folder


@pytest.fixture
def store(built: Path, tmp_path: Path) -> Iterator[ProvisionStore]:
    shutil.copytree(built, tmp_path / "library")
    found = _opened(tmp_path / "library")
    yield found
    found.close()


def _opened(folder: Path, *, create: bool = False) -> ProvisionStore:
    found = open_store(str(folder), create=create)
    assert found is not None
    return found


def _nearest(store: ProvisionStore, asked: FloatArray, filters: Filters, limit: int = 10) -> list[str]:
    hits = store.search(asked, (), filters=filters, limit=limit)
    return [hit.provision.key for hit in sorted(hits, key=lambda hit: -(hit.dense or 0))]


def _satisfies(provision: StoredProvision, filters: Filters) -> bool:
    chosen = (
        (filters.acts, provision.act),
        (filters.languages, provision.language),
        (filters.kinds, provision.kind),
        (filters.statuses, provision.status),
    )
    on = filters.on
    return all(not wanted or it in wanted for wanted, it in chosen) and (
        on is None or provision.since <= on <= provision.until
    )


def _exactly(volumes: list[Volume], asked: FloatArray, filters: Filters, limit: int = 10) -> list[str]:
    chosen = [each for each in volumes if _satisfies(each.provisions[0], filters)]
    if not chosen:
        return []
    scores = np.concatenate([each.vectors for each in chosen]) @ asked
    keys = [provision.key for each in chosen for provision in each.provisions]
    return [keys[place] for place in np.argsort(-scores, kind="stable")[:limit]]


def _asked(count: int = 40) -> list[FloatArray]:
    chance = np.random.default_rng(99)
    return [_vectors(n % _ACTS)[n] + 0.05 * chance.normal(size=_WIDTH).astype(np.float32) for n in range(count)]


@pytest.mark.parametrize(
    ("filters", "least"),
    [
        (Filters(), 0.97),
        (_IN_FORCE, 0.97),
        (Filters(languages=("kk",)), 0.97),
        (replace(_IN_FORCE, languages=("ru",)), 0.97),
        (Filters(kinds=("code",)), 1.0),
        (Filters(acts=("act-3",)), 1.0),
        (Filters(acts=("act-3", "act-4", "act-5"), languages=("kk",)), 1.0),
        (Filters(acts=("act-5",), statuses=("in_force",)), 1.0),
        (Filters(on=1990_01_01), 1.0),
    ],
)
def test_filters_wide_and_narrow_find_what_exact_search_finds(
    store: ProvisionStore, volumes: list[Volume], filters: Filters, least: float
) -> None:
    shares = []
    for asked in _asked():
        right, found = _exactly(volumes, asked, filters), _nearest(store, asked, filters)
        assert len(found) == len(right)
        shares.append(len(set(found) & set(right)) / max(len(right), 1) if right else 1.0)
    assert np.mean(shares) >= least


def test_words_are_weighed_as_bm25_weighs_them(store: ProvisionStore, volumes: list[Volume]) -> None:
    rows = [(p, Counter(p.terms.split())) for each in volumes for p in each.provisions]
    average = sum(counts.total() for _, counts in rows) / len(rows)
    rare, common = volumes[4].provisions[17].terms.split()[-1], volumes[4].provisions[17].terms.split()[0]
    having = {term: sum(term in counts for _, counts in rows) for term in (rare, common)}
    for filters in (Filters(), _IN_FORCE, Filters(acts=("act-4",))):
        right = {}
        for provision, counts in rows:
            if _satisfies(provision, filters):
                norm = 1.2 * (0.25 + 0.75 * counts.total() / average)
                right[provision.key] = sum(
                    math.log1p((len(rows) - n + 0.5) / (n + 0.5)) * counts[term] * 2.2 / (counts[term] + norm)
                    for term, n in having.items()
                )
        hits = store.search(_asked(1)[0], [common, rare, "ru_nowhere"], filters=filters, limit=5)
        found = sorted((hit.bm25 for hit in hits if hit.bm25 is not None), reverse=True)
        assert found == pytest.approx(sorted(right.values(), reverse=True)[:5], rel=2e-3)
        best = max(hits, key=lambda hit: hit.bm25 or 0).provision
        assert best.key == volumes[4].provisions[17].key


def test_what_was_written_or_removed_since_it_settled_counts_at_once(
    store: ProvisionStore, volumes: list[Volume]
) -> None:
    word = volumes[9].provisions[3].terms.split()[-1]

    def found(asked: FloatArray, term: str) -> tuple[Found, ...]:
        return store.search(asked, [term], filters=Filters(), limit=10)

    asked = volumes[9].vector(3)
    assert max(found(asked, word), key=lambda hit: hit.dense or 0).provision.act == "act-9"
    store.remove("act-9")
    assert all(hit.provision.act != "act-9" for hit in found(asked, word))
    assert store.search(asked, [word], filters=Filters(acts=("act-9",)), limit=10) == ()
    new = _volume(100)
    new.onto(store)
    volumes[9].onto(store)
    for each, place in ((new, 5), (volumes[9], 3)):
        term = each.provisions[place].terms.split()[-1]
        best = max(found(each.vector(place), term), key=lambda hit: hit.dense or 0)
        assert best.provision.key == each.provisions[place].key
        assert best.bm25 is not None
    again = found(volumes[9].vector(3), word)
    assert len({hit.provision.key for hit in again}) == len(again)
    store.remove("act-100")
    assert all(hit.provision.act != "act-100" for hit in found(new.vector(5), new.provisions[5].terms.split()[-1]))


def test_searches_find_the_same_in_every_process_and_thread(store: ProvisionStore) -> None:
    from concurrent.futures import ThreadPoolExecutor

    other = _opened(Path(store.name))
    with ThreadPoolExecutor(8) as threads:
        for filters in (Filters(), _IN_FORCE):
            right = [_nearest(store, asked, filters) for asked in _asked()]
            assert list(threads.map(lambda asked, f=filters: _nearest(other, asked, f), _asked())) == right  # type: ignore[misc]
    other.close()


@pytest.mark.parametrize("name", ["vectors.faiss", "places.npy", "ids.npy", "manifest.json", ""])
def test_damaged_files_are_made_again(store: ProvisionStore, name: str) -> None:
    right = [_nearest(store, asked, _IN_FORCE) for asked in _asked(5)]
    store.close()
    (settled,) = Path(store.name).glob("settled-*")
    if not name:
        shutil.rmtree(settled)
    elif name == "manifest.json":
        (settled / name).write_text("{", encoding="utf-8")
    else:
        os.truncate(settled / name, (settled / name).stat().st_size // 2)
    again = _opened(Path(store.name))
    assert [_nearest(again, asked, _IN_FORCE) for asked in _asked(5)] == right
    again.close()
    (made,) = Path(store.name).glob("settled-*")
    assert (made / "vectors.faiss").stat().st_size > 0


def test_a_settling_that_is_killed_leaves_what_was_there(store: ProvisionStore) -> None:
    right = [_nearest(store, asked, Filters()) for asked in _asked(5)]
    folder = Path(store.name)
    (before,) = folder.glob("settled-*")
    for number in range(100, 103):
        _volume(number).onto(store)
    code = "import sys; from index.stores import open_store; open_store(sys.argv[1]).settle()"
    settling = subprocess.Popen([sys.executable, "-c", code, store.name])
    deadline = time.monotonic() + 30
    while not list(folder.glob(".making-*/*")) and settling.poll() is None and time.monotonic() < deadline:
        time.sleep(0.002)
    settling.send_signal(signal.SIGKILL)
    assert settling.wait() == -signal.SIGKILL
    assert list(folder.glob("settled-*")) == [before]
    assert list(folder.glob(".making-*"))
    for number in range(100, 103):
        store.remove(f"act-{number}")
    assert [_nearest(store, asked, Filters()) for asked in _asked(5)] == right
    for number in range(100, 103):
        _volume(number).onto(store)
    store.settle()
    assert list(folder.glob(".making-*")) == []
    assert list(folder.glob("settled-*")) != [before]
    asked = _volume(101)
    assert _nearest(store, asked.vector(3), Filters(), 1) == [asked.provisions[3].key]


_READER = """
import sys, numpy as np
from index.stores import Filters, open_store
store, asked = open_store(sys.argv[1]), np.load(sys.argv[2])
print("reading", flush=True)
for _ in range(150):
    for vector in asked:
        hits = store.search(vector, (), filters=Filters(acts=("act-1", "act-3")), limit=5)
        print(sorted(hit.provision.key for hit in hits))
"""


def test_another_process_reads_while_one_writes_and_settles(
    store: ProvisionStore, volumes: list[Volume], tmp_path: Path
) -> None:
    asked = _asked(2)
    np.save(tmp_path / "asked.npy", np.stack(asked))
    right = [str(sorted(_exactly(volumes, each, Filters(acts=("act-1", "act-3")), 5))) for each in asked]
    command = [sys.executable, "-c", _READER, store.name, str(tmp_path / "asked.npy")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as reader:
        assert reader.stdout is not None
        assert reader.stdout.readline() == "reading\n"
        for number in range(100, 104):
            _volume(number).onto(store)
            store.remove(f"act-{number - 1}")
        _volume(104).onto(store)
        store.settle()
        assert set(reader.stdout.read().splitlines()) == set(right)
    assert reader.returncode == 0
