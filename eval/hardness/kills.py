"""Killing (SIGKILL) what writes: fetching, indexing, adding a document, a visitor's library. What was there before has
to be there afterwards, whole, and the next one has to go through.

Every deed is done in a process forked from one that has imported all it needs, killed after a random time.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from corpus import Folders, load_catalogue, user_folders
from corpus.fetching import fetch_all, mirror_location
from corpus.private import parse_private, read_document
from corpus.store import load_edition, private_documents, save_private
from eval.hardness.entrances import RULES
from eval.hardness.tally import Effort, Tally
from index import IndexedDocument, build_index
from qa import Assistant, open_assistant
from qa.setup.private_library import PrivateLibrary
from qa.setup.visitors_folder import sweep
from qa.understanding.language import detect_language

KILLS = 200  # of all deeds together
_FETCHED = "udhr"  # the shortest of the catalogue's documents
_CHECKED = 5  # after every how many kills the deed is done whole
# For each line "seconds number" on its input it does the deed for the number in a process of its own, kills that after
# so long, and says how it ended.
_SERVER = """
import os, signal, sys, time
from pathlib import Path
from eval.hardness.kills import DEEDS, prepared
deed, ready = DEEDS[sys.argv[1]], prepared(sys.argv[1])
print("ready", flush=True)
for line in sys.stdin:
    seconds, number = line.split()
    if not (pid := os.fork()):
        deed.does(Path(sys.argv[2]), int(number), ready)
        os._exit(0)
    time.sleep(float(seconds))
    os.kill(pid, signal.SIGKILL)
    print(os.waitpid(pid, 0)[1], flush=True)
"""


@dataclass(frozen=True, slots=True)
class Deed:
    """`does` writes wording `number` into the folder; `lost` says what is missing there after so many were begun, ""
    where nothing is. Whole it takes about `seconds`."""

    does: Callable[[Path, int, Assistant | None], None]
    lost: Callable[[Path, int], str]
    seconds: float
    asks: bool = False  # whether an assistant is wanted to do it with


def kills(effort: Effort) -> Iterator[Tally]:
    """A tally a deed; of fetching only where a mirror is named."""
    names = [name for name in DEEDS if name != "fetch" or mirror_location()]
    for at, name in enumerate(names):
        yield _killed(name, effort.of(KILLS) // len(names) + (at < effort.of(KILLS) % len(names)), effort)


def prepared(name: str) -> Assistant | None:
    """The user's own assistant, where the deed needs one; it is only read from."""
    return open_assistant(user_folders()) if DEEDS[name].asks else None


def _killed(name: str, count: int, effort: Effort) -> Tally:
    deed, tally, moments = DEEDS[name], Tally(f"kills, {name}", "losses"), random.Random(effort.number)
    with tempfile.TemporaryDirectory() as folder:
        where = Path(folder)
        environment = os.environ | {"TMPDIR": folder}
        deed.does(where, 0, ready := prepared(name))
        command = [sys.executable, "-c", _SERVER, name, folder]
        with subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
        ) as server:
            assert server.stdin
            assert server.stdout
            server.stdout.readline()
            number = 0
            while tally.tried < count and not effort.is_over and number < 20 * count:
                number += 1
                server.stdin.write(f"{moments.uniform(0, deed.seconds)} {number}\n")
                server.stdin.flush()
                ended = server.stdout.readline()
                if not ended:
                    tally.faults.append(f"kills, {name}: the process that forks ended")
                    break
                if os.WIFSIGNALED(int(ended)) and os.WTERMSIG(int(ended)) == signal.SIGKILL:
                    again = partial(deed.does, where, number, ready) if tally.tried % _CHECKED == 0 else None
                    tally.judge(partial(_lost, deed, where, number, again))
            server.stdin.close()
    return tally


def _lost(deed: Deed, where: Path, number: int, again: Callable[[], None] | None) -> str | None:
    """What the kill lost; where it is to be done `again`, also what is lost after that."""
    lost = deed.lost(where, number)
    if not lost and again:
        again()
        lost = deed.lost(where, number)
    return lost or None


def _folders(where: Path) -> Folders:
    return Folders(where / "cache", where / "data")


def _rules(number: int) -> bytes:
    return RULES.replace("keeps the keys", f"keeps {number} keys").encode()


def _fetch(where: Path, _: int, __: Assistant | None) -> None:
    fetch_all(
        load_catalogue(),
        _folders(where),
        mirror=mirror_location(),
        accept=True,
        refresh=True,
        documents=frozenset({_FETCHED}),
    )


def _fetch_lost(where: Path, _: int) -> str:
    editions = [edition for edition in load_catalogue().editions if edition.document == _FETCHED]
    lost = [edition.language for edition in editions if not load_edition(_folders(where), edition)]
    return f"the text in {', '.join(lost)}" if lost else ""


def _index(where: Path, number: int, ready: Assistant | None) -> None:
    assert ready
    document, text = read_document(_rules(number), "rules", detect=detect_language, title="rules")
    indexed = [IndexedDocument(document, ((text.language, text.checksum),))]
    index = build_index(_folders(where).index, indexed, [parse_private(text)], ready.index.embedder)
    assert index.search("Who keeps the keys?", language="en", documents=[document.id]).hits


def _index_lost(where: Path, _: int) -> str:
    for manifest in _folders(where).index.glob("[!.]*/manifest.json"):
        json.loads(manifest.read_text(encoding="utf-8"))  # what stands in its place is whole
    return ""


def _add(where: Path, number: int, _: Assistant | None) -> None:
    document, text = read_document(_rules(number) * 200, f"rules {number}", detect=detect_language, title="rules")
    save_private(_folders(where), document, text)


def _add_lost(where: Path, number: int) -> str:
    found = private_documents(_folders(where))
    names = {document.id.split("-")[2] for document, _ in found.readable}
    if found.damaged:
        return f"{len(found.damaged)} documents are damaged"
    done = where / "done"
    before = set(done.read_text(encoding="utf-8").split()) if done.exists() else set()
    done.write_text(" ".join(sorted(names)), encoding="utf-8")
    return f"documents {sorted(before - names)}" if before - names else ""


def _library(_: Path, number: int, ready: Assistant | None) -> None:
    assert ready
    library = PrivateLibrary(ready, user_folders().index)
    library.add(_rules(number), "rules.txt", "en")
    assert library.ask("Who keeps the keys?")
    library.close()


def _library_lost(where: Path, _: int) -> str:
    sweep(where)
    left = [path.name for path in where.glob("atazan-visitors-*") if any(path.rglob("*.json"))]
    return f"a visitor's documents lie on in {', '.join(left)}" if left else ""


DEEDS = {
    "fetch": Deed(_fetch, _fetch_lost, 0.3),
    "index": Deed(_index, _index_lost, 0.4, asks=True),
    "add": Deed(_add, _add_lost, 0.08),
    "library": Deed(_library, _library_lost, 1.5, asks=True),
}
