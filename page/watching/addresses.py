"""`/healthz` and `/metrics`. Before Gradio is mounted, which takes all others."""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import ip_address
from typing import Any

from fastapi import FastAPI, HTTPException, Request, Response
from fastapi.responses import JSONResponse

from page.admission import Admission
from page.doors.proxies import networks
from page.watching.health import Store, StoreProbe, version
from page.watching.watch import Watch
from qa.setup.arrival import Arrival

_FRESH = {"cache-control": "no-store"}
_KIND = "text/plain; version=0.0.4; charset=utf-8"


def add_watching(
    app: FastAPI, arrival: Arrival, admission: Admission, *, store: Store | None, readers: Sequence[str]
) -> Watch:
    """Answers them: health to everyone, figures to the addresses and networks of `readers`; what comes back is to be
    told of each request. Raises `BadProxy`."""
    probe = StoreProbe(store) if store else None
    may_read = networks(readers)
    figures = None
    if may_read:
        from page.watching.figures import Figures  # loaded where it is asked for

        figures = Figures(admission, version(), has_store=store is not None)

    # None of the threads that answer is needed for this: it is told when all of them are busy, too.
    @app.get("/healthz", include_in_schema=False)
    async def healthz() -> Response:
        told: dict[str, Any] = {
            "state": "full" if admission.is_full else "arriving" if arrival.underway else "ready",
            "version": version(),
            "index": arrival.at_hand.assistant.index.fingerprint,
            "store": await probe.state() if probe else None,
        }
        return JSONResponse(told, 503 if told["state"] == "full" else 200, headers=_FRESH)

    @app.get("/metrics", include_in_schema=False)
    async def metrics(request: Request) -> Response:
        if figures is None or not request.client or not _is_in(request.client.host):
            raise HTTPException(404)
        figures.ready.set(arrival.underway is None)
        if probe:
            figures.store_up.set((await probe.state())["state"] == "ready")
        return Response(figures.text(), media_type=_KIND, headers=_FRESH)

    def _is_in(client: str) -> bool:
        try:
            address = ip_address(client)
        except ValueError:
            return False
        return any(address in network for network in may_read)

    return Watch(figures)
