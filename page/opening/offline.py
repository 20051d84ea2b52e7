"""The one page that a browser keeps for when there is no network."""

from __future__ import annotations

from page.opening.sources import source
from page.opening.words import words

_AGAIN = 3000  # ms between looks whether the server answers


def offline_page() -> str:
    """Says in the visitor's language that there is no network, and tries again once there is."""
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Atazan</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<style>{source('styles/opening.css')}</style>"
        f"<script>window.atazanWords = {words()};\n{source('scripts/opening.js')}</script></head>"
        '<body><main id="opening"><h1 data-say="offline_title"></h1><p data-say="offline_text"></p>'
        '<p><a href="" data-say="reload"></a></p></main><script>window.atazanOpening.words();'
        "const look = () => fetch('atazan.svg', {cache: 'no-store'}).then(() => location.reload(), () => {});"
        f"setInterval(look, {_AGAIN});"
        "</script></body></html>"
    )
