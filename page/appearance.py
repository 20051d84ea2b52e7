"""How the page appears outside itself: its icon, its name on a telephone's screen, its card where a link is shared."""

from __future__ import annotations

from fastapi import FastAPI, Response
from fastapi.responses import JSONResponse

from corpus import LANGUAGES
from page.translation import say

COLOUR, MARK = "#0b5e8f", "#ffd24a"
# A sheet with a rule at its side, as the law is set on the page.
_ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">'
    f'<rect width="64" height="64" rx="14" fill="{COLOUR}"/>'
    f'<path d="M18 14v36" stroke="{MARK}" stroke-width="5" stroke-linecap="round"/>'
    '<path d="M28 18h20M28 28h20M28 38h20M28 48h12" stroke="#fff" stroke-width="4" stroke-linecap="round"/></svg>'
)
_ICON_AT, _MANIFEST_AT = "/atazan.svg", "/atazan.webmanifest"


def add_appearance(app: FastAPI) -> None:
    """The icon and the manifest, under addresses of their own. Before Gradio is mounted, which takes all others."""

    @app.get(_ICON_AT, include_in_schema=False)
    def icon() -> Response:
        return Response(_ICON, media_type="image/svg+xml")

    @app.get(_MANIFEST_AT, include_in_schema=False)
    def manifest() -> Response:
        return JSONResponse(
            {
                "name": say("title", "en"),
                "short_name": say("title", "en"),
                "description": description(None),
                "start_url": "./",
                "display": "standalone",
                "background_color": "#ffffff",
                "theme_color": COLOUR,
                "icons": [{"src": _ICON_AT.lstrip("/"), "sizes": "any", "type": "image/svg+xml", "purpose": "any"}],
            },
            media_type="application/manifest+json",
        )


def appearance() -> str:
    """What the head says of it (the W3C's web app manifest)."""
    return (
        f'<link rel="icon" type="image/svg+xml" href="{_ICON_AT.lstrip("/")}">'
        f'<link rel="manifest" href="{_MANIFEST_AT.lstrip("/")}"><meta name="theme-color" content="{COLOUR}">'
    )


def description(language: str | None) -> str:
    """What this is, in the language; in every one where there is none: whoever shares a link does not know its
    reader's."""
    return " · ".join(say("subtitle", code) for code in ([language] if language else LANGUAGES))
