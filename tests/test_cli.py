"""The command line as a user runs it: a fresh home, with a mirror, and with neither mirror nor network."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from corpus import Folders
from tests.invented import ENGLISH

# Put on PYTHONPATH, this makes a process that cannot resolve any name: no network, wherever the test runs.
_NO_NETWORK = """
import socket
def _refuse(*_args, **_kwargs):
    raise socket.gaierror(-2, "Name or service not known")
socket.getaddrinfo = _refuse
"""


def _run(
    *arguments: str, cache: Path, mirror: Path | None = None, network: bool = True
) -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("ATAZAN_")}
    environment |= {"ATAZAN_CACHE_DIR": str(cache / "cache"), "ATAZAN_DATA_DIR": str(cache / "data")}
    if mirror:
        environment["ATAZAN_MIRROR"] = str(mirror)
    if not network:
        cache.mkdir(parents=True, exist_ok=True)
        (cache / "sitecustomize.py").write_text(_NO_NETWORK, encoding="utf-8")
        environment["PYTHONPATH"] = str(cache)
    return subprocess.run(
        [sys.executable, "-m", "qa.cli", *arguments], env=environment, capture_output=True, text=True, timeout=600
    )


@pytest.fixture(scope="module")
def home(installed_folders: Folders) -> Path:
    """The home of a user who has everything installed."""
    return installed_folders.cache.parent


def test_ask_prints_the_documented_json(home: Path) -> None:
    done = _run("ask", "Есть ли смертная казнь?", "--json", cache=home)
    assert (done.returncode, done.stderr) == (0, "")
    record = json.loads(done.stdout)
    assert record["citations"][0]["provision"] == "kz-constitution-2026#art_17__para_3"
    assert record["citations"][0]["label"] == "ст. 17 п. 3"
    assert record["abstained"] is None


def test_ask_in_words_and_explained(home: Path) -> None:
    done = _run("ask", "How long can the police hold me without a judge?", "--explain", cache=home)
    assert done.returncode == 0, done.stderr
    assert "Art. 18(2)" in done.stdout
    assert "«Без судебного решения" in done.stdout
    assert "https://adilet.zan.kz/rus/docs/K2600000000" in done.stdout
    assert "[retrieval]" in done.stdout


def test_an_abstention_is_no_failure(home: Path) -> None:
    done = _run("ask", "What is the weather like tomorrow?", cache=home)
    assert done.returncode == 0
    assert "no provision of the Constitution that answers this" in " ".join(done.stdout.split())


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (["ask", ""], "empty"),
        (["ask", "x" * 100_000], "100000"),
        (["ask", "Can I vote?", "--as-of", "2026-13-01"], "YYYY-MM-DD"),
        (["ask", "Can I vote?", "--lang", "fr"], "kk, ru or en"),
        (["ask", "Can I vote?", "--document", "nothing"], "kz-constitution-2026"),
        (["article", "250"], "1 to 96"),
        (["article", "hello"], "not a reference"),
        (["article", "18(99)"], "Art. 18(99) does not exist"),
        (["remove", "nothing"], "no added document"),
    ],
)
def test_bad_usage_gets_one_line_and_status_2(home: Path, arguments: list[str], text: str) -> None:
    done = _run(*arguments, cache=home)
    assert done.returncode == 2
    assert text in done.stderr
    assert done.stderr.count("\n") == 1
    assert done.stdout == ""


def test_an_unknown_option_is_bad_usage(home: Path) -> None:
    done = _run("ask", "--nonsense", cache=home)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        ("18", ["Статья 18.", "1. Каждому", "4. Задержанный"]),
        ("ст. 46 п. 16", ["16) осуществляет помилование;"]),
        ("18-бап", ["Статья 18.", "ресми мәтін, орыс тілінде"]),
    ],
)
def test_article_prints_the_text(home: Path, reference: str, expected: list[str]) -> None:
    done = _run("article", reference, cache=home)
    assert done.returncode == 0, done.stderr
    for text in expected:
        assert text in done.stdout


def test_article_of_the_old_constitution_with_its_notes(home: Path) -> None:
    done = _run("article", "2", "--document", "kz-constitution-1995", "--lang", "en", "--json", cache=home)
    record = json.loads(done.stdout)
    assert record["status"] == "repealed"
    assert record["language"] == "en"
    assert len(record["provisions"]) == 5
    assert all(note["text"].startswith("Footnote") for note in record["notes"])


def test_search_lists_provisions(home: Path) -> None:
    done = _run("search", "смертная казнь", "--limit", "3", "--json", cache=home)
    rows = json.loads(done.stdout)
    assert len(rows) == 3
    assert rows[0]["provision"] == "kz-constitution-2026#art_17__para_3"


def test_doctor_finds_nothing_wrong(home: Path) -> None:
    _run("index", cache=home)
    done = _run("doctor", cache=home)
    assert done.returncode == 0, done.stdout
    assert "weights 1571fc9827503943… as pinned" in done.stdout
    assert "FAIL" not in done.stdout


def test_without_mirror_and_network_one_line_says_what_is_missing(tmp_path: Path) -> None:
    for arguments in (["ask", "Is there a death penalty?"], ["article", "18"], ["search", "law"], ["index"], ["serve"]):
        started = time.monotonic()
        done = _run(*arguments, cache=tmp_path, network=False)
        assert done.returncode == 1, done.stdout
        assert done.stderr.count("\n") == 1
        assert "atazan fetch" in done.stderr
        assert "ATAZAN_MIRROR" in done.stderr
        assert time.monotonic() - started < 15
    russian = _run("ask", "Есть ли смертная казнь?", cache=tmp_path, network=False)
    assert "нет ни одного текста" in russian.stderr
    done = _run("fetch", cache=tmp_path, network=False)
    assert done.returncode == 1
    assert "adilet.zan.kz" in done.stderr
    assert "Traceback" not in done.stderr
    assert "FAIL" in _run("doctor", cache=tmp_path, network=False).stdout


def test_a_private_document_is_added_asked_and_removed_without_network(tmp_path: Path) -> None:
    path = tmp_path / "garden.txt"
    path.write_text(ENGLISH, encoding="utf-8")
    added = _run("add", str(path), cache=tmp_path, network=False)
    assert added.returncode == 0, added.stderr
    identifier = added.stdout.split(" as ")[1].split(" ")[0]
    asked = _run("ask", "May I bring my dog?", "--json", "--document", identifier, cache=tmp_path, network=False)
    record = json.loads(asked.stdout)
    assert record["citations"][0]["provision"] == f"{identifier}#art_2-1"
    assert record["citations"][0]["status"] == "private"
    assert record["citations"][0]["url"] == ""
    unnamed = json.loads(_run("ask", "May I bring my dog?", "--json", cache=tmp_path, network=False).stdout)
    assert unnamed["citations"][0]["document"] == identifier
    elsewhere = json.loads(_run("ask", "Is there a death penalty?", "--json", cache=tmp_path, network=False).stdout)
    assert "is not installed" in elsewhere["abstained"]["message"]
    assert _run("remove", identifier, cache=tmp_path, network=False).returncode == 0


def test_what_cannot_be_added_is_one_line(tmp_path: Path) -> None:
    done = _run("add", str(tmp_path / "none.pdf"), cache=tmp_path, network=False)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1


def test_a_damaged_index_is_told_and_built_again(home: Path, mirror: Path, tmp_path: Path) -> None:
    path = tmp_path / "garden.txt"
    path.write_text(ENGLISH, encoding="utf-8")
    _run("add", str(path), cache=tmp_path, network=False)
    (vectors,) = (tmp_path / "cache" / "index").glob("*/vectors.faiss")
    vectors.write_bytes(vectors.read_bytes()[:-5])
    done = _run("search", "bees", cache=tmp_path, network=False)
    assert done.returncode == 0
    assert "damaged" in done.stderr
    assert "Traceback" not in done.stderr
    assert _run("search", "bees", cache=tmp_path, network=False).stderr == ""


def test_an_edition_out_of_reach_leaves_the_rest_usable(mirror: Path, tmp_path: Path) -> None:
    partial = tmp_path / "mirror"
    partial.mkdir()
    (partial / "udhr.en.html").write_bytes((mirror / "udhr.en.html").read_bytes())
    (partial / "MANIFEST.toml").write_text(
        '[[file]]\npath = "udhr.en.html"\ndocument = "udhr"\nlanguage = "en"\nmedia_type = "text/html"\n',
        encoding="utf-8",
    )
    asked = _run("ask", "Is slavery allowed?", "--document", "udhr", "--json", cache=tmp_path, mirror=partial)
    assert asked.returncode == 0, asked.stderr
    assert json.loads(asked.stdout)["citations"][0]["provision"] == "udhr#art_4"
    told = [line for line in asked.stderr.splitlines() if "could not be fetched" in line]
    assert len(told) == 1
    missing = _run("ask", "Is there a death penalty?", "--json", cache=tmp_path, mirror=partial)
    message = json.loads(missing.stdout)["abstained"]["message"]
    assert "Constitution of the Republic of Kazakhstan (2026) is not installed" in message
    assert "could not be fetched" not in missing.stderr  # once is enough
