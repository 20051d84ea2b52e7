"""The first page's HTML: Gradio's own template, with our language, card and words in place of its English ones."""

from __future__ import annotations

import html
import re

from gradio.routes import templates
from jinja2 import ChoiceLoader, DictLoader
from markupsafe import Markup
from starlette.requests import Request

from corpus import LANGUAGES
from page.appearance import appearance, description
from page.opening.addresses import CARD_AT, CARD_SIZE
from page.opening.sources import source
from page.opening.words import words
from page.translation import accepted_language, say

_TEMPLATE = "frontend/index.html"
# Gradio's card of itself, and its manifest in place of ours.
_THEIRS = re.compile(r'<meta\s+(?:property="og:|name="twitter:)[^>]*>|<link rel="manifest"[^>]*>')
_HTML = re.compile(r'(<html\s+lang=")en(")')


def open_with(ahead: str) -> None:
    """Have Gradio fill in our template from now on, with this HTML first in its head. It offers no means of its own:
    what it calls `head` is put in by its script, after the first picture, and where no one looks who shares a link.
    Raises ValueError where Gradio's template is not as known."""
    templates.env.globals["opening_ahead"] = Markup(ahead)
    loader = templates.env.loader
    if loader is None or "opening_head" in templates.env.globals:
        return
    theirs, _, _ = loader.get_source(templates.env, _TEMPLATE)
    ours, named = _HTML.subn(r"\1{{ opening_language(request) }}\2", _THEIRS.sub("", theirs))
    ours, headed = re.subn(r"(<base [^>]*>)", r"\1{{ opening_ahead }}{{ opening_head(request) }}", ours)
    ours, bodied = re.subn(r"(<body[^>]*>)", r"\1{{ opening_body(request) }}", ours)
    if (named, headed, bodied) != (1, 1, 1):
        raise ValueError("Gradio's first page is not as known; page.opening has to be looked over.")
    templates.env.globals.update(opening_language=_language, opening_head=_head, opening_body=_body)
    templates.env.loader = ChoiceLoader([DictLoader({_TEMPLATE: ours}), loader])


def _language(request: Request) -> str:
    """That of the address, or else of the browser; opening.js knows better where one was chosen before."""
    asked = request.query_params.get("lang")
    return asked if asked in LANGUAGES else accepted_language(request.headers.get("accept-language", ""))


def _head(request: Request) -> Markup:
    asked = request.query_params.get("lang")
    named = asked if asked in LANGUAGES else None
    told = description(named)
    card = {
        "og:type": "website",
        "og:title": say("title", named or "en"),
        "og:description": told,
        "og:image": str(request.base_url) + CARD_AT.lstrip("/") + (f"?lang={named}" if named else ""),
        "og:image:type": "image/png",
        "og:image:width": str(CARD_SIZE[0]),
        "og:image:height": str(CARD_SIZE[1]),
    }
    properties = "".join(f'<meta property="{name}" content="{html.escape(value)}">' for name, value in card.items())
    return Markup(
        f'<title>Atazan</title><meta name="color-scheme" content="light dark">'
        f'<meta name="description" content="{html.escape(told)}">{properties}'
        f'<meta name="twitter:card" content="summary_large_image">{appearance()}'
        f"<style>{source('styles/opening.css')}</style>"
        f"<script>window.atazanWords = {words()};</script>"
        f"<script>{source('scripts/opening.js')}\n{source('scripts/words.js')}</script>"
    )


def _body(request: Request) -> Markup:
    """What stands first on the page: ways past what repeats, what is read aloud, what is shown while the page loads."""
    code = _language(request)

    def told(key: str) -> str:
        return html.escape(say(key, code))

    return Markup(
        f'<a class="az-skip" href="#question" data-say="skip_question">{told("skip_question")}</a>'
        f'<a class="az-skip" href="#chat" data-say="skip_answer">{told("skip_answer")}</a>'
        '<p id="announced" class="az-hidden" role="status"></p>'
        f'<p id="connection" role="status" hidden data-say="offline_line">{told("offline_line")}</p>'
        f'<div id="opening" role="status"><p><strong>Atazan</strong></p><p data-say="opening">{told("opening")}</p>'
        '<p id="opening-failed" hidden><a href="" data-say="reload"></a></p></div>'
        "<script>window.atazanOpening.begin()</script>"
    )
