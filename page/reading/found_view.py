"""What a search in the reading room found, as HTML."""

from __future__ import annotations

import html

from page.reading.place import Place
from page.translation import say
from page.views.markup import act_button, escaped, marked
from qa.reading.finding import Finding, Found, FoundPlace

_MOST_PLACES = 60  # more are not read as one types


def found_view(finding: Finding, typed: str, place: Place, language: str) -> str:
    """The articles found, each with its places, and the offer to ask; "" while nothing is typed. A hit opens as one
    reads now, an article at a time or the whole."""
    if not typed.strip():
        return ""
    ask = act_button("az-ask-this", say("ask_this", language), typed.strip())
    if not finding.articles:
        none = escaped(say("found_none", language))
        return f'<div class="az-found"><p class="az-meta" role="status">{none}</p>{ask}</div>'
    marks = Place(place.document, "", place.whole, finding.words)
    items, shown = [], 0
    for found in finding.articles:
        if shown >= _MOST_PLACES:
            break
        items.append(_article(found, marks, language))
        shown += max(1, len(found.places))
    told = escaped(say("found", language, count=len(finding.articles)))
    instead = more = ""
    if finding.words != typed.strip():
        told_instead = say("found_instead", language, typed=typed.strip(), meant=finding.words)
        instead = f'<p class="az-meta">{escaped(told_instead)}</p>'
    if len(items) < len(finding.articles):
        more = f'<p class="az-meta">{escaped(say("found_more", language, count=len(items)))}</p>'
    return (
        f'<div class="az-found"><details open><summary><span role="status">{told}</span> '
        f"<q>{escaped(finding.words)}</q></summary>{instead}<ul>{''.join(items)}</ul>{more}</details>{ask}</div>"
    )


def _article(found: Found, marks: Place, language: str) -> str:
    name = f"{found.label}. {found.heading}".rstrip(". ")
    place = Place(marks.document, found.article, marks.whole, marks.find)
    if len(found.places) == 1:
        only = found.places[0]
        return f"<li>{_link(place, only, f'{only.label}. {found.heading}'.rstrip('. '), language)}</li>"
    if not found.places:
        href = html.escape(Place(place.document, place.article, place.whole).address(language))
        return f'<li><a class="az-open" href="{href}">{escaped(name)}</a></li>'
    inner = "".join(f"<li>{_link(place, each, each.label, language)}</li>" for each in found.places)
    return f"<li><span>{escaped(name)}</span><ul>{inner}</ul></li>"


def _link(place: Place, found: FoundPlace, name: str, language: str) -> str:
    snippet = f'<span class="az-snippet">{marked(found.snippet)}</span>' if found.snippet else ""
    href = html.escape(place.address(language, found.eid))
    return f'<a class="az-open" href="{href}">{escaped(name)}</a>{snippet}'
