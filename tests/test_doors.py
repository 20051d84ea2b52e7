"""The doors of a real server: whom it answers, whom it believes, how much it takes, who is let in."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest
from gradio_client import Client
from gradio_client.exceptions import AppError
from mcp import ClientSession
from mcp.client.streamable_http import streamablehttp_client

from corpus import Folders
from page.doors import BadAccounts, BadHost, BadProxy, Doors, read_accounts, token_of
from page.doors.bodies import MOST_BYTES
from page.doors.logins import Attempts
from page.doors.proxies import visitor
from qa import Assistant
from qa.setup.settings import BadSettings, language_models, reachable_by
from tests.server import served

_ASK = "/gradio_api/call/ask"
_MCP = "/gradio_api/mcp/"
_INITIALIZE = {
    "jsonrpc": "2.0",
    "id": 1,
    "method": "initialize",
    "params": {"protocolVersion": "2025-03-26", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}},
}
_SPEAKS_MCP = {"accept": "application/json, text/event-stream"}
_ACCOUNTS = (("aigul", "қауіпсіз:pass"), ("bolat", "another"))


@pytest.fixture(scope="module")
def url(assistant: Assistant, installed_folders: Folders) -> Iterator[str]:
    doors = Doors(allowed_hosts=("law.example.org", "*.inner.example"))
    with served(assistant, installed_folders, doors) as address:
        yield address


def _port(url: str) -> int:
    return int(url.rsplit(":", 1)[1])


# Names


@pytest.mark.parametrize("path", ["/", "/config", _MCP, "/gradio_api/info"])
def test_a_name_that_is_not_ours_is_not_answered_to(url: str, path: str) -> None:
    for name in ("evil.example", f"evil.example:{_port(url)}", "192.0.2.1", "localhost.evil.example", "[::2]", ""):
        response = httpx.get(f"{url}{path}", headers={"host": name})
        assert response.status_code == 400
        assert "--allow-host" in response.json()["error"]


@pytest.mark.parametrize(
    "name",
    ["localhost", "127.0.0.1", "[::1]", "LOCALHOST.", "Law.Example.Org:443", "a.inner.example"],
)
def test_the_names_bound_and_allowed_are_answered_to(url: str, name: str) -> None:
    assert httpx.get(f"{url}/config", headers={"host": name}).status_code == 200


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "http://127.0.0.1:1", "https://localhost.evil.example"]
)
def test_a_page_of_another_origin_gets_nothing(url: str, origin: str) -> None:
    asked = httpx.post(f"{url}{_ASK}", json={"data": ["Who elects?"]}, headers={"origin": origin})
    spoken = httpx.post(f"{url}{_MCP}", json=_INITIALIZE, headers={"origin": origin, **_SPEAKS_MCP})
    may = {"origin": origin, "access-control-request-method": "POST"}
    for response in (asked, spoken, httpx.options(f"{url}{_ASK}", headers=may)):
        assert response.status_code == 403
        assert not [name for name in response.headers if name.startswith("access-control-allow-")]


def test_a_rebound_name_with_its_own_origin_gets_nothing(url: str) -> None:
    evil = f"evil.example:{_port(url)}"
    headers = {"host": evil, "origin": f"http://{evil}"}
    for response in (
        httpx.get(f"{url}/config", headers=headers),
        httpx.post(f"{url}{_MCP}", json=_INITIALIZE, headers=headers | _SPEAKS_MCP),
    ):
        assert response.status_code == 400
        assert "access-control-allow-origin" not in response.headers


def test_our_own_page_is_served_and_needs_no_permission(url: str) -> None:
    own = httpx.post(f"{url}{_ASK}", json={"data": ["Who elects the President?"]}, headers={"origin": url})
    assert own.status_code == 200
    assert "access-control-allow-origin" not in own.headers
    # A proxy that speaks to us by an address of its own, for a page under a name that is allowed.
    behind = httpx.get(f"{url}/config", headers={"origin": "https://law.example.org"})
    assert behind.status_code == 200


def test_on_all_addresses_any_address_is_answered_to_but_no_name(
    assistant: Assistant, installed_folders: Folders
) -> None:
    with served(assistant, installed_folders, Doors("0.0.0.0")) as address:
        for name, status in (("192.0.2.7", 200), ("[2001:db8::7]:80", 200), ("localhost", 200), ("evil.example", 400)):
            assert httpx.get(f"{address}/config", headers={"host": name}).status_code == status
        assert httpx.get(f"{address}/config", headers={"host": socket.gethostname()}).status_code == 200


# Proxies


def _asks_until_refused(url: str, most: int, forwarded: str) -> int:
    """How often one may look up before being told to wait, naming another address each time."""
    for done in range(most):
        headers = {"x-forwarded-for": forwarded.format(done % 250 + 1)}
        response = httpx.post(f"{url}/gradio_api/run/topics", json={"data": ["en"]}, headers=headers)
        if response.status_code == 429:
            assert "more than 3 questions" in response.json()["error"]
            return done
    return most


@pytest.mark.parametrize(
    ("trusted", "forwarded", "asked"),
    [
        ((), "192.0.2.{}", 3),
        (("10.0.0.0/8",), "192.0.2.{}", 3),
        (("127.0.0.0/8",), "192.0.2.{}", 8),
        # What the proxy itself saw is its last word; what stands before that anybody can have written.
        (("127.0.0.1",), "192.0.2.{}, 198.51.100.9", 3),
        (("127.0.0.1",), "2001:db8:0:1::{}", 3),
    ],
)
def test_forwarded_addresses_are_believed_from_trusted_proxies_alone(
    assistant: Assistant, installed_folders: Folders, trusted: tuple[str, ...], forwarded: str, asked: int
) -> None:
    with served(assistant, installed_folders, Doors(trusted_proxies=trusted), per_minute=3) as address:
        assert _asks_until_refused(address, 8, forwarded) == asked


def test_where_the_server_stands_is_told_by_no_stranger(url: str) -> None:
    told = {"x-forwarded-host": "evil.example", "x-forwarded-proto": "https", "x-gradio-server": "http://evil.example"}
    assert "evil.example" not in httpx.get(f"{url}/config", headers=told).text
    assert "evil.example" not in httpx.get(f"{url}{_MCP}", headers=told).text


def test_what_is_no_name_or_address_is_told() -> None:
    for name in ("http://law.example.org", "law.example.org:80", "a b", "*", ""):
        with pytest.raises(BadHost):
            Doors(allowed_hosts=(name,))
    for address in ("proxy", "10.0.0.0/33", ""):
        with pytest.raises(BadProxy):
            Doors(trusted_proxies=(address,))


def test_an_ipv6_visitor_is_counted_by_the_network() -> None:
    assert visitor("2001:db8::1") == visitor("2001:db8::ffff:1") != visitor("2001:db8:0:1::1")
    assert visitor("::ffff:192.0.2.1") == visitor("192.0.2.1")


# Bodies


def test_a_body_over_the_limit_is_refused_before_it_is_read(url: str) -> None:
    for path in ("/gradio_api/upload", "/gradio_api/queue/join", _ASK, _MCP, "/login"):
        with socket.create_connection(("127.0.0.1", _port(url)), timeout=10) as connection:
            head = f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: {200 * 2**20}\r\n\r\n"
            connection.sendall(head.encode())  # and nothing of the body
            assert connection.recv(4096).startswith(b"HTTP/1.1 413 ")


@pytest.mark.parametrize(
    ("path", "kind"), [("/gradio_api/upload", "multipart/form-data; boundary=x"), (_ASK, "application/json")]
)
def test_a_body_without_a_length_is_stopped_at_the_limit(url: str, path: str, kind: str) -> None:
    head = f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: {kind}\r\nTransfer-Encoding: chunked\r\n\r\n"
    form = b'--x\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\n\r\n'
    with socket.create_connection(("127.0.0.1", _port(url)), timeout=30) as connection:
        connection.sendall(head.encode() + b"%x\r\n%s\r\n" % (len(form), form))
        for _ in range(MOST_BYTES // 2**20):  # over the limit by the form alone, and with no end
            connection.sendall(b"%x\r\n%s\r\n" % (2**20, b"a" * 2**20))
        assert connection.recv(4096).startswith(b"HTTP/1.1 413 ")


def test_two_hundred_megabytes_take_no_memory(url: str) -> None:
    sent = 0

    def chunks() -> Iterator[bytes]:
        nonlocal sent
        for _ in range(200):
            sent += 1
            yield b"a" * 2**20

    process = psutil.Process()
    before = process.memory_info().rss
    # The connection is closed while the client still writes.
    with contextlib.suppress(httpx.TransportError):
        assert httpx.post(f"{url}{_ASK}", content=chunks(), timeout=30).status_code == 413
    assert sent < 60  # what was under way lay in the buffers of the network
    assert process.memory_info().rss - before < 100 * 2**20


def test_a_document_of_the_greatest_size_is_taken(url: str) -> None:
    file = {"files": ("a.txt", b"a" * (MOST_BYTES - 2**20), "text/plain")}
    assert httpx.post(f"{url}/gradio_api/upload", files=file).status_code == 200


# The rate limit


def test_uploads_count_by_their_bytes(assistant: Assistant, installed_folders: Folders) -> None:
    with served(assistant, installed_folders, per_minute=5) as address:

        def upload(megabytes: float) -> int:
            file = {"files": ("a.txt", b"a" * int(megabytes * 2**20), "text/plain")}
            return httpx.post(f"{address}/gradio_api/upload", files=file).status_code

        assert [upload(0.1), upload(2.9), upload(2.9)] == [200, 200, 429]
        # What was refused has used up the minute: the megabytes that had come were read.
        asked = httpx.post(f"{address}/gradio_api/run/topics", json={"data": []})
        assert (asked.status_code, "more than 5 questions" in asked.json()["error"]) == (429, True)
        assert httpx.get(f"{address}/config").status_code == 200


# Arguments


def test_broken_characters_are_a_sentence_and_a_status(url: str) -> None:
    body = b'{"data": ["Who elects?", "\\ud800"]}'
    for how in ("call", "run", "api"):
        response = httpx.post(f"{url}/gradio_api/{how}/ask", content=body)
        told = "`language` holds broken characters; give it as plain text."
        assert (response.status_code, response.json()) == (422, {"error": told})


@pytest.mark.parametrize(
    ("tool", "body", "told"),
    [
        ("ask", {"data": []}, "ask needs `question`."),
        ("ask", {"data": [None]}, "ask needs `question`."),
        ("ask", {"data": [18]}, "`question` is text, not 18."),
        ("ask", {"data": ["Who elects?", "", "", "", "yes"]}, '`written` is true or false, not "yes".'),
        (
            "ask",
            {"data": ["a"] * 10},
            "ask takes question, language, as_of, document, written, where, act, kind, text_language; 10 arguments were"
            " given.",
        ),
        ("search", {"data": ["pardon", "", "ten"]}, '`limit` is a whole number, not "ten".'),
        ("search", {"data": ["pardon", "", True]}, "`limit` is a whole number, not true."),
        ("topic", {"data": [{"name": "education"}]}, '`name` is text, not {"name": "education"}.'),
    ],
)
def test_arguments_that_do_not_fit_are_a_sentence_and_a_status(
    url: str, tool: str, body: dict[str, Any], told: str
) -> None:
    for how in ("call", "run", "api"):
        response = httpx.post(f"{url}/gradio_api/{how}/{tool}", json=body)
        assert (response.status_code, response.json()) == (422, {"error": told})


@pytest.mark.parametrize(
    ("path", "body", "status", "told"),
    [
        ("call/ask", b"Who elects?", 400, "Send a JSON object"),
        ("call/ask", b'["Who elects?"]', 400, "Send a JSON object"),
        ("call/ask", b'{"question": "Who elects?"}', 400, "Send a JSON object"),
        ("call/ask", b"[" * 100_000, 400, "Send a JSON object"),
        ("call/v2/ask", b'["Who elects?"]', 400, "arguments by name"),
        ("call/v2/ask", b'{"question": "Who elects?", "day": ""}', 422, "ask takes no `day`"),
        ("call/answer", b'{"data": []}', 404, "there are: ask, search"),
    ],
)
def test_what_is_no_call_is_a_sentence_and_a_status(url: str, path: str, body: bytes, status: int, told: str) -> None:
    response = httpx.post(f"{url}/gradio_api/{path}", content=body)
    assert response.status_code == status
    assert told in response.json()["error"]


def test_bad_input_in_one_request_is_a_sentence_and_a_status(url: str) -> None:
    response = httpx.post(f"{url}/gradio_api/run/read_article", json={"data": ["250"]})
    assert response.status_code == 422
    assert "from 1 to 96" in response.json()["error"]


def test_the_sentence_is_in_the_readers_language(url: str) -> None:
    response = httpx.post(f"{url}{_ASK}", json={"data": []}, headers={"accept-language": "kk-KZ,ru;q=0.5"})
    assert response.json()["error"] == "ask үшін `question` керек."


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("call/read_article", {"data": ["18"]}),
        ("call/read_article", {"data": ["18", None, "en"]}),
        ("call/v2/read_article", {"reference": "18", "language": "en"}),
    ],
)
def test_what_may_be_left_out_may_be_left_out(url: str, path: str, body: dict[str, Any]) -> None:
    number = httpx.post(f"{url}/gradio_api/{path}", json=body).json()["event_id"]
    event, data = httpx.get(f"{url}/gradio_api/{path}/{number}").text.strip().splitlines()
    assert event == "event: complete"
    assert json.loads(data.removeprefix("data: "))[0]["document"] == "kz-constitution-2026"


def test_the_answer_to_what_was_not_asked_is_a_sentence_and_a_status(url: str) -> None:
    path = f"{url}/gradio_api/call/read_article"
    number = httpx.post(path, json={"data": ["18"]}).json()["event_id"]
    assert httpx.get(f"{path}/{number}").status_code == 200
    for address in (f"{path}/{number}", f"{path}/none", f"{url}/gradio_api/call/v2/ask/none"):
        response = httpx.get(address, headers={"accept-language": "ru"})
        assert response.status_code == 404
        assert "спросите снова" in response.json()["error"]


def test_a_client_that_gives_what_does_not_fit_is_told_too(url: str) -> None:
    client = Client(url, verbose=False)
    with pytest.raises(AppError, match=r"`question` is text, not 18\."):
        client.predict(18, api_name="/ask")


def test_what_nobody_uses_is_closed(url: str) -> None:
    for path in ("proxy=http://127.0.0.1/", "file=http://127.0.0.1/", "process_recording", "vibe-edit", "dev/reload"):
        assert httpx.get(f"{url}/gradio_api/{path}").status_code == 404
    assert httpx.get(f"{url}/monitoring/summary").status_code == 404


def test_every_response_has_the_security_headers(url: str) -> None:
    for response in (
        httpx.get(f"{url}/"),
        httpx.get(f"{url}/none"),
        httpx.get(f"{url}/", headers={"host": "evil.example"}),
        httpx.post(f"{url}{_ASK}", json={}),
        httpx.post(f"{url}{_MCP}", json=_INITIALIZE, headers=_SPEAKS_MCP),
    ):
        assert "frame-ancestors 'none'" in response.headers["content-security-policy"]
        assert "connect-src 'self'" in response.headers["content-security-policy"]
        assert response.headers["x-content-type-options"] == "nosniff"
        assert response.headers["referrer-policy"] == "no-referrer"
        assert "server" not in response.headers


# Accounts


@pytest.fixture
def guarded(assistant: Assistant, installed_folders: Folders) -> Iterator[str]:
    with served(assistant, installed_folders, Doors(accounts=_ACCOUNTS)) as address:
        yield address


def _logs_in(url: str, name: str, password: str) -> int:
    return httpx.post(f"{url}/login", data={"username": name, "password": password}).status_code


def test_an_account_is_asked_for_where_there_is_a_file_of_them(guarded: str) -> None:
    assert httpx.get(f"{guarded}/gradio_api/info").status_code == 401
    assert httpx.post(f"{guarded}{_ASK}", json={"data": ["Who elects?"]}).status_code == 401
    assert _logs_in(guarded, "aigul", "x") == 400
    assert _logs_in(guarded, *_ACCOUNTS[0]) == 200


def test_wrong_passwords_slow_down_and_the_right_one_waits_with_them(guarded: str) -> None:
    statuses = [_logs_in(guarded, "aigul", str(number)) for number in range(6)]
    assert statuses[:3] == [400] * 3
    assert 429 in statuses
    response = httpx.post(f"{guarded}/login", data=dict(zip(("username", "password"), _ACCOUNTS[0], strict=True)))
    assert response.status_code == 429
    assert int(response.headers["retry-after"]) >= 1


def test_guessed_tokens_slow_down_as_passwords_do(guarded: str) -> None:
    def status(number: int) -> int:
        headers = _SPEAKS_MCP | {"authorization": f"Bearer {number}"}
        return httpx.post(f"{guarded}{_MCP}", json=_INITIALIZE, headers=headers).status_code

    statuses = [status(number) for number in range(6)]
    assert statuses[:3] == [401] * 3
    assert 429 in statuses


def test_the_pause_doubles_is_forgotten_and_takes_little_memory() -> None:
    now = 0.0
    attempts = Attempts(lambda: now, most=100)
    pauses = []
    for _ in range(16):
        attempts.failed("a")
        pauses.append(attempts.wait("a"))
        now += pauses[-1]
        assert attempts.wait("a") == 0
    assert pauses[:6] == [0, 0, 1, 2, 4, 8]
    assert max(pauses) == 900
    assert attempts.wait("b") == 0
    now += 3601
    attempts.failed("a")
    assert attempts.wait("a") == 0
    for number in range(1000):
        attempts.failed(str(number))
    assert len(attempts) == 100
    attempts.succeeded("999")
    assert len(attempts) == 99


def _speaks_mcp(url: str, headers: dict[str, str]) -> str:
    async def visit() -> str:
        async with (
            streamablehttp_client(f"{url}{_MCP}", headers=headers) as (reading, writing, _),
            ClientSession(reading, writing) as session,
        ):
            await session.initialize()
            return (await session.call_tool("topics", {"language": "en"})).content[0].text

    # In a thread of its own: playwright, where the browser tests ran before, keeps a loop running in this one.
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, visit()).result()


def test_mcp_works_by_the_token_of_an_account_and_by_nothing_else(guarded: str) -> None:
    headers = _SPEAKS_MCP | {"authorization": "Bearer x"}
    assert httpx.post(f"{guarded}{_MCP}", json=_INITIALIZE, headers=headers).status_code == 401
    for headers in ({}, {"authorization": "Basic YWlndWw6eA=="}):
        for path in (_MCP, "/gradio_api/mcp", "/gradio_api/mcp/schema", "/gradio_api/mcp/sse", "/gradio_api/mcp/http/"):
            response = httpx.get(f"{guarded}{path}", headers=headers)
            assert (response.status_code, response.headers["www-authenticate"]) == (401, "Bearer")
            assert "atazan token" in response.json()["error"]
    for account in _ACCOUNTS:
        assert "education" in _speaks_mcp(guarded, {"authorization": f"Bearer {token_of(account)}"})


def test_a_token_is_the_accounts_own_and_changes_with_the_password() -> None:
    tokens = {token_of(account) for account in (*_ACCOUNTS, ("aigul", "another"), ("bolat", "new"))}
    assert len(tokens) == 4
    assert all(len(token) == 43 and token.isascii() for token in tokens)


def test_visitors_of_mcp_are_counted_each(assistant: Assistant, installed_folders: Folders) -> None:
    doors = Doors(trusted_proxies=("127.0.0.1",))
    with served(assistant, installed_folders, doors, per_minute=1) as address:
        for visitor_address in ("192.0.2.1", "192.0.2.2"):
            assert "education" in _speaks_mcp(address, {"x-forwarded-for": visitor_address})
        assert "more than 1 questions" in _speaks_mcp(address, {"x-forwarded-for": "192.0.2.1"})


def test_a_mark_before_the_first_name_is_seen_through(tmp_path: Path) -> None:
    file = tmp_path / "accounts"
    file.write_text("# who may come in\naigul:қауіпсіз:pass\n", encoding="utf-8-sig")
    assert read_accounts(file) == [("aigul", "қауіпсіз:pass")]
    file.write_text("aigul:a\n", encoding="utf-8-sig")
    assert read_accounts(file) == [("aigul", "a")]


@pytest.mark.parametrize("text", [b"", b"aigul\n", b"a:b\n:c\n", "аа:б".encode("cp1251")])
def test_a_file_of_accounts_that_is_none_is_told(tmp_path: Path, text: bytes) -> None:
    file = tmp_path / "accounts"
    file.write_bytes(text)
    with pytest.raises(BadAccounts, match=r"name:password|UTF-8"):
        read_accounts(file)


# Options


def test_names_and_proxies_come_from_options_then_the_environment_then_the_settings(
    folders: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable in ("ATAZAN_ALLOW_HOST", "ATAZAN_TRUSTED_PROXY"):
        monkeypatch.delenv(variable, raising=False)
    assert reachable_by(folders) == ((), ())
    folders.data.mkdir(parents=True)
    (folders.data / "settings.toml").write_text(
        'allow_host = ["a.example"]\ntrusted_proxy = ["10.0.0.0/8"]\ngenerator = "g"\n', encoding="utf-8"
    )
    assert reachable_by(folders) == (("a.example",), ("10.0.0.0/8",))
    assert language_models(folders).generator == "g"
    monkeypatch.setenv("ATAZAN_ALLOW_HOST", "b.example, c.example")
    assert reachable_by(folders) == (("b.example", "c.example"), ("10.0.0.0/8",))
    assert reachable_by(folders, ["d.example"], ["10.0.0.1"]) == (("d.example",), ("10.0.0.1",))
    (folders.data / "settings.toml").write_text('allow_host = "a.example"\n', encoding="utf-8")
    with pytest.raises(BadSettings, match="allow_host cannot"):
        reachable_by(folders)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["serve", "--allow-host", "http://a.example"], "http://a.example is not the name of a host"),
        (["serve", "--trusted-proxy", "proxy"], "proxy is no address or network"),
        (["serve", "--auth-file", "none"], "No such file"),
        (["token", "none"], "No such file"),
    ],
)
def test_what_cannot_be_served_is_told_at_once(folders: Folders, arguments: list[str], told: str) -> None:
    environment = os.environ | {"ATAZAN_CACHE_DIR": str(folders.cache), "ATAZAN_DATA_DIR": str(folders.data)}
    command = [sys.executable, "-m", "qa.commands.main", *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode in (1, 2)
    assert told in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_the_token_of_each_account_is_printed(tmp_path: Path) -> None:
    file = tmp_path / "accounts"
    file.write_text("aigul:a\nbolat:b\n", encoding="utf-8")
    command = [sys.executable, "-m", "qa.commands.main", "token", str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == [f"aigul\t{token_of(('aigul', 'a'))}", f"bolat\t{token_of(('bolat', 'b'))}"]
