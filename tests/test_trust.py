"""Whom a text is taken from: the official host, a mirror, or the user who accepts it; and what is remembered of it."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from corpus import Folders, SourceUnavailable, TextChanged
from corpus.fetching import Limits, Outcome, fetch_all
from corpus.fetching.trust import agreement, named_articles, standing
from corpus.identity import Identity, differing, identity_of
from corpus.readers import text_of
from corpus.store import edition_file, installed_editions, load_edition, newer_edition, save_edition
from corpus.text.normalisation import checksum
from qa.commands.fetched import outcome_lines
from qa.setup.installed import Installed, installed
from tests.dressing import Text, changed, old_page, plain_text
from tests.gardens import NEW, OLD, garden_catalogue, garden_texts, identity_of_garden, known_gardens, text_of_garden
from tests.host_faults import answers
from tests.official_hosts import OfficialHosts, official_hosts

LIMITS = Limits(pause=0.01, answer=1.5, whole=2.0, attempts=1)
CATALOGUE = garden_catalogue(languages=("ru",))
(EDITION,) = CATALOGUE.editions
_MANIFEST = '[[file]]\npath = "garden.txt"\ndocument = "garden"\nlanguage = "ru"\nmedia_type = "text/plain"\n'


@pytest.fixture
def hosts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[OfficialHosts]:
    with official_hosts(CATALOGUE, garden_texts(("ru",)), tmp_path / "hosts") as running:
        for name, value in running.environment.items():
            monkeypatch.setenv(name, value)
        yield running


def _fetch(folders: Folders, *, refresh: bool = False, accept: bool = False, mirror: str | None = None) -> Outcome:
    (outcome,) = fetch_all(
        CATALOGUE, folders, limits=LIMITS, refresh=refresh or accept, accept=accept, mirror=mirror, known=known_gardens
    )
    return outcome


def _more_bees(text: Text) -> Text:
    return changed(text, "двенадцати", "пятнадцати")


# The official host


def test_on_an_empty_machine_an_official_text_is_taken_as_it_is(hosts: OfficialHosts, folders: Folders) -> None:
    hosts.change("garden", "ru", "двенадцати", "пятнадцати")
    outcome = _fetch(folders)
    assert outcome.fresh
    assert outcome.problem is None
    assert outcome.stored
    assert outcome.stored.differing == ("art_1__para_2",)
    assert outcome.stored.source_url.startswith(f"https://{OLD}/")
    (line,) = outcome_lines([outcome], CATALOGUE)
    assert "article 1 differ" in line
    state = installed(folders, CATALOGUE)
    assert _differs(state, "garden", "art_1__para_2")
    assert not _differs(state, "garden", "art_1__para_1")
    assert not _differs(state, "another", "art_1__para_2")
    assert state.changed.newer("garden") is None


def test_one_source_with_a_mistake_does_not_outweigh_another(hosts: OfficialHosts, folders: Folders) -> None:
    hosts.faults = {OLD: answers(old_page(_more_bees(text_of_garden("ru"))))}
    outcome = _fetch(folders)
    assert outcome.stored
    assert outcome.stored.source_url.startswith(f"https://{NEW}/")
    assert outcome.stored.differing == ()


def test_a_newer_official_text_waits_to_be_accepted_and_is_remembered(hosts: OfficialHosts, folders: Folders) -> None:
    _fetch(folders)
    hosts.change("garden", "ru", "двенадцати", "пятнадцати")
    outcome = _fetch(folders, refresh=True)
    assert isinstance(outcome.problem, TextChanged)
    assert "article 1" in str(outcome.problem)
    assert "--accept --document garden" in str(outcome.problem)
    (stored,) = installed_editions(folders, CATALOGUE)
    assert "двенадцати" in text_of(list(stored.lines))
    newer = installed(folders, CATALOGUE).changed.newer("garden")
    assert newer
    assert newer.differing == ("art_1__para_2",)
    assert OLD in newer.source_url
    accepted = _fetch(folders, accept=True)
    assert accepted.fresh
    state = installed(folders, CATALOGUE)
    assert state.changed.newer("garden") is None
    assert _differs(state, "garden", "art_1__para_2")
    quiet = _fetch(folders, refresh=True)  # what was accepted is the known text now
    assert (quiet.fresh, quiet.problem) == (False, None)


def test_the_known_text_found_again_clears_what_was_remembered(hosts: OfficialHosts, folders: Folders) -> None:
    _fetch(folders)
    hosts.change("garden", "ru", "двенадцати", "пятнадцати")
    _fetch(folders, refresh=True)
    assert newer_edition(folders, EDITION)
    hosts.change("garden", "ru", "пятнадцати", "двенадцати")
    assert _fetch(folders, refresh=True).problem is None
    assert newer_edition(folders, EDITION) is None


def test_hosts_out_of_reach_change_nothing(hosts: OfficialHosts, folders: Folders) -> None:
    _fetch(folders)
    hosts.change("garden", "ru", "двенадцати", "пятнадцати")
    _fetch(folders, refresh=True)
    hosts.down = set(CATALOGUE.hosts)
    outcome = _fetch(folders, refresh=True)
    assert isinstance(outcome.problem, SourceUnavailable)
    assert outcome.stored
    assert newer_edition(folders, EDITION)


def test_a_part_of_the_text_is_taken_only_when_it_is_accepted(hosts: OfficialHosts, folders: Folders) -> None:
    whole = text_of_garden("ru")
    hosts.texts["garden", "ru"] = Text("garden", "ru", whole.blocks[:-3])
    outcome = _fetch(folders)
    assert outcome.stored is None
    assert "it holds 3 of 4 articles" in str(outcome.problem)
    assert "--accept" in str(outcome.problem)
    assert _fetch(folders, accept=True).fresh


def test_the_first_pages_of_a_text_are_never_taken(hosts: OfficialHosts, folders: Folders) -> None:
    blocks = text_of_garden("ru").blocks
    hosts.texts["garden", "ru"] = Text("garden", "ru", blocks[: len(blocks) // 3])
    outcome = _fetch(folders, accept=True)
    assert outcome.stored is None
    assert "it holds 1 of 4 articles" in str(outcome.problem)
    assert "--accept" not in str(outcome.problem)


def test_another_act_is_not_taken_unasked_even_from_the_official_host(hosts: OfficialHosts, folders: Folders) -> None:
    other = text_of_garden("ru")
    for word in ("член", "ульев", "Председатель", "открывает", "поливает", "Летом", "хранит", "обак", "Устав"):
        other = changed(other, word, "иное")
    hosts.texts["garden", "ru"] = other
    outcome = _fetch(folders)
    assert outcome.stored is None
    assert "another act" in str(outcome.problem)
    assert newer_edition(folders, EDITION) is None
    assert _fetch(folders, accept=True).fresh


@pytest.mark.parametrize(
    ("found", "verdict"),
    [
        (Identity("k", {"a": "1", "b": "2", "c": "3", "d": "4"}, 4), "differs"),
        (Identity("k", {"a": "1", "b": "2", "c": "x", "d": "x"}, 4), "differs"),
        (Identity("k", {"a": "1", "b": "x", "c": "x", "d": "x"}, 5), "another"),
        (Identity("k", {"a": "1", "b": "2", "c": "3"}, 3), "short"),
        (Identity("accepted", {"z": "9"}, 1), "known"),
        (Identity(EDITION.checksum, {"z": "9"}, 1), "known"),
    ],
)
def test_where_a_text_stands(found: Identity, verdict: str) -> None:
    known = {"a": "1", "b": "2", "c": "3", "d": "4"}
    assert standing(found, EDITION, known, "accepted") == verdict


def test_without_recorded_provisions_no_text_is_called_another_act() -> None:
    assert standing(Identity("k", {"a": "1"}, 4), EDITION, {}) == "differs"
    assert agreement(Identity("k", {"a": "1"}, 4), {}) == 0


@pytest.mark.parametrize(
    ("eids", "named"),
    [
        (("art_5__para_2", "art_5__para_3"), "article 5"),
        (("preamble", "art_43", "art_72__para_1__point_2"), "the preamble and articles 43, 72"),
        (tuple(f"art_{n}" for n in range(1, 16)), "articles 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 and 3 more"),
    ],
)
def test_articles_are_named_for_a_sentence(eids: tuple[str, ...], named: str) -> None:
    assert named_articles(eids) == named


def test_a_text_of_an_older_catalogue_is_compared_anew(hosts: OfficialHosts, folders: Folders) -> None:
    stored = _fetch(folders).stored
    assert stored
    path = folders.texts / "garden" / "ru.json"
    record = json.loads(path.read_text(encoding="utf-8"))
    del record["differing"], record["compared_with"]  # as earlier versions wrote it
    path.write_text(json.dumps(record), encoding="utf-8")
    assert load_edition(folders, EDITION) == stored
    save_edition(folders, EDITION, stored)
    edition_file(folders, EDITION, "newer").write_text('{"damaged":', encoding="utf-8")
    assert newer_edition(folders, EDITION) is None


# A mirror


def _mirror(folder: Path, text: Text | None = None) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "garden.txt").write_bytes(plain_text(text or text_of_garden("ru")))
    (folder / "MANIFEST.toml").write_text(_MANIFEST, encoding="utf-8")
    return folder


def test_a_mirrors_copy_agrees_whatever_its_typography(folders: Folders, tmp_path: Path) -> None:
    outcome = _fetch(folders, mirror=str(_mirror(tmp_path / "mirror")))
    assert outcome.fresh
    assert outcome.stored
    assert (outcome.stored.edition, outcome.stored.source_url) == ("2020-01-01", EDITION.sources[0].url)
    assert checksum(text_of(list(outcome.stored.lines))) == outcome.stored.checksum


def test_a_mirrors_other_text_is_not_installed_unasked(folders: Folders, tmp_path: Path) -> None:
    mirror = str(_mirror(tmp_path / "mirror", _more_bees(text_of_garden("ru"))))
    outcome = _fetch(folders, mirror=mirror)
    assert outcome.stored is None
    assert outcome.candidate
    assert "article 1" in str(outcome.problem)
    assert "--accept" in str(outcome.problem)
    accepted = _fetch(folders, mirror=mirror, accept=True)
    assert accepted.stored
    assert accepted.stored.differing == ("art_1__para_2",)


def test_a_mirrors_changed_text_is_no_news_of_the_law(folders: Folders, tmp_path: Path) -> None:
    _fetch(folders, mirror=str(_mirror(tmp_path / "mirror")))
    mirror = str(_mirror(tmp_path / "mirror", _more_bees(text_of_garden("ru"))))
    outcome = _fetch(folders, mirror=mirror, refresh=True)
    assert isinstance(outcome.problem, TextChanged)
    assert newer_edition(folders, EDITION) is None


@pytest.mark.parametrize("manifest", ["not toml [", '[[file]]\npath = "../../etc/passwd"\n', None])
def test_a_mirror_that_is_none(folders: Folders, tmp_path: Path, manifest: str | None) -> None:
    mirror = _mirror(tmp_path / "mirror")
    if manifest is None:
        (mirror / "MANIFEST.toml").unlink()
    else:
        (mirror / "MANIFEST.toml").write_text(manifest, encoding="utf-8")
    assert "mirror" in str(_fetch(folders, mirror=str(mirror)).problem)


def test_a_mirror_cannot_point_outside_itself(folders: Folders, tmp_path: Path) -> None:
    mirror = _mirror(tmp_path / "mirror")
    (mirror / "garden.txt").rename(tmp_path / "garden.txt")
    (mirror / "MANIFEST.toml").write_text(_MANIFEST.replace("garden.txt", "../garden.txt"), encoding="utf-8")
    assert _fetch(folders, mirror=str(mirror)).stored is None


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Quiet."""


