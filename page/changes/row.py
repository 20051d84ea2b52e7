"""A pair as a row: who stands for whom and what changed; unfolded, what both Constitutions say."""

from __future__ import annotations

import html
from collections.abc import Sequence

from corpus import load_catalogue
from corpus.concordance import Pair
from page.changes.texts import pair_texts
from page.translation import say
from page.views.cite_menu import cite_menu
from page.views.markup import escaped, paragraph_link
from qa import Assistant
from qa.composing.pairs import what_changed
from qa.labels import label_of_eid
from qa.messages import message
from qa.reading.citing import Cited


def pair_view(
    pair: Pair, assistant: Assistant, language: str, *, number: int, is_open: bool = False, with_texts: bool = True
) -> str:
    """One pair; without its texts it says under which `number` they are to be had."""
    kind = escaped(message(f"kind.{pair.kind}", language))
    heads = f"{_named(pair.old, language)} → {_named(pair.new, language)}"
    summary = f'{heads}<span class="az-kind">{kind}</span><p>{escaped(what_changed(pair, language))}</p>'
    unfolded = (
        f"<div>{unfolded_view(pair, assistant, language)}</div>"
        if with_texts
        else f'<div data-awaits="{number}">{escaped(say("changes_coming", language))}</div>'
    )
    opened = " open" if is_open else ""
    return f'<details class="az-change"{opened}><summary>{summary}</summary>{unfolded}</details>'


def unfolded_view(pair: Pair, assistant: Assistant, language: str) -> str:
    """Both texts, and how to open and cite what the pair names."""
    links = "".join(_link(side, language) for side in pair.sides)
    menus = "".join(_cite(side, assistant, language) for side in pair.sides)
    return f'{pair_texts(pair, assistant, language)}<div class="az-row">{links}{menus}</div>'


def _cite(side: str, assistant: Assistant, language: str) -> str:
    identifier, eid = side.split("#")
    document = load_catalogue().document(identifier)
    said = next(iter(assistant.cited([side], language)), None)
    url, edition = (said.url, said.edition) if said and said.quote is not None else ("", "")
    return cite_menu(Cited(document, eid, url, edition), language, name=_name(side, language))


def _link(side: str, language: str) -> str:
    return paragraph_link(side, language, f"{say('open_reader', language)}: {_name(side, language)}")


def _named(sides: Sequence[str], language: str) -> str:
    # Not as links: what unfolds a row is pressed as one.
    labels = ", ".join(label_of_eid(side.split("#")[1], language) for side in sides)
    return f'{escaped(labels)} <span class="az-of">{html.escape(_year(sides[0]))}</span>' if sides else "–"


def _name(side: str, language: str) -> str:
    return f"{label_of_eid(side.split('#')[1], language)} ({_year(side)})"


def _year(side: str) -> str:
    return side.split("#")[0].rsplit("-", 1)[1]
