"""Over a slow line: the page is packed, asks ahead for what it needs, and soon speaks the visitor's language."""

from __future__ import annotations

import re

import httpx
from playwright.sync_api import Browser

from page.delivery.frontend import built, needed

# Usable within eight seconds at 400 kbit/s. How long a machine takes besides is for a benchmark, not a test.
_SLOW = {"offline": False, "latency": 300, "downloadThroughput": 50 * 1024, "uploadThroughput": 50 * 1024}
_CARRIED = 8 * 50 * 1024  # bytes


def test_over_a_slow_line_little_is_carried_before_one_can_type_in_ones_own_language(
    browser: Browser, url: str
) -> None:
    httpx.get(url)
    context = browser.new_context(locale="kk-KZ", viewport={"width": 360, "height": 740})
    page = context.new_page()
    line = context.new_cdp_session(page)
    carried = []
    line.on("Network.dataReceived", lambda told: carried.append(told["encodedDataLength"]))
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", _SLOW)
    page.goto(url, wait_until="commit")
    page.wait_for_selector("#question textarea", timeout=60_000)
    before = sum(carried)
    page.get_by_role("button", name="Сұрау", exact=True).wait_for(timeout=60_000)
    context.close()
    assert 50 * 1024 < before < _CARRIED


def test_the_page_is_packed_and_tells_what_it_needs(url: str) -> None:
    page = httpx.get(url)
    assert page.headers["content-encoding"] == "gzip"
    told = re.findall(r'<link [^>]*href="assets/([^"]+)">', page.text.partition("<title>")[0])
    assert len(told) > 40
    assert set(told) <= set(built())
    script = httpx.get(f"{url}/assets/{told[0]}", headers={"accept-encoding": "br"})
    assert script.headers["content-encoding"] == "br"
    assert "immutable" in script.headers["cache-control"]
    assert int(script.headers["content-length"]) < built()[told[0]].stat().st_size / 2
    plain = httpx.get(f"{url}/assets/{told[0]}", headers={"accept-encoding": "identity"})
    assert plain.content == built()[told[0]].read_bytes() == script.content
    assert httpx.get(f"{url}/assets/no-such.js").status_code == 404


def test_the_head_of_an_answer_fits_what_a_proxy_has_for_it(url: str) -> None:
    for at in ("/", "/config", "/?doc=kz-constitution-2026&art=18"):
        raw = httpx.get(url + at).headers.raw
        assert sum(len(name) + len(value) + len(": \r\n") for name, value in raw) < 3000  # nginx: 4096 by default


def test_what_the_page_needs_is_found_in_the_frontend_as_it_is_built() -> None:
    ask, more = (set(needed(kinds)) for kinds in (("textbox", "chatbot"), ("textbox", "chatbot", "uploadbutton")))
    assert len(ask) > 30
    assert ask < more
    assert {name.rsplit(".", 1)[-1] for name in more} == {"js", "css"}
