"""One citation as a card: plain words, the official quote, where it stands, what one can do with it."""

from __future__ import annotations

import html

from corpus import Document
from corpus.store import PRIVATE
from page.own.place import place_of
from page.translation import say
from page.views.cite_menu import cite_menu
from page.views.divergence import divergence_view
from page.views.export import citation_line
from page.views.markup import copy_button, escaped, link, paragraph_link, reader_link
from qa.answer import Citation
from qa.composing.composition import standing, wording
from qa.composing.later_wording import resolutions_told
from qa.labels import edition_label
from qa.messages import message
from qa.reading.citing import Cited

_READABLE = ("art_", "preamble")  # of an official text


def is_readable(provision: str) -> bool:
    """Whether the reader opens it: an article's, or any of a visitor's own document."""
    document, eid = provision.split("#")
    return document.startswith(PRIVATE) or eid.startswith(_READABLE)


def provision_link(provision: str, language: str, text: str) -> str:
    """A link that opens the reader where the provision stands."""
    document, eid = provision.split("#")
    own = document.startswith(PRIVATE)
    return reader_link(document, eid, language, text) if own else paragraph_link(provision, language, text)


def card(citation: Citation, document: Document, language: str, *, is_open: bool) -> str:
    """One citation: plain words, the official quote with its decisive sentence marked, where it stands, actions."""
    badge = message(f"status.{citation.status}", language)
    is_own = citation.status == "private"  # its name and its standing are all there is to tell, and stand above
    facts = [] if is_own else [citation.document_title, standing(document, language), wording(citation, language)]
    if citation.quote is not None and not is_own:
        facts.append(message(f"answer.quote_in_{citation.language}", language))
        facts.append(say("edition", language, edition=edition_label(citation.edition, language)))
    eid = citation.provision.split("#")[1]
    links = [link(citation.url, say("official", language))] if citation.url else []
    is_act = document.kind == "act"  # the reader has no acts of a library
    if is_readable(citation.provision) and not is_act:
        links.append(provision_link(citation.provision, language, say("open_reader", language)))
    line = citation_line(citation, language)
    if is_own or is_act:
        links.append(copy_button(line, say("copy_clause", language) if is_own else say("copy_citation", language)))
    else:
        edition = citation.edition if citation.quote is not None else ""
        links.append(cite_menu(Cited(document, eid, citation.url, edition), language, legal=line))
    name = escaped(document.short_titles[language])
    return (
        f'<details class="az-card {html.escape(eid)}"{" open" if is_open else ""}>'
        f'<summary>{escaped(place_of(citation, language))} <span class="az-of">{name}</span>'
        f'<span class="az-badge {citation.status}">{escaped(badge)}</span></summary>'
        f"{_plain(citation, language)}{_quote(citation, language)}"
        f"{_divergence(citation, language)}{_resolutions(citation, language)}"
        f'<div class="az-meta">{"; ".join(escaped(fact) for fact in facts if fact)}</div>'
        f'<div class="az-row">{" ".join(links)}</div></details>'
    )


def _plain(citation: Citation, language: str) -> str:
    """What the provision says in this project's words, marked as such, or that they are withheld."""
    if citation.withheld:
        return f'<p class="az-meta az-withheld">{escaped(message("answer.withheld", language))}</p>'
    if not citation.plain:
        return ""
    mark = escaped(say("plain", language))
    return f'<p class="az-words" lang="{language}">{escaped(citation.plain)}<span class="az-mark">{mark}</span></p>'


def _quote(citation: Citation, language: str) -> str:
    """The quote with its key sentence marked; where no official text is installed, a line that says so."""
    if citation.quote is None:
        return f'<p class="az-meta">{escaped(message("answer.no_text", language))}</p>'
    lead_in = f'<span class="az-lead-in">{escaped(citation.lead_in)}</span>' if citation.lead_in else ""
    before, key, after = (
        citation.quote.partition(citation.key_sentence) if citation.key_sentence else (citation.quote, "", "")
    )
    text = f"{escaped(before)}{f'<mark>{escaped(key)}</mark>' if key else ''}{escaped(after)}"
    # The chat takes names away from what is no control, so the words stand there unseen.
    named = f'<span class="az-hidden">{escaped(say("law_words", language))}: </span>'
    quote = f'{named}<blockquote lang="{citation.language}">{lead_in}{text}</blockquote>'
    return quote + "".join(_other(code, other, language) for code, other in citation.others)


def _divergence(citation: Citation, language: str) -> str:
    return divergence_view(citation.divergence, language) if citation.divergence else ""


def _resolutions(citation: Citation, language: str) -> str:
    told = resolutions_told(citation, language)
    return f'<p class="az-meta">{escaped(told)}</p>' if told else ""


def _other(code: str, quote: str, language: str) -> str:
    """The same provision in another official language, one click away."""
    return (
        f'<details class="az-other"><summary>{escaped(say(f"other_{code}", language))}</summary>'
        f'<blockquote lang="{code}">{escaped(quote)}</blockquote></details>'
    )
