"""The command line as a user runs it: a fresh home, with a mirror, and with neither mirror nor network."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from corpus import Folders
from index.embedders.e5_weights import WEIGHTS_SHA256
from tests.invented import ENGLISH

# Put on PYTHONPATH, this makes a process that cannot resolve any name: no network, wherever the test runs.
_NO_NETWORK = """
import socket
def _refuse(*_args, **_kwargs):
    raise socket.gaierror(-2, "Name or service not known")
socket.getaddrinfo = _refuse
"""


def _run(
    *arguments: str, cache: Path, mirror: Path | None = None, network: bool = True, first: str = ""
) -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("ATAZAN_")}
    environment |= {"ATAZAN_CACHE_DIR": str(cache / "cache"), "ATAZAN_DATA_DIR": str(cache / "data")}
    if mirror:
        environment["ATAZAN_MIRROR"] = str(mirror)
    if not network:
        cache.mkdir(parents=True, exist_ok=True)
        (cache / "sitecustomize.py").write_text(_NO_NETWORK + first, encoding="utf-8")
        environment["PYTHONPATH"] = str(cache)
    return subprocess.run(
        [sys.executable, "-m", "qa.commands.main", *arguments],
        env=environment,
        capture_output=True,
        text=True,
        timeout=600,
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
        ("18-бап", ["18-бап", "ресми мәтін"]),
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
    assert f"weights {WEIGHTS_SHA256[:16]}… as pinned" in done.stdout
    assert "FAIL" not in done.stdout


@pytest.fixture(scope="module")
def layer_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of a user who has neither mirror nor network, after the first question."""
    fresh = tmp_path_factory.mktemp("layer")
    done = _run("ask", "Is there a death penalty?", cache=fresh, network=False)
    assert done.returncode == 0, done.stderr
    told = [line for line in done.stderr.splitlines() if "plain words alone" in line]
    assert len(told) == 1
    assert "atazan fetch" in told[0]
    assert "ATAZAN_MIRROR" in told[0]
    return fresh


def _with_layer(layer_home: Path, tmp_path: Path) -> Path:
    """A fresh home that need not embed the plain-language layer again."""
    shutil.copytree(layer_home / "cache" / "index", tmp_path / "cache" / "index")
    return tmp_path


@pytest.mark.parametrize(
    ("question", "article", "said"),
    [
        ("How long can the police hold me without a judge?", "18", "The official text is not installed here"),
        ("Сколько депутатов в Курултае?", "53", "Официальный текст здесь не установлен"),
        ("Салық төлеуге міндеттімін бе?", "38", "Ресми мәтін мұнда орнатылмаған"),
    ],
)
def test_without_mirror_and_network_the_layer_answers_and_quotes_nothing(
    layer_home: Path, question: str, article: str, said: str
) -> None:
    record = json.loads(_run("ask", question, "--json", cache=layer_home, network=False).stdout)
    assert record["abstained"] is None
    assert f"#art_{article}" in record["citations"][0]["provision"]
    assert said in record["answer"]
    for citation in record["citations"]:
        assert citation["quote"] is None
        assert citation["plain"] in record["answer"]
        assert citation["language"] == record["language"]
        assert citation["url"].startswith("https://adilet.zan.kz/")
    assert not set('«»“”"') & set(record["answer"])


def test_without_mirror_and_network_an_article_is_read_in_plain_words(layer_home: Path) -> None:
    read = _run("article", "18", "--lang", "kk", cache=layer_home, network=False)
    assert read.returncode == 0, read.stderr
    assert "Ресми мәтін мұнда орнатылмаған" in read.stdout
    assert "18-бап 3-тармақ: " in read.stdout
    assert "https://adilet.zan.kz/kaz/docs/K2600000000" in read.stdout
    assert not set('«»“”"') & set(read.stdout)
    record = json.loads(_run("article", "18(2)", "--json", cache=layer_home, network=False).stdout)
    assert [row["text"] for row in record["provisions"]] == [None, None]
    assert all(row["plain"] for row in record["provisions"])
    assert record["plain_heading"]
    missing = _run("article", "250", cache=layer_home, network=False)
    assert missing.returncode == 2
    assert "from 1 to 96" in missing.stderr


def test_without_mirror_and_network_what_is_missing_is_told(layer_home: Path) -> None:
    other = _run("ask", "What does article 3 of the Universal Declaration say?", cache=layer_home, network=False)
    assert "is not installed on this machine" in " ".join(other.stdout.split())
    old = json.loads(_run("ask", "Is there a Senate?", "--as-of", "2020-01-01", "--json", cache=layer_home).stdout)
    assert "(1995) is not installed" in old["abstained"]["message"]
    done = _run("fetch", cache=layer_home, network=False)
    assert done.returncode == 1
    assert "adilet.zan.kz" in done.stderr
    assert "Traceback" not in done.stderr
    examined = _run("doctor", cache=layer_home, network=False).stdout
    assert "FAIL  text kz-constitution-2026 (ru) is not installed" in examined
    assert "ok    plain words of kz-constitution-2026 (kk, ru, en)" in examined


def test_a_private_document_is_added_asked_and_removed_without_network(layer_home: Path, tmp_path: Path) -> None:
    _with_layer(layer_home, tmp_path)
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
    assert elsewhere["citations"][0]["provision"] == "kz-constitution-2026#art_17__para_3"
    assert elsewhere["citations"][0]["quote"] is None
    assert _run("remove", identifier, cache=tmp_path, network=False).returncode == 0


