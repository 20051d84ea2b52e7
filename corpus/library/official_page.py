"""A page of the official site: what stands above its text, and whether it holds one."""

from __future__ import annotations

import re
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser

from corpus.library.acts import ActStatus
from corpus.library.words import status_in
from corpus.readers.encoding import decode
from corpus.text.normalisation import normalise_line

_CODE = re.compile(r"[A-Z]\d{8,10}_?")  # how the site names an act: K950001000_, Z1600000480
_FOLDERS = {"kk": "kaz", "ru": "rus", "en": "eng"}


@dataclass(frozen=True, slots=True)
class PageHead:
    """Above the text: the lines that tell the act's kind, number and day, and its standing."""

    lines: tuple[str, ...]
    status: ActStatus | None


def page_head(data: bytes) -> PageHead | None:
    """The head of a page of the official site; None for any other page."""
    tree = LexborHTMLParser(decode(data, page=True))
    head = tree.css_first("div.slogan")
    if head is None or tree.css_first("article") is None:
        return None
    lines = tuple(normalise_line(node.text()) for node in head.css("p"))
    standing = head.css_first("span.status")
    return PageHead(tuple(filter(None, lines)), status_in(standing.text()) if standing else None)


def page_address(name: str, language: str) -> str:
    """Where the official site has the act of that name; "" for a name that is none of its own."""
    return f"https://adilet.zan.kz/{_FOLDERS[language]}/docs/{name}" if _CODE.fullmatch(name) else ""
