"""Small pieces of HTML; whatever comes from a person or a document goes through `escaped`."""

from __future__ import annotations

import html
from collections.abc import Iterable
from urllib.parse import urlencode

from page.reading.place import Place


def escaped(text: str) -> str:
    """The text for HTML, its line breaks kept."""
    return html.escape(text).replace("\n", "<br>")


def marked(runs: Iterable[tuple[str, bool]]) -> str:
    """A text in pieces, those that are to be seen marked."""
    return "".join(f"<mark>{escaped(text)}</mark>" if is_marked else escaped(text) for text, is_marked in runs)


def link(url: str, text: str) -> str:
    """A link to another site, opened beside the page; the bare text where there is no address."""
    if not url:
        return escaped(text)
    return f'<a href="{html.escape(url)}" target="_blank" rel="noopener noreferrer">{escaped(text)}</a>'


def reader_link(document: str, article: str, language: str, text: str) -> str:
    """A deep link into the reading room; the page's script opens it without loading the page anew."""
    return page_link(reader_address(document, article, language), text)


def paragraph_link(provision: str, language: str, text: str) -> str:
    """A deep link to where a provision of a law stands in its article."""
    document, eid = provision.split("#")
    article = eid.split("__")[0].removeprefix("art_")
    return page_link(Place(document, article).address(language, eid), text)


def reader_address(document: str, article: str, language: str) -> str:
    """`/?doc=…&art=…&lang=…`, relative to where the page is served."""
    return Place(document, article).address(language)


def topic_link(topic: str, language: str, text: str) -> str:
    """A deep link to a subject; the page's script opens it without loading the page anew."""
    return page_link(topic_address(topic, language), text)


def topic_address(topic: str, language: str) -> str:
    """`/?topic=…&lang=…`, relative to where the page is served."""
    return "?" + urlencode({"topic": topic, "lang": language})


def page_link(address: str, text: str) -> str:
    """A link to another part of the page (`?tab=…`, `?doc=…`); the page's script opens it without loading anew."""
    return f'<a class="az-open" href="{html.escape(address)}">{escaped(text)}</a>'


def copy_button(copied: str, text: str) -> str:
    """A button that puts `copied` on the clipboard."""
    return act_button("az-copy", text, copied)


def act_button(kind: str, text: str, given: str) -> str:
    """A button of a `kind` that the page's script knows, and what it works on."""
    # The chat keeps no data attributes, so the text stands hidden beside the button; an empty line would end the block
    # of HTML for the chat's Markdown.
    hidden = html.escape(given).replace("\n", "&#10;")
    return (
        f'<span><button type="button" class="az-act {kind}">{escaped(text)}</button>'
        f'<span class="az-copied">{hidden}</span></span>'
    )
