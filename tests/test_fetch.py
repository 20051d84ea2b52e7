"""Fetching from a real local server and from a folder: what is taken, refused, retried and remembered."""

from __future__ import annotations

import hashlib
import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from corpus import Folders, SourceUnavailable, TextChanged
from corpus import fetch as fetching
from corpus.catalogue import Catalogue, parse_catalogue
from corpus.fetch import fetch_all, recently_unreachable, remember_unreachable
from corpus.readers import read_plain, text_of
from corpus.store import installed_editions
from tests.invented import ENGLISH

_OTHER = ENGLISH.replace("twelve", "fifteen")


def _catalogue(text: str = ENGLISH) -> Catalogue:
    digest = hashlib.sha256(text_of(read_plain(text.encode())).encode()).hexdigest()
    return parse_catalogue(
        f"""
        [[document]]
        id = "garden"
        kind = "law"
        status = "in_force"
        title = {{ kk = "k", ru = "r", en = "Garden" }}
        short_title = {{ kk = "k", ru = "r", en = "Garden" }}
        page = {{ kk = "k", ru = "r", en = "e" }}
        [[document.edition]]
        language = "en"
        edition = "2020-01-01"
        sha256 = "{digest}"
        source = [{{ url = "https://garden.invalid/statute", media_type = "text/plain" }}]
        """
    )


def _mirror(folder: Path, text: str = ENGLISH) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "garden.txt").write_text(text, encoding="utf-8")
    (folder / "MANIFEST.toml").write_text(
        '[[file]]\npath = "garden.txt"\ndocument = "garden"\nlanguage = "en"\nmedia_type = "text/plain"\n',
        encoding="utf-8",
    )
    return folder


class _Server:
    """Serves a mirror; `plan` lists what the text's path answers, in turn."""

    def __init__(self) -> None:
        self.plan: list[tuple[int, dict[str, str], bytes]] = []
        self.asked: list[str] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outer.asked.append(self.path)
                manifest = _MANIFEST.encode()
                status, headers, body = (
                    (200, {}, manifest) if self.path.endswith("MANIFEST.toml") else outer.plan.pop(0)
                )
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """Quiet."""

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.http.server_address[1]}"
        threading.Thread(target=self.http.serve_forever, daemon=True).start()


_MANIFEST = '[[file]]\npath = "garden.txt"\ndocument = "garden"\nlanguage = "en"\nmedia_type = "text/plain"\n'


@pytest.fixture
def server() -> Iterator[_Server]:
    running = _Server()
    yield running
    running.http.shutdown()
    running.http.server_close()


def test_from_a_folder(folders: Folders, tmp_path: Path) -> None:
    (outcome,) = fetch_all(_catalogue(), folders, mirror=str(_mirror(tmp_path / "mirror")))
    assert outcome.fresh
    (stored,) = installed_editions(folders, _catalogue())
    assert stored.edition == "2020-01-01"
    assert stored.source_url == "https://garden.invalid/statute"
    (again,) = fetch_all(_catalogue(), folders, mirror=str(tmp_path / "mirror"))
    assert not again.fresh


def test_from_a_url_with_retries(folders: Folders, server: _Server) -> None:
    server.plan = [(503, {}, b""), (429, {}, b""), (200, {}, ENGLISH.encode())]
    (outcome,) = fetch_all(_catalogue(), folders, mirror=server.url)
    assert outcome.fresh, outcome.problem
    assert server.asked.count("/garden.txt") == 3


def test_a_missing_page_is_not_asked_for_again(folders: Folders, server: _Server) -> None:
    server.plan = [(404, {}, b"")]
    (outcome,) = fetch_all(_catalogue(), folders, mirror=server.url)
    assert isinstance(outcome.problem, SourceUnavailable)
    assert "404" in str(outcome.problem)


def test_a_redirect_off_the_known_hosts_is_not_followed(folders: Folders, server: _Server) -> None:
    server.plan = [(302, {"location": "http://localhost:1/elsewhere"}, b"")]
    (outcome,) = fetch_all(_catalogue(), folders, mirror=server.url)
    assert "leads to localhost" in str(outcome.problem)
    assert installed_editions(folders, _catalogue()) == ()


def test_a_redirect_within_the_host_is_followed(folders: Folders, server: _Server) -> None:
    server.plan = [(301, {"location": "/other.txt"}, b""), (200, {}, ENGLISH.encode())]
    (outcome,) = fetch_all(_catalogue(), folders, mirror=server.url)
    assert outcome.fresh, outcome.problem


