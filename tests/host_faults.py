"""What may go wrong with a host, each as an answer that takes the place of its own."""

from __future__ import annotations

import gzip as compression
import time
from collections.abc import Callable

from tests.official_hosts import Fault, Page, Site


def answers(body: bytes, media_type: str = "text/html; charset=utf-8", status: int = 200) -> Fault:
    """Always this."""
    return lambda site, page: site.send(status, body, media_type)


def busy(retry_after: str, times: int, status: int = 429) -> Fault:
    """Asks so many times to come again later, then gives the page."""
    left = [times]

    def fault(site: Site, page: Page) -> None:
        if left[0]:
            left[0] -= 1
            site.send(status, b"later", "text/plain", {"Retry-After": retry_after})
        else:
            site.send_page(page)

    return fault


def slow(seconds: float) -> Fault:
    """The answer begins at once and takes so long."""

    def fault(site: Site, page: Page) -> None:
        size = max(1, len(page.body) // 5)
        pieces = [page.body[at : at + size] for at in range(0, len(page.body), size)]
        site.send(200, b"", page.media_type, length=len(page.body))
        for piece in pieces:
            time.sleep(seconds / len(pieces))
            site.wfile.write(piece)
            site.wfile.flush()

    return fault


def hangs(seconds: float) -> Fault:
    """Nothing comes for so long."""

    def fault(site: Site, page: Page) -> None:
        time.sleep(seconds)
        site.send_page(page)

    return fault


def cut(share: float, *, announced: bool = True) -> Fault:
    """The connection ends in the middle of the body; its length was announced or not."""

    def fault(site: Site, page: Page) -> None:
        part = page.body[: int(len(page.body) * share)]
        if announced:
            site.send(200, part, page.media_type, length=len(page.body))
        else:
            site.send_response(200)
            site.send_header("Content-Type", page.media_type)
            site.send_header("Connection", "close")
            site.end_headers()
            site.wfile.write(part)
        site.close_connection = True

    return fault


def gzipped(site: Site, page: Page) -> None:
    """The page, compressed."""
    site.send(200, compression.compress(page.body), page.media_type, {"Content-Encoding": "gzip"})


def redirects(to: str) -> Fault:
    """Sends elsewhere."""
    return lambda site, page: site.send(302, b"", "text/html", {"Location": to})


def changed_body(change: Callable[[bytes], bytes]) -> Fault:
    """The page with its bytes changed."""
    return lambda site, page: site.send(200, change(page.body), page.media_type)


def endless(site: Site, page: Page) -> None:
    """A body that does not end, its length not announced."""
    site.send_response(200)
    site.send_header("Content-Type", "text/html")
    site.send_header("Connection", "close")
    site.end_headers()
    site.close_connection = True
    while True:
        site.wfile.write(b"<p>more</p>" * 10_000)