@pytest.fixture
def mirror_url(tmp_path: Path) -> Iterator[str]:
    """The mirror's folder at a URL."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(_mirror(tmp_path / "mirror"))))
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def test_a_mirror_at_a_url(folders: Folders, mirror_url: str) -> None:
    assert _fetch(folders, mirror=mirror_url).fresh
    again = _fetch(folders, mirror=mirror_url, refresh=True)
    assert (again.fresh, again.problem) == (False, None)
    assert _fetch(folders, mirror=f"{mirror_url}/nothing", refresh=True).problem


def test_a_manifest_cannot_send_elsewhere(folders: Folders, mirror_url: str, tmp_path: Path) -> None:
    manifest = _MANIFEST.replace("garden.txt", "http://localhost:1/garden.txt")
    (tmp_path / "mirror" / "MANIFEST.toml").write_text(manifest, encoding="utf-8")
    assert "leads to localhost" in str(_fetch(folders, mirror=mirror_url).problem)


def test_the_same_words_are_one_identity_and_others_are_named() -> None:
    known = identity_of_garden("ru")
    other = identity_of(_more_bees(text_of_garden("ru")).blocks)
    assert differing(other, known.provisions) == ("art_1__para_2",)
    assert known.checksum != other.checksum


def _differs(state: Installed, document: str, eid: str) -> bool:
    """Whether an installed text has the provision otherwise than the catalogue's edition."""
    return any(e.document == document and eid in e.differing for e in state.official)
