"""What visitors bring lies where nobody else looks, and is gone with them, with the server, and after a crash."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from corpus import Folders
from qa import Assistant
from qa.setup.visitors_folder import sweep
from tests.server import free_port, served

_TEXT = "The landlord repairs the roof of the garden house at his own cost within two weeks.\n"
_ENDS = 60.0  # seconds that anything may take before a test gives up


@dataclass
class _Serving:
    """`atazan serve` in a process of its own, whose temporary folder is `temporary`."""

    process: subprocess.Popen[bytes]
    url: str
    temporary: Path

    def texts(self) -> list[Path]:
        """Files below the temporary folder that hold what the visitor brought."""
        return _holding_the_text(self.temporary)


def _holding_the_text(folder: Path) -> list[Path]:
    """Files anywhere below `folder` with the visitor's text; what is removed while this looks is not there."""
    found = []
    for parent, _, names in os.walk(folder):  # unlike rglob, it does not fail when a folder goes while it walks
        for path in (Path(parent, name) for name in names):
            with suppress(FileNotFoundError):
                if path.is_file() and b"garden house" in path.read_bytes():
                    found.append(path)
    return found


def _until(holds: Callable[[], object]) -> None:
    end = time.monotonic() + _ENDS
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.1)


@contextmanager
def _serving(folders: Folders, temporary: Path) -> Iterator[_Serving]:
    port = free_port()
    environment = os.environ | {
        "TMPDIR": str(temporary),
        "ATAZAN_CACHE_DIR": str(folders.cache),
        "ATAZAN_DATA_DIR": str(folders.data),
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "qa.commands.main", "serve", "--port", str(port)],
        env=environment,
        stdout=subprocess.DEVNULL,
    )
    serving = _Serving(process, f"http://127.0.0.1:{port}", temporary)

    def answers() -> bool:
        assert process.poll() is None
        try:
            return httpx.get(f"{serving.url}/config").status_code == 200
        except httpx.TransportError:
            return False

    try:
        _until(answers)
        yield serving
    finally:
        process.kill()
        process.wait()


@contextmanager
def _visiting(url: str, session: str) -> Iterator[httpx.Client]:
    """A session that lasts as a browser's does: as long as its stream of heartbeats."""
    with (
        httpx.Client(base_url=f"{url}/gradio_api", timeout=_ENDS) as client,
        client.stream("GET", f"/heartbeat/{session}") as beats,
    ):
        lines = beats.iter_lines()  # which closes the stream when it is let go
        next(lines)
        yield client


def _bring(client: httpx.Client, session: str) -> None:
    """Add a document as the page does, and wait until it is indexed."""
    (path,) = client.post("/upload", files={"files": ("lease.txt", _TEXT.encode(), "text/plain")}).json()
    config = httpx.get(str(client.base_url).replace("/gradio_api/", "/config")).json()
    upload = next(c["id"] for c in config["components"] if c["props"].get("elem_id") == "entrance")
    event = next(d for d in config["dependencies"] if [upload, "upload"] in d["targets"])
    file = {"path": path, "orig_name": "lease.txt", "meta": {"_type": "gradio.FileData"}}
    body = {"fn_index": event["id"], "data": [file, [], None, "en"], "session_hash": session}
    assert client.post("/queue/join", json=body).status_code == 200
    said = ""
    with client.stream("GET", "/queue/data", params={"session_hash": session}) as stream:
        for line in stream.iter_lines():
            said += line
            if line and json.loads(line.removeprefix("data: "))["msg"] == "process_completed":
                break
    assert "is searched from now on" in said


def _goes_away(serving: _Serving, number: int) -> None:
    serving.process.send_signal(number)
    serving.process.wait(_ENDS)


@pytest.fixture
def temporary(tmp_path: Path) -> Path:
    folder = tmp_path / "temporary"
    folder.mkdir()
    return folder


def test_a_visitors_document_is_gone_when_the_browser_has_gone(installed_folders: Folders, temporary: Path) -> None:
    with _serving(installed_folders, temporary) as serving:
        with _visiting(serving.url, "mine") as client:
            _bring(client, "mine")
            assert serving.texts()
            for path in serving.texts():
                assert path.relative_to(temporary).parts[0].startswith("atazan-visitors-")
                assert httpx.get(f"{serving.url}/gradio_api/file={path}").status_code in (403, 404)
            assert [oct(folder.stat().st_mode & 0o777) for folder in temporary.iterdir()] == ["0o700"]
        _until(lambda: not serving.texts())


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP], ids=lambda number: number.name)
def test_all_is_gone_when_the_server_is_told_to_stop(
    installed_folders: Folders, temporary: Path, number: signal.Signals
) -> None:
    with _serving(installed_folders, temporary) as serving, _visiting(serving.url, "mine") as client:
        _bring(client, "mine")
        client.post("/upload", files={"files": ("other.txt", _TEXT.encode(), "text/plain")})
        assert serving.texts()
        _goes_away(serving, number)
        assert list(temporary.iterdir()) == []


def test_what_a_killed_server_left_is_swept_by_the_next_and_what_is_not_its_own_stays(
    installed_folders: Folders, temporary: Path
) -> None:
    with _serving(installed_folders, temporary) as killed, _visiting(killed.url, "mine") as client:
        _bring(client, "mine")
        _goes_away(killed, signal.SIGKILL)
        assert killed.texts()
    others = temporary / "atazan-visitors-file"
    others.write_text("another's", encoding="utf-8")
    kept = temporary / "kept"
    kept.mkdir()
    (kept / "text").write_text("another's", encoding="utf-8")
    (temporary / "atazan-visitors-link").symlink_to(kept)
    with _serving(installed_folders, temporary) as first, _visiting(first.url, "mine") as client:
        assert not first.texts()
        _bring(client, "mine")
        sweep(temporary)  # as another server that starts beside it does
        assert first.texts()
    assert others.is_file()
    assert (kept / "text").is_file()


def test_closing_a_server_in_a_program_forgets_its_visitors(assistant: Assistant, installed_folders: Folders) -> None:
    with served(assistant, installed_folders) as url, _visiting(url, "mine") as client:
        _bring(client, "mine")
    folders = list(Path(tempfile.gettempdir()).glob("atazan-visitors-*"))
    assert not [path for folder in folders for path in _holding_the_text(folder)]
