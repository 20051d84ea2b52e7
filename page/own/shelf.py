"""The visitor's documents as a list, each with what can be done with it, and what became of the files given."""

from __future__ import annotations

import html
from collections.abc import Sequence
from pathlib import PurePath
from typing import Literal, NamedTuple

from page.translation import say
from page.views.markup import escaped, reader_link
from qa.setup.private_library import Held, PrivateLibrary

State = Literal["going", "added", "refused"]
_MOST_TOLD = 6  # files, the latest ones
_KINDS = {".pdf": "PDF", ".docx": "Word", ".html": "HTML", ".htm": "HTML"}
# Tells a removal's button to the server by the document that it carries.
ON_LOAD = """element.addEventListener('click', (event) => {
  const button = event.target.closest('button.az-forget');
  if (button) trigger('click', { document: button.value });
});"""


class Told(NamedTuple):
    """What became of one file, in the visitor's language."""

    state: State
    text: str


def told_view(files: Sequence[Told]) -> str:
    """A line a file; "" where none was given."""
    lines = "".join(f'<li class="az-{file.state}">{escaped(file.text)}</li>' for file in files[-_MOST_TOLD:])
    return f'<div role="status"><ul class="az-files">{lines}</ul></div>' if lines else ""


def shelf_view(library: PrivateLibrary | None, language: str) -> str:
    """The documents held, in the order in which they came; that there is none."""
    held = library.held if library else ()
    if not held:
        return f'<p class="az-meta">{escaped(say("your_list_empty", language))}</p>'
    rows = "".join(_row(document, language) for document in held)
    return f'<h2>{escaped(say("your_list", language))}</h2><ul class="az-shelf">{rows}</ul>'


def _row(held: Held, language: str) -> str:
    name, identifier = held.document.titles[language], held.document.id
    facts = [_KINDS.get(PurePath(name).suffix.lower(), say("kind_text", language))]
    facts += [say("pages", language, count=held.pages)] if held.pages else []
    facts.append(say("paragraphs", language, count=held.paragraphs))
    added = html.escape(held.stored.fetched)
    told = " · ".join(map(escaped, facts))
    # scripts/own.js writes the time as the visitor's own clock has it.
    when = f'{escaped(say("added_at", language))} <time datetime="{added}">{added[11:16]}</time>'
    return (
        f'<li><div class="az-shelved"><strong>{escaped(name)}</strong>'
        f'<span class="az-meta">{told} · {when}</span></div>'
        f"{reader_link(identifier, '', language, say('tab_read', language))}"
        f'<details class="az-removal"><summary>{escaped(say("remove", language))}</summary>'
        f'<button type="button" class="az-act az-forget" value="{html.escape(identifier)}">'
        f"{escaped(say('remove_sure', language))}</button></details></li>"
    )
