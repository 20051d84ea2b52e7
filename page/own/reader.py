"""Reading a document of one's own: all of it, opened at a clause, in the window that holds it and nowhere else."""

from __future__ import annotations

import html
from collections.abc import Iterator
from typing import Any

import gradio as gr

from corpus import EditionText, Note, Provision
from corpus.private import is_heading, parse_private
from corpus.provision import Block, Heading
from corpus.store import PRIVATE
from page.site import Site
from page.translation import say
from page.views.markup import escaped, reader_address, reader_link
from qa.setup.private_library import PrivateLibrary

Place = tuple[str, str]  # a document's id and a clause's eId, each "" for none


class OwnReader:
    """The part of the reading room for documents that are not the law; while one is open, it stands in the room's
    place."""

    def __init__(self, site: Site, language: gr.Radio, library: gr.State) -> None:
        self._site = site
        self.place = gr.State(("", ""))
        self.text = gr.HTML(elem_id="own-text")
        self.seen: list[Any] = [self.place, library, language]

    def is_for(self, document: str) -> bool:
        """Whether the document is one of somebody's own, which the reading room has not."""
        return document.startswith(PRIVATE) and document not in self._site.readable

    def view(self, place: Place, library: PrivateLibrary | None, language: str) -> str:
        """The document with the clause marked; one sentence where this visitor holds none of that id; "" for none."""
        document, clause = place
        if not document:
            return ""
        back = _link_back(self._site.readable[0], language)
        found = self._found(document, library)
        if found is None:
            return f'<div class="az-own-text">{back}<p role="status">{escaped(say("own_none", language))}</p></div>'
        name, text = found
        return (
            f'<article class="az-own-text">{back}<h2>{escaped(name)}</h2>{_text_view(text, clause, language)}</article>'
        )

    def _found(self, document: str, library: PrivateLibrary | None) -> tuple[str, EditionText] | None:
        """The visitor's own first, then what whoever runs the server added for everyone."""
        held = [(h.document, h.stored) for h in (library.held if library else ())]
        for known, stored in (*held, *self._site.room.state.private):
            if known.id == document:
                return known.titles["en"], parse_private(stored)
        return None


def _text_view(text: EditionText, clause: str, language: str) -> str:
    headings = [block for block in text.blocks if not isinstance(block, Note) and _is_heading(block)]
    listed = "".join(f"<li>{reader_link(text.document, b.eid, language, b.text)}</li>" for b in headings)
    title = escaped(say("own_places", language))
    contents = f"<details><summary>{title}</summary><ul>{listed}</ul></details>" if listed else ""
    return f'{contents}<div lang="{text.language}">{"".join(_blocks(text, clause, language))}</div>'


def _blocks(text: EditionText, clause: str, language: str) -> Iterator[str]:
    page = None
    for block in text.blocks:
        if block.page and block.page != page:
            page = block.page
            yield f'<p class="az-page" lang="{language}">{escaped(say("own_page", language, page=page))}</p>'
        here = ' aria-current="true"' if not isinstance(block, Note) and block.eid == clause else ""
        kind = "h3" if _is_heading(block) else "p"
        yield f"<{kind}{here}>{escaped(block.text)}</{kind}>"


def _is_heading(block: Block) -> bool:
    return isinstance(block, Heading) or (isinstance(block, Provision) and is_heading(block.text))


def _link_back(document: str, language: str) -> str:
    address = html.escape(reader_address(document, "", language))
    return f'<p><a class="az-open" href="{address}">← {escaped(say("own_back", language))}</a></p>'
