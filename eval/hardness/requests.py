"""A server of its own, asked over HTTP and MCP as it must not be: every such request is refused with a sentence, and no
request of any form makes it fail."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
from hypothesis import strategies as st

from eval.hardness.tally import Effort, Tally, drawn
from eval.serving import served

_SECONDS = 30
_TOOLS = ("ask", "search", "read_article", "topic", "topics", "changes")
_MCP = "/gradio_api/mcp/"
_SPEAKS_MCP = {"accept": "application/json, text/event-stream", "content-type": "application/json"}
_FOREIGN = ("http://evil.example", "null", "http://127.0.0.1:1", "https://localhost.evil.example")
_NAMES = ("evil.example", "192.0.2.1", "localhost.evil.example", "[::2]", "")
_UNUSED = ("/gradio_api/proxy=http://evil.example", "/gradio_api/file=http://evil.example", "/monitoring")
_FILES = ("/gradio_api/file=/etc/passwd", "/gradio_api/file=../pyproject.toml", "/file=/etc/passwd")
_OPENING = {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {}}
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)
_CALLS = (
    st.fixed_dictionaries({"data": st.lists(_JSON, max_size=6)})
    | st.fixed_dictionaries(
        {
            "jsonrpc": st.just("2.0"),
            "id": st.integers() | st.none(),
            "method": st.sampled_from(["initialize", "tools/call", "tools/list", "ping", "x"]),
            "params": st.fixed_dictionaries({"name": st.sampled_from([*_TOOLS, "x", ""]), "arguments": _JSON}),
        }
    )
    | _JSON
)


def requests(effort: Effort) -> Iterator[Tally]:
    """Starts `atazan serve` and ends it."""
    with served() as server, httpx.Client(base_url=server.url, timeout=_SECONDS) as client:
        yield _refused(client, effort)

        def call(value: tuple[str, object]) -> str | None:
            path, body = value
            status = client.post(path, json=body, headers=_SPEAKS_MCP).status_code
            return f"{path} answered {status}" if status >= 500 else None

        paths = st.sampled_from([*(f"/gradio_api/call/{tool}" for tool in _TOOLS), _MCP, "/gradio_api/queue/join"])
        yield drawn(Tally("requests, of any form"), st.tuples(paths, _CALLS), effort.of(600), effort, call)
        alive = Tally("requests, afterwards")
        alive.judge(lambda: None if client.get("/config").status_code == 200 else "the server does not answer any more")
        yield alive


def _refused(client: httpx.Client, effort: Effort) -> Tally:
    tally = Tally("requests to be refused", "let in")

    def expect(response: httpx.Response) -> None:
        refused = 400 <= response.status_code < 500 and response.content
        tally.judge(lambda: None if refused else f"{response.request.url.path}: {response.status_code}")

    for _ in range(effort.of(5)):
        for name in _NAMES:
            for path in ("/", "/config", _MCP):
                expect(client.get(path, headers={"host": name}))
        for origin in _FOREIGN:
            expect(client.post("/gradio_api/call/ask", json={"data": ["Who?"]}, headers={"origin": origin}))
            expect(client.post(_MCP, json=_OPENING, headers=_SPEAKS_MCP | {"origin": origin}))
        for path in (*_UNUSED, *_FILES):
            expect(client.get(path))
        for tool in _TOOLS:
            expect(client.post(f"/gradio_api/call/{tool}", content=b"["))
            expect(client.post(f"/gradio_api/call/{tool}", json={"data": [{"no": "text"}] * 9}))
    return tally
