"""Gradio's scripts and styles, packed as tightly as can be and kept by browsers for good: their names hold a checksum
of what is in them."""

from __future__ import annotations

import mimetypes
from functools import cache

import brotli  # type: ignore[import-untyped]
from fastapi import FastAPI, HTTPException, Request, Response
from fastapi.responses import FileResponse

from page.delivery.frontend import built

_KEPT = {"cache-control": "public, max-age=31536000, immutable", "vary": "accept-encoding"}
_PACKED = (".js", ".css")
_LARGEST = 400_000  # bytes packed on the spot; more takes a second, and nothing on this page has it
_FOR_FRAMES = "/static/js/iframeResizer.contentWindow.min.js"  # Gradio's page asks for it, and no page may frame ours


def add_assets(app: FastAPI) -> None:
    """Answers for `/assets/`. Before Gradio is mounted, which takes all others."""

    @app.get(_FOR_FRAMES, include_in_schema=False)
    def for_frames() -> Response:
        return Response(b"", media_type="text/javascript", headers=_KEPT)

    @app.get("/assets/{name}", include_in_schema=False)
    def asset(name: str, request: Request) -> Response:
        path = built().get(name)
        if path is None:
            raise HTTPException(404)
        accepted = "br" in request.headers.get("accept-encoding", "")
        if accepted and name.endswith(_PACKED) and path.stat().st_size <= _LARGEST:
            kind = mimetypes.types_map[path.suffix]
            return Response(_packed(name), media_type=kind, headers={**_KEPT, "content-encoding": "br"})
        return FileResponse(path, headers=_KEPT)


@cache
def _packed(name: str) -> bytes:
    return bytes(brotli.compress(built()[name].read_bytes()))
