"""What becomes of an index on disk that is damaged, built by several at once, removed while it is open, or whose build
is killed at whatever moment."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from index import Embedder, StaleIndex, build_index, open_embedder, open_index
from tests.gardens import indexed_garden

_KILLS = 100
_LONGEST = 0.4  # seconds that a build may run before it is killed; whole it takes about half of that
_LOOKED_AT = 10  # after every how many kills an index is opened

# For every number of seconds on its input it builds the text's next wording in a process of its own, kills that after
# so long, and says how it ended: what is imported once serves them all.
_BUILDER = """
import os, signal, sys, time
from pathlib import Path
from index import build_index, open_embedder
from tests.gardens import ENGLISH, indexed_garden
for wording, seconds in enumerate(sys.stdin):
    if not (pid := os.fork()):
        garden = indexed_garden(ENGLISH.replace("keeps the keys", f"keeps {wording} keys"))
        build_index(Path(sys.argv[1]), *garden, open_embedder())
        os._exit(0)
    time.sleep(float(seconds))
    os.kill(pid, signal.SIGKILL)
    print(os.waitpid(pid, 0)[1], flush=True)
"""


@pytest.fixture(scope="module")
def embedder() -> Embedder:
    return open_embedder()


def test_a_bit_of_the_manifest_flipped_is_noticed(tmp_path: Path, embedder: Embedder) -> None:
    built = build_index(tmp_path, *indexed_garden(), embedder)
    file = tmp_path / built.fingerprint / "manifest.json"
    whole = file.read_bytes()
    for at in range(0, len(whole), len(whole) // 60):
        flipped = bytearray(whole)
        flipped[at] ^= 1
        file.write_bytes(flipped)
        if whole[at : at + 1].isspace() and bytes(flipped[at : at + 1]).isspace():
            continue  # the same to a reader of JSON
        with pytest.raises(StaleIndex):
            open_index(tmp_path, built.fingerprint, embedder)
    file.write_bytes(whole)
    assert open_index(tmp_path, built.fingerprint, embedder).provisions == built.provisions


def test_what_several_want_at_once_is_built_once(tmp_path: Path, embedder: Embedder) -> None:
    """Whoever waited finds it there: a second building would tell its progress, and put another folder in its place."""
    told: list[int] = []

    def build(_: int) -> str:
        def progress(done: int, _: int) -> None:
            told.append(done)

        return build_index(tmp_path, *indexed_garden(), embedder, on_progress=progress).fingerprint

    with ThreadPoolExecutor(3) as pool:
        names = set(pool.map(build, range(3)))
    assert len(names) == 1
    assert told == sorted(set(told))


def test_what_a_killed_build_left_is_cleared_away(tmp_path: Path, embedder: Embedder) -> None:
    left = tmp_path / ".part-of-a-killed-one"
    left.mkdir()
    (left / "vectors.faiss").write_bytes(b"half")
    build_index(tmp_path, *indexed_garden(), embedder)
    assert not left.exists()


def test_an_open_index_answers_on_when_its_files_are_gone(tmp_path: Path, embedder: Embedder) -> None:
    """As a server's is when another process adds a document."""
    index = build_index(tmp_path, *indexed_garden(), embedder)
    shutil.rmtree(tmp_path / index.fingerprint)
    assert index.search("Who keeps the keys?", language="en", documents=list(index.documents)).hits


def test_the_next_start_answers_after_any_of_a_hundred_kills(tmp_path: Path, embedder: Embedder) -> None:
    delays = random.Random(7)
    killed = 0
    with subprocess.Popen(
        [sys.executable, "-c", _BUILDER, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as builder:
        assert builder.stdin
        assert builder.stdout
        for kill in range(1, _KILLS + 1):
            builder.stdin.write(f"{delays.uniform(0, _LONGEST)}\n")
            builder.stdin.flush()
            killed += os.WIFSIGNALED(int(builder.stdout.readline()))
            for manifest in tmp_path.glob("[!.]*/manifest.json"):
                json.loads(manifest.read_text(encoding="utf-8"))  # what stands in its place is whole
            if kill % _LOOKED_AT == 0:
                index = build_index(tmp_path, *indexed_garden(), embedder)
                assert index.search("Who keeps the keys?", language="en", documents=list(index.documents)).hits
                assert [p.name for p in tmp_path.iterdir() if p.is_dir()] == [index.fingerprint]
        builder.stdin.close()
    assert killed > _KILLS / 4
