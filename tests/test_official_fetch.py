"""Every catalogued text from the stand-ins of the official hosts, as a user fetches it from an empty home."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator

import pytest

from corpus import Folders, load_catalogue
from corpus.fetching import Limits, fetch_all
from corpus.provision import Provision
from corpus.store import installed_editions
from qa.setup.installation import ensure_texts
from qa.setup.installed import Installed, installed
from tests.official_hosts import OfficialHosts, official_hosts
from tests.official_hosts_command import texts_of

CATALOGUE = load_catalogue()
OLD = "old.adilet.zan.kz"


@pytest.fixture(scope="module")
def running(installed_folders: Folders, tmp_path_factory: pytest.TempPathFactory) -> Iterator[OfficialHosts]:
    with official_hosts(CATALOGUE, texts_of(installed_folders), tmp_path_factory.mktemp("hosts")) as started:
        yield started


@pytest.fixture
def hosts(running: OfficialHosts) -> OfficialHosts:
    """All in order."""
    running.down, running.rogue = set(), set()
    return running


def _run(hosts: OfficialHosts, folders: Folders, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("ATAZAN_")} | hosts.environment
    environment |= {"ATAZAN_CACHE_DIR": str(folders.cache), "ATAZAN_DATA_DIR": str(folders.data)}
    return subprocess.run(
        [sys.executable, "-m", "qa.commands.main", *arguments],
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_fetch_installs_every_edition_with_nothing_to_accept(hosts: OfficialHosts, folders: Folders) -> None:
    done = _run(hosts, folders, "fetch")
    assert (done.returncode, done.stderr) == (0, "")
    assert len(done.stdout.splitlines()) == len(CATALOGUE.editions)
    stored = installed_editions(folders, CATALOGUE)
    assert [(e.document, e.language) for e in stored] == [(e.document, e.language) for e in CATALOGUE.editions]
    assert [e.differing for e in stored] == [()] * len(stored)


def test_with_the_old_site_alone_what_it_has_comes_from_it(
    hosts: OfficialHosts, folders: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in hosts.environment.items():
        monkeypatch.setenv(name, value)
    hosts.down = set(CATALOGUE.hosts - {OLD})
    outcomes = fetch_all(CATALOGUE, folders, limits=Limits(pause=0.02))
    for outcome in outcomes:
        has_it = OLD in {source.host for source in outcome.edition.sources}
        assert bool(outcome.stored) == has_it
        if outcome.stored:
            assert outcome.stored.source_url.startswith(f"https://{OLD}/")
        else:
            assert "cannot be reached" in str(outcome.problem)
            assert "\n" not in str(outcome.problem)
    assert sum(bool(outcome.stored) for outcome in outcomes) == 5


def test_with_every_host_down_one_line_says_so_and_the_back_off_is_remembered(
    hosts: OfficialHosts, folders: Folders
) -> None:
    hosts.down = set(CATALOGUE.hosts)
    done = _run(hosts, folders, "fetch")
    assert (done.returncode, done.stdout) == (1, "")
    (line,) = done.stderr.splitlines()
    assert line.startswith("atazan: No official text could be fetched: ")
    for host in CATALOGUE.hosts:
        assert f"{host} cannot be reached" in line
    assert "ATAZAN_MIRROR" in line
    assert installed_editions(folders, CATALOGUE) == ()
    assert (folders.cache / "unreachable").exists()


def test_doctor_tries_every_source(hosts: OfficialHosts, folders: Folders) -> None:
    hosts.down = set(CATALOGUE.hosts - {"www.ohchr.org"})
    hosts.rogue = {"zan.gov.kz"}
    done = _run(hosts, folders, "doctor", "--sources")
    title, *rows = done.stdout.splitlines()
    rows = [row for row in rows if not row.startswith("(")]
    assert len(rows) == sum(len(edition.sources) for edition in CATALOGUE.editions)
    for row in rows:
        assert ("30 of 30" in row or "53 of 53" in row or "31 of 31" in row) == ("www.ohchr.org" in row), row
    assert title.split() == ["text", "source", "reachable", "articles", "agrees", "shape"]
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert "kz-constitution-2026 (ru)" in line
    assert "udhr" not in line


def test_an_official_text_that_is_not_as_known_is_told_with_its_articles(
    hosts: OfficialHosts, folders: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in hosts.environment.items():
        monkeypatch.setenv(name, value)
    hosts.down = set(CATALOGUE.hosts - {OLD})
    key = ("kz-constitution-2026", "ru")
    before = hosts.texts[key]
    law = next(b.text for b in before.blocks if isinstance(b, Provision) and b.eid == "art_5__para_1")
    hosts.change(*key, law, f"{law} Иначе.")
    told: list[str] = []
    state = ensure_texts(folders, reader="ru", notice=told.append)
    assert "ст. 5 " in told[0]
    assert OLD in told[0]
    assert [eid for eid in ("art_5__para_1", "art_6__para_1") if _differs(state, key[0], eid)] == ["art_5__para_1"]
    assert state.changed.newer(key[0]) is None
    hosts.change(*key, law, f"{law} Так.")
    fetch_all(CATALOGUE, folders, refresh=True, documents=frozenset({key[0]}), limits=Limits(pause=0.02))
    newer = installed(folders).changed.newer(key[0])
    assert newer
    assert newer.differing == ("art_5__para_1",)
    hosts.texts[key] = before


def _differs(state: Installed, document: str, eid: str) -> bool:
    """Whether an installed text has the provision otherwise than the catalogue's edition."""
    return any(e.document == document and eid in e.differing for e in state.official)
