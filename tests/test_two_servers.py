"""Two servers behind a proxy: the kill of one loses no request, and documents stay with their session alone."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from corpus import Folders
from tests.reverse_proxy import proxied
from tests.server import free_port
from tests.sessions import Session

_NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
_DEPLOYED = Path(__file__).parent.parent / "deploy" / "nginx.conf"
_QUESTIONS = (
    "Is there a death penalty?",
    "Можно ли иметь второе гражданство?",
    "Президент неше жылға сайланады?",
    "What is the price of bread in Almaty?",
)
_LEASE = "The landlord repairs the roof of the garden house at his own cost within two weeks.\n"
_WHO = "Who repairs the roof of the garden house?"
_FOUND = "at his own cost"
_GONE = "which are not held in this window any more"
_ENDS = 60.0  # seconds that anything may take before a test gives up


class _Server:
    """`atazan serve` in a process of its own, behind a proxy of this machine."""

    def __init__(self, folders: Folders) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._environment = os.environ | {
            "ATAZAN_CACHE_DIR": str(folders.cache),
            "ATAZAN_DATA_DIR": str(folders.data),
        }
        self.start()

    def start(self) -> None:
        options = ["--port", str(self.port), "--per-minute", "0", "--metrics", "127.0.0.1"]
        self._process = subprocess.Popen(
            [sys.executable, "-m", "qa.commands.main", "serve", *options],
            env=self._environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def is_dead(self) -> bool:
        return self._process.poll() is not None

    def is_ready(self) -> bool:
        assert not self.is_dead()
        try:
            return bool(httpx.get(f"{self.url}/healthz").json()["state"] == "ready")
        except httpx.TransportError:
            return False

    def asked(self, kind: str) -> float:
        """How many requests of the kind it has answered."""
        told = httpx.get(f"{self.url}/metrics").text
        counts = re.findall(rf'^atazan_requests_total\{{kind="{kind}".*\}} (.+)$', told, re.MULTILINE)
        return sum(map(float, counts))

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()


def _until(holds: Callable[[], object]) -> None:
    end = time.monotonic() + _ENDS
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.1)


@pytest.fixture(scope="module")
def both(installed_folders: Folders) -> Iterator[tuple[_Server, _Server]]:
    servers = _Server(installed_folders), _Server(installed_folders)
    yield servers
    for server in servers:
        server.kill()


@pytest.fixture
def servers(both: tuple[_Server, _Server]) -> tuple[_Server, _Server]:
    """Both ready, whatever became of one in the test before."""
    for server in both:
        if server.is_dead():
            server.start()
    _until(lambda: all(server.is_ready() for server in both))
    return both


@contextmanager
def _deployed(folder: Path, ports: list[int]) -> Iterator[str]:
    """nginx with `deploy/nginx.conf`, but for the addresses and without TLS."""
    port = free_port()
    config = _DEPLOYED.read_text(encoding="utf-8")
    for known, at in zip((7861, 7862), ports, strict=True):
        config = re.sub(rf"app\d:{known}\b", f"127.0.0.1:{at}", config).replace(f"~:{known}$", f"~:{at}$")
    config = re.sub(r"^ *ssl_\w+ .*;\n", "", config, flags=re.MULTILINE)
    config = config.replace("listen 443 ssl http2;", f"listen 127.0.0.1:{port};")
    config = config.replace("listen 80;", f"listen 127.0.0.1:{free_port()};")
    config = config.replace("error.log crit;", "error.log error;")  # what a failure is to tell
    config = f"pid {folder}/nginx.pid;\n" + config.replace("/var/log/nginx", str(folder))
    (folder / "nginx.conf").write_text(config, encoding="utf-8")
    command = [str(_NGINX), "-p", str(folder), "-e", str(folder / "error.log"), "-c", str(folder / "nginx.conf")]
    process = subprocess.Popen([*command, "-g", "daemon off;"])

    def answers() -> bool:
        assert process.poll() is None, (folder / "error.log").read_text(encoding="utf-8")
        try:
            return httpx.get(f"http://127.0.0.1:{port}/healthz").status_code == 200
        except httpx.TransportError:
            return False

    try:
        _until(answers)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()
        print((folder / "error.log").read_text(encoding="utf-8"))  # pytest shows it where a test fails


@pytest.fixture(params=["proxy of the tests", "deploy/nginx.conf"])
def url(request: pytest.FixtureRequest, servers: tuple[_Server, _Server], tmp_path: Path) -> Iterator[str]:
    ports = [server.port for server in servers]
    if request.param == "proxy of the tests":
        with proxied(ports) as address:
            yield address
    elif _NGINX is None:
        pytest.skip("nginx is not installed (apt-get install nginx-light)")
    else:
        with _deployed(tmp_path, ports) as address:
            yield address


def _ask(url: str, question: str) -> dict[str, Any]:
    asked = httpx.post(f"{url}/gradio_api/run/ask", json={"data": [question]}, timeout=_ENDS)
    (answer,) = asked.raise_for_status().json()["data"]
    return {name: value for name, value in answer.items() if name != "elapsed_ms"}


def test_a_kill_loses_no_request_and_both_answer_alike(servers: tuple[_Server, _Server], url: str) -> None:
    expected = {question: _ask(servers[0].url, question) for question in _QUESTIONS}
    assert {question: _ask(servers[1].url, question) for question in _QUESTIONS} == expected
    with ThreadPoolExecutor(4) as askers:
        asked = [(question, askers.submit(_ask, url, question)) for question in _QUESTIONS * 15]
        _until(lambda: sum(answer.done() for _, answer in asked) >= 12)
        killed = max(servers, key=lambda server: server.asked("ask"))
        killed.kill()
        assert not all(answer.done() for _, answer in asked)
        assert all(answer.result() == expected[question] for question, answer in asked)
    (left,) = (server for server in servers if server is not killed)
    assert left.asked("ask") > len(_QUESTIONS)


def test_documents_stay_with_their_session_and_their_server(servers: tuple[_Server, _Server], url: str) -> None:
    own = {"whose": "own", "language": "en"}
    with Session(url) as mine, Session(url) as another:
        before = {server: server.asked("page") for server in servers}
        assert "is searched from now on" in mine.bring("lease.txt", _LEASE)
        another.bring("other.txt", "The tenant waters the walnut tree in the yard every evening.\n")
        for _ in range(3):
            assert _FOUND in mine.ask(_WHO, **own)
        (its,) = (server for server in servers if server.asked("page") > before[server])
        assert _FOUND not in another.ask(_WHO, **own)
        its.kill()
        told = mine.ask(_WHO, **own)
        assert _GONE in told
        assert _FOUND not in told
        # Added again, they stay where they are now, though the first server is back.
        mine.bring("lease.txt", _LEASE)
        its.start()
        _until(its.is_ready)
        for _ in range(3):
            assert _FOUND in mine.ask(_WHO, **own)
        assert its.asked("page") == 0