def test_a_text_too_large_is_refused(folders: Folders, server: _Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "MAX_BYTES", 500)
    server.plan = [(200, {}, ENGLISH.encode())]
    (outcome,) = fetch_all(_catalogue(), folders, mirror=server.url)
    assert "larger than" in str(outcome.problem)


def test_a_changed_text_waits_to_be_accepted(folders: Folders, tmp_path: Path) -> None:
    fetch_all(_catalogue(), folders, mirror=str(_mirror(tmp_path / "mirror")))
    _mirror(tmp_path / "mirror", _OTHER)
    (outcome,) = fetch_all(_catalogue(), folders, mirror=str(tmp_path / "mirror"), refresh=True)
    assert isinstance(outcome.problem, TextChanged)
    assert outcome.candidate is not None
    (stored,) = installed_editions(folders, _catalogue())
    assert "twelve" in text_of(list(stored.lines))
    (accepted,) = fetch_all(_catalogue(), folders, mirror=str(tmp_path / "mirror"), refresh=True, accept=True)
    assert accepted.fresh
    (stored,) = installed_editions(folders, _catalogue())
    assert "fifteen" in text_of(list(stored.lines))
    # What was accepted is now the known text: nothing more to ask.
    (quiet,) = fetch_all(_catalogue(), folders, mirror=str(tmp_path / "mirror"), refresh=True)
    assert quiet.problem is None


def test_an_unknown_text_is_not_installed_unasked(folders: Folders, tmp_path: Path) -> None:
    (outcome,) = fetch_all(_catalogue(), folders, mirror=str(_mirror(tmp_path / "mirror", _OTHER)))
    assert "--accept" in str(outcome.problem)
    assert installed_editions(folders, _catalogue()) == ()


@pytest.mark.parametrize("manifest", ["not toml [", '[[file]]\npath = "../../etc/passwd"\n', None])
def test_a_mirror_that_is_none(folders: Folders, tmp_path: Path, manifest: str | None) -> None:
    mirror = _mirror(tmp_path / "mirror")
    if manifest is None:
        (mirror / "MANIFEST.toml").unlink()
    else:
        (mirror / "MANIFEST.toml").write_text(manifest, encoding="utf-8")
    (outcome,) = fetch_all(_catalogue(), folders, mirror=str(mirror))
    assert "mirror" in str(outcome.problem)


def test_a_mirror_cannot_point_outside_itself(folders: Folders, tmp_path: Path) -> None:
    (tmp_path / "garden.txt").write_text(ENGLISH, encoding="utf-8")
    mirror = _mirror(tmp_path / "mirror")
    (mirror / "MANIFEST.toml").write_text(_MANIFEST.replace("garden.txt", "../garden.txt"), encoding="utf-8")
    (outcome,) = fetch_all(_catalogue(), folders, mirror=str(mirror))
    assert outcome.stored is None


def test_a_source_that_never_answers_costs_at_most_five_seconds(folders: Folders) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        started = time.monotonic()
        (outcome,) = fetch_all(_catalogue(), folders, mirror=f"http://127.0.0.1:{silent.getsockname()[1]}")
        assert time.monotonic() - started < 5.5
    assert "did not answer" in str(outcome.problem)


def test_a_manifest_cannot_send_elsewhere(folders: Folders, server: _Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(globals(), "_MANIFEST", _MANIFEST.replace("garden.txt", "http://localhost:1/garden.txt"))
    (outcome,) = fetch_all(_catalogue(), folders, mirror=server.url)
    assert "leads to localhost" in str(outcome.problem)


def test_an_interrupted_write_leaves_the_known_text(folders: Folders, tmp_path: Path) -> None:
    fetch_all(_catalogue(), folders, mirror=str(_mirror(tmp_path / "mirror")))
    path = folders.texts / "garden" / "en.json"
    path.write_bytes(path.read_bytes()[:100])
    assert installed_editions(folders, _catalogue()) == ()
    (outcome,) = fetch_all(_catalogue(), folders, mirror=str(tmp_path / "mirror"))
    assert outcome.fresh


def test_an_implicit_fetch_is_not_tried_again_at_once(folders: Folders) -> None:
    assert not recently_unreachable(folders, None)
    remember_unreachable(folders, None, True)
    assert recently_unreachable(folders, None)
    # Naming a mirror is a new attempt.
    assert not recently_unreachable(folders, "https://mirror.invalid")
    remember_unreachable(folders, None, False)
    assert not recently_unreachable(folders, None)
