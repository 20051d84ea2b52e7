"""The contents of a document as HTML."""

from __future__ import annotations

import html
from collections.abc import Sequence

from page.reading.place import Place
from page.translation import say
from page.views.markup import escaped
from qa.reading.reading_room import ContentsSection


def contents_view(sections: Sequence[ContentsSection], place: Place, language: str) -> str:
    """The tree of sections and articles, the section of the current article open, and the way between one article at
    a time and the whole document. On a phone it is folded under a button (scripts/contents.js)."""
    parts = [_section(section, place, language) for section in sections]
    title = escaped(say("contents", language))
    first = sections[0].entries[0].article if sections and sections[0].entries else ""
    other = Place(place.document, place.article or first, not place.whole)
    mode = escaped(say("single", language) if place.whole else say("whole", language))
    return (
        f'<div class="az-contents-head"><h2>{title}</h2>'
        f'<button type="button" class="az-act az-fold" aria-expanded="false">{title}'
        f'<span class="az-now"></span></button>'
        f'<a class="az-open az-mode" href="{html.escape(other.address(language))}">{mode}</a></div>'
        f'<nav class="az-contents" aria-label="{title}"><div class="az-contents-list">{"".join(parts)}</div></nav>'
    )


def _section(section: ContentsSection, place: Place, language: str) -> str:
    items = []
    for entry in section.entries:
        current = " aria-current='page'" if entry.article == place.article else ""
        href = html.escape(place.at(entry.article).address(language))
        name = escaped(f"{entry.label}. {entry.heading}".rstrip(". "))
        items.append(
            f'<li{current} data-article="{html.escape(entry.article)}" data-label="{escaped(entry.label)}">'
            f'<a class="az-open" href="{href}">{name}</a></li>'
        )
    listed = f"<ul>{''.join(items)}</ul>"
    if not section.title:
        return listed
    opened = " open" if any(entry.article == place.article for entry in section.entries) else ""
    return f"<details{opened}><summary>{escaped(section.title)}</summary>{listed}</details>"
