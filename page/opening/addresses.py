"""Addresses beside the page: the picture of a shared link, the service worker, the page for being offline."""

from __future__ import annotations

from hashlib import sha256

from fastapi import FastAPI, Response

from corpus import LANGUAGES
from page.opening.card import CARD_SIZE, card
from page.opening.offline import offline_page
from page.opening.sources import source

__all__ = ["CARD_AT", "CARD_SIZE", "add_addresses"]

CARD_AT = "/atazan-card.png"
_WORKER_AT, _OFFLINE_AT = "/atazan-offline.js", "/atazan-offline.html"


def add_addresses(app: FastAPI) -> None:
    """Answers them. Before Gradio is mounted, which takes all others."""

    @app.get(CARD_AT, include_in_schema=False)
    def picture(lang: str = "") -> Response:
        return Response(card(lang if lang in LANGUAGES else None), media_type="image/png")

    @app.get(_OFFLINE_AT, include_in_schema=False)
    def offline() -> Response:
        return Response(offline_page(), media_type="text/html")

    @app.get(_WORKER_AT, include_in_schema=False)
    def worker() -> Response:
        # Another page makes another script, which is how a browser learns to fetch the page again.
        version = sha256(offline_page().encode()).hexdigest()[:12]
        script = source("scripts/worker.js").replace("VERSION", version)
        return Response(script, media_type="text/javascript", headers={"cache-control": "no-cache"})