@pytest.mark.parametrize("data", [b"", b"\x00\x01\x02", b"%PDF-1.4 broken"])
def test_what_cannot_be_added_is_one_line_and_not_kept(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "file.bin").write_bytes(data)
    done = _run("add", str(tmp_path / "file.bin"), cache=tmp_path, network=False)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert not (tmp_path / "data").exists()


def test_a_document_that_cannot_be_indexed_is_not_kept(layer_home: Path, tmp_path: Path) -> None:
    """No room for the index: what was there stays, and the next command answers."""
    _with_layer(layer_home, tmp_path)
    (tmp_path / "garden.txt").write_text(ENGLISH, encoding="utf-8")
    limit = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))\n"
    full = _run("add", str(tmp_path / "garden.txt"), cache=tmp_path, network=False, first=limit)
    assert full.returncode == 1
    assert "cannot be written" in full.stderr
    assert "Traceback" not in full.stderr
    assert not (tmp_path / "data").exists()
    asked = _run("ask", "Is there a death penalty?", cache=tmp_path, network=False)
    assert (asked.returncode, asked.stderr) == (0, "")


def test_a_damaged_document_stops_no_answer(layer_home: Path, tmp_path: Path) -> None:
    _with_layer(layer_home, tmp_path)
    kept = tmp_path / "data" / "documents" / "user-note-1.json"
    kept.parent.mkdir(parents=True)
    kept.write_text("{", encoding="utf-8")
    asked = _run("ask", "Is there a death penalty?", "--json", cache=tmp_path, network=False)
    assert json.loads(asked.stdout)["abstained"] is None
    assert "`atazan remove user-note-1`" in asked.stderr
    assert _run("doctor", cache=tmp_path, network=False).stdout.count("`atazan remove user-note-1`") == 1
    assert _run("remove", "user-note-1", cache=tmp_path, network=False).returncode == 0
    assert _run("ask", "Is there a death penalty?", cache=tmp_path, network=False).stderr == ""


def test_what_a_document_holds_never_commands_the_terminal(layer_home: Path, tmp_path: Path) -> None:
    _with_layer(layer_home, tmp_path)
    named = os.fsencode(tmp_path) + b"/\xff\x1b[31m.txt"
    Path(os.fsdecode(named)).write_bytes(b"The zebra\x1b]0;owned\x07 of the garden eats \xc2\x9b31m red every evening.")
    added = _run("add", os.fsdecode(named), "--title", "A\x1b[2Jb", cache=tmp_path, network=False)
    assert added.returncode == 0, added.stderr
    identifier = added.stdout.split(" as ")[1].split(" ")[0]
    asked = _run("ask", "What does the zebra of the garden eat?", "--document", identifier, cache=tmp_path)
    assert "The zebra of the garden eats" in " ".join(asked.stdout.split())
    missing = _run("add", "no\x1b[31mfile", cache=tmp_path, network=False)
    for done in (added, asked, missing):
        assert not {"\x1b", "\x07", "\x9b"} & set(done.stdout + done.stderr)


@pytest.mark.parametrize("redirected", [">&-", "2>&-", ">&- 2>&-", ">/dev/full"])
def test_a_closed_or_full_output_is_no_traceback(redirected: str, tmp_path: Path) -> None:
    command = f'"{sys.executable}" -m qa.commands.main topics {redirected}'
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, timeout=600, check=False)
    full = "/dev/full" in redirected
    assert done.returncode == int(full)
    assert done.stderr == ("atazan: No space left on device\n" if full else "")


def test_a_damaged_index_is_told_and_built_again(layer_home: Path, tmp_path: Path) -> None:
    _with_layer(layer_home, tmp_path)
    _run("index", cache=tmp_path, network=False)
    (rows,) = (tmp_path / "cache" / "index").glob("*/texts.npz")
    rows.write_bytes(rows.read_bytes()[:-5])
    done = _run("search", "courts", cache=tmp_path, network=False)
    assert done.returncode == 0
    assert "damaged" in done.stderr
    assert "Traceback" not in done.stderr
    assert _run("search", "courts", cache=tmp_path, network=False).stderr == ""


def test_an_edition_out_of_reach_leaves_the_rest_usable(mirror: Path, layer_home: Path, tmp_path: Path) -> None:
    _with_layer(layer_home, tmp_path)
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
    assert json.loads(missing.stdout)["citations"][0]["quote"] is None
    assert "could not be fetched" not in missing.stderr  # once is enough


def test_compare_prints_the_table_and_writes_files_with_no_text_at_hand(tmp_path: Path) -> None:
    found = json.loads(_run("compare", "--kind", "dropped", "--json", cache=tmp_path).stdout)
    assert {pair["kind"] for pair in found} == {"dropped"}
    done = _run("compare", "--out", str(tmp_path / "changes.csv"), cache=tmp_path)
    assert "pairs written" in done.stdout
    assert (tmp_path / "changes.csv").read_text(encoding="utf-8-sig").startswith("old,new,kind")
    refused = _run("compare", "--out", str(tmp_path / "changes.doc"), cache=tmp_path)
    assert refused.returncode == 2
    assert "name it .html or .csv" in refused.stderr


def test_an_argument_that_is_no_text_gets_a_sentence(folders: Folders) -> None:
    command = [sys.executable, "-m", "qa.commands.main", "topic", b"x\xff"]
    found = subprocess.run(command, capture_output=True, check=False)
    assert found.returncode == 2
    assert b"Traceback" not in found.stderr
    assert len(found.stderr.splitlines()) == 1
