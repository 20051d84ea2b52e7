"""The menu of citations of one provision: a button a style, and the citation in the style used last."""

from __future__ import annotations

from datetime import date

from page.translation import say
from page.views.markup import copy_button, escaped, reader_address
from qa.messages import message
from qa.reading.citing import Cited, Style, cite, styles_of


def cite_menu(cited: Cited, language: str, *, legal: str = "", name: str = "") -> str:
    """The menu, folded; `legal` is what stands in the place of the legal citation, for instance one with the quote,
    `name` of what it is, where several menus stand together."""
    article = cited.eid.split("__")[0].removeprefix("art_")
    address = reader_address(cited.document.id, article, language)

    def offered(style: Style) -> str:
        text = cite(cited, style, language, date.today(), page=address)
        button = copy_button(legal if legal and style == "legal" else text, message(f"cite.{style}", language))
        return f'<div class="az-style az-in-{style}">{button}</div>'

    title = ": ".join(filter(None, (say("cite", language), name)))
    return (
        f'<details class="az-cite"><summary>{escaped(title)}</summary>'
        f'<div class="az-styles">{"".join(map(offered, styles_of(cited.document)))}</div></details>'
    )
