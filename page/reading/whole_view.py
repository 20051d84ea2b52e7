"""A document as a whole, as HTML."""

from __future__ import annotations

import html
from collections.abc import Sequence

from page.reading.columns import Column, columns_of, names_view, rows_view
from page.reading.place import Place
from page.translation import say
from page.views.article_view import badge_view, facts_view, heading_of_ours, notes_view, printed_headings, told_view
from page.views.markup import copy_button, escaped, link, marked
from qa.labels import article_label
from qa.messages import message
from qa.reading.finding import Sought
from qa.reading.reading_room import ContentsSection, Opened


def whole_view(articles: Sequence[Opened], sections: Sequence[ContentsSection], language: str, find: str = "") -> str:
    """Every article under its section, each as it stands in its own view; the words to `find` are marked. Articles out
    of sight are laid out when they come near (styles/reader.css)."""
    first, sought = articles[0], Sought(find)
    document = first.document
    place = Place(document.id, whole=True, find=find)
    by_number = {opened.article: opened for opened in articles}
    columns = {opened.article: columns_of(opened.texts, language) for opened in articles}
    parts = []
    for section in sections:
        if section.title:
            parts.append(f'<h3 class="az-section">{escaped(section.title)}</h3>')
        parts += [
            _article(by_number[entry.article], columns[entry.article], language, sought) for entry in section.entries
        ]
    missing = ""
    if not any(column.is_official for each in columns.values() for column in each):
        missing = f"<p>{escaped(message('answer.no_text', language))}</p>"
    newer = f'<p class="az-meta">{escaped(first.texts[0].newer)}</p>' if first.texts[0].newer else ""
    widest = max(columns.values(), key=len)
    return (
        f'<article class="az-article az-whole" lang="{language}" data-address="{html.escape(place.address(language))}">'
        f"<header><h2>{escaped(document.short_titles[language])}{badge_view(document, language)}</h2>"
        f"{facts_view(document, first.texts, language)}{missing}{newer}{_tools(articles, language)}</header>"
        f"{names_view(widest)}{''.join(parts)}</article>"
    )


def _article(opened: Opened, columns: Sequence[Column], language: str, sought: Sought) -> str:
    place = Place(opened.document.id, opened.article, whole=True)
    label, heading = article_label(opened.article, language), heading_of_ours(opened.texts, language)
    title = marked(sought.runs(f"{label}. {heading}" if heading else label, language))
    notices = told_view(opened.texts, language, of_document=False)
    rows = rows_view(opened.texts, columns, language, lambda eid: place.address(language, eid), sought, level=4)
    return (
        f'<section class="az-part" data-article="{html.escape(opened.article)}">'
        f'<h3><a class="az-para" href="{html.escape(place.address(language))}">{title}</a></h3>'
        f"{printed_headings(opened.texts, heading, sought)}{notices}"
        f"{rows}{notes_view(opened.texts, language)}</section>"
    )


def _tools(articles: Sequence[Opened], language: str) -> str:
    first = articles[0]
    urls = dict.fromkeys(text.url for text in first.texts if text.url)
    official = [link(url, say("official", language)) for url in urls]
    copied = copy_button(Place(first.document.id, whole=True).address(language), say("copy_link", language))
    printed = f'<button type="button" class="az-act az-print">{escaped(say("print", language))}</button>'
    return f'<div class="az-row az-tools">{" ".join([*official, copied, printed])}</div>'
