"""What the page's security policy keeps out; that it blocks nothing of the page's own, every test here makes sure."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import httpx
from playwright.sync_api import Browser

_BLOCKED = """([address, load]) => new Promise((done) => {
  document.addEventListener('securitypolicyviolation', (event) => done(event.effectiveDirective), { once: true });
  new Function('address', load)(address);
  setTimeout(() => done('nothing'), 3000);
})"""
_LOADS = {
    "connect-src": "fetch(address).catch(() => 0)",
    "img-src": "new Image().src = address",
    "script-src-elem": "document.head.append(Object.assign(document.createElement('script'), { src: address }))",
    "frame-src": "document.body.append(Object.assign(document.createElement('iframe'), { src: address }))",
    "form-action": "document.body.append(Object.assign(document.createElement('form'), { action: address })); "
    "document.forms[document.forms.length - 1].submit()",
}


@contextmanager
def _elsewhere(page: bytes) -> Iterator[str]:
    """Another site that gives this page to everyone."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(page)

        def log_message(self, *_: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


def test_nothing_leaves_the_page_for_elsewhere(browser: Browser, url: str) -> None:
    page = browser.new_page()
    try:
        page.goto(url)
        page.wait_for_selector("#tab-ask-button")
        with _elsewhere(b"") as address:
            for directive, load in _LOADS.items():
                assert page.evaluate(_BLOCKED, [address, load]) == directive
    finally:
        page.close()


def test_the_page_stands_in_no_other_sites_frame_and_answers_none(browser: Browser, url: str) -> None:
    asked = f"fetch('{url}/gradio_api/call/topics', {{method: 'POST', body: '{{\"data\": []}}'}})"
    page = browser.new_page()
    try:
        with _elsewhere(f"<iframe src='{url}'></iframe>".encode()) as address:
            page.goto(address)
            page.wait_for_timeout(1000)
            (frame,) = page.frames[1:]
            assert frame.locator("#tab-ask-button").count() == 0
            answer: Callable[[str], str] = lambda how: f"{asked}.then((r) => r.{how}).catch(() => 'no answer')"  # noqa: E731
            assert page.evaluate(answer("status")) == "no answer"
    finally:
        page.close()
    assert httpx.get(url).status_code == 200
