"""The reading room as HTML: contents, an article with its texts side by side, what a search found."""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass

from page.translation import say
from page.views.cite_menu import cite_menu
from page.views.divergence import divergence_view
from page.views.markup import copy_button, escaped, link, reader_address, reader_link
from qa.composing.composition import standing
from qa.labels import article_label, edition_label, label_of
from qa.messages import message
from qa.reading.article import ArticleText
from qa.reading.citing import Cited
from qa.reading.reading_room import ContentsSection, Found, Opened


def contents_view(sections: Sequence[ContentsSection], document: str, current: str, language: str) -> str:
    """The tree of sections and articles; the section of the current article is open."""
    parts = []
    for section in sections:
        here = any(entry.article == current for entry in section.entries)
        items = "".join(
            ("<li aria-current='page'>" if entry.article == current else "<li>")
            + reader_link(document, entry.article, language, f"{entry.label}. {entry.heading}".rstrip(". "))
            + "</li>"
            for entry in section.entries
        )
        if section.title:
            opened = " open" if here else ""
            parts.append(f"<details{opened}><summary>{escaped(section.title)}</summary><ul>{items}</ul></details>")
        else:
            parts.append(f"<ul>{items}</ul>")
    title = escaped(say("contents", language))
    return f'<nav class="az-contents" aria-label="{title}"><h2>{title}</h2>{"".join(parts)}</nav>'


def found_view(found: Sequence[Found], document: str, language: str, *, searched: bool) -> str:
    """What the search as one types found; "" while nothing is typed."""
    if not searched:
        return ""
    if not found:
        return f'<p class="az-meta" role="status">{escaped(say("found_none", language))}</p>'
    items = "".join(
        f"<li>{reader_link(document, item.article, language, f'{item.label}. {item.heading}'.rstrip('. '))}"
        + (f'<span class="az-snippet">{escaped(item.snippet)}</span>' if item.snippet not in ("", item.heading) else "")
        + "</li>"
        for item in found
    )
    count = escaped(say("found", language, count=len(found)))
    return f'<div class="az-found"><p class="az-meta" role="status">{count}</p><ul>{items}</ul></div>'


def article_view(opened: Opened, language: str) -> str:
    """The article: its labels and standing, then every provision with plain words and official texts side by side."""
    document = opened.document
    first = opened.texts[0]
    columns = _columns(opened.texts, language)
    heading = next((t.plain_heading for t in opened.texts if t.reader_language == language and t.plain_heading), "")
    label = article_label(opened.article, language)
    badge = message(f"status.{document.status}", language)
    facts = "; ".join(
        escaped(fact)
        for fact in (document.titles[language], standing(document, language), *_editions(opened.texts, language))
        if fact
    )
    names = "".join(f"<div>{escaped(column.name)}</div>" for column in columns)
    missing = f"<p>{escaped(message('answer.no_text', language))}</p>"
    if any(column.is_official for column in columns):
        missing = ""
    told = [message("answer.withheld", language)] if first.withheld else []
    told += [text.later for text in opened.texts if text.later and text.reader_language == language][:1]
    told += [text.newer for text in opened.texts if text.newer and text.reader_language == language][:1]
    missing += "".join(f'<p class="az-meta">{escaped(sentence)}</p>' for sentence in told)
    rows = "".join(
        _row(
            provision.eid,
            label_of(provision, language),
            columns,
            _divergence(first, provision.eid) + _cite(first, provision.eid, language),
        )
        for provision in first.provisions
    )
    return (
        f'<article class="az-article" lang="{language}"><header>{_neighbours(opened, language)}'
        f"<h2>{escaped(label)}{f'. {escaped(heading)}' if heading else ''}"
        f'<span class="az-badge {document.status}">{escaped(badge)}</span></h2>'
        f'<p class="az-meta">{facts}</p>{missing}'
        f"{_printed_headings(opened.texts, heading)}{_tools(opened, language)}</header>"
        f'<div class="az-pair az-names">{names}</div>{rows}{_notes(opened.texts, language)}'
        f"<footer>{_neighbours(opened, language)}</footer></article>"
    )


@dataclass(frozen=True, slots=True)
class _Column:
    """One text of the article; `texts` by eId."""

    name: str
    language: str
    is_official: bool
    texts: dict[str, str]


def _columns(texts: Sequence[ArticleText], language: str) -> list[_Column]:
    """Plain words in each language asked for, then each official text once."""
    columns: list[_Column] = []
    for text in texts:
        if text.plain:
            name = say("plain_column", language, name=say(text.reader_language, language))
            columns.append(_Column(name, text.reader_language, False, text.plain))
    seen: set[str] = set()
    for text in texts:
        if text.official and text.language not in seen:
            seen.add(text.language)
            name = say("official_column", language, name=say(text.language, language))
            columns.append(_Column(name, text.language, True, {p.eid: p.text for p in text.provisions}))
    return columns


def _editions(texts: Sequence[ArticleText], language: str) -> list[str]:
    """Which editions are read, where there are several to choose from."""
    days = dict.fromkeys(text.edition for text in texts if text.official and text.one_of_several)
    return [say("edition", language, edition=edition_label(day, language)) for day in days]


def _row(eid: str, label: str, columns: Sequence[_Column], below: str) -> str:
    cells = "".join(
        f'<div class="{"az-official" if column.is_official else "az-words-of-ours"}" lang="{column.language}" '
        f'data-name="{html.escape(column.name)}">{escaped(column.texts.get(eid, ""))}</div>'
        for column in columns
    )
    pair = f'<div class="az-pair">{cells}</div>'
    return f'<section id="{html.escape(eid)}"><h3>{escaped(label)}</h3>{pair}{below}</section>'


def _cite(text: ArticleText, eid: str, language: str) -> str:
    if text.document.kind == "private":
        return ""
    return cite_menu(Cited(text.document, eid, text.url, text.edition if text.official else ""), language)


def _divergence(text: ArticleText, eid: str) -> str:
    told = text.divergences.get(eid)
    return divergence_view(told, text.reader_language) if told else ""


def _printed_headings(texts: Sequence[ArticleText], ours: str) -> str:
    """The headings that the editions print, where they say more than the article's number."""
    printed = dict.fromkeys(t.heading for t in texts if t.official and len(t.heading.split()) > 2 and t.heading != ours)
    return "".join(f'<p class="az-printed">{escaped(heading)}</p>' for heading in printed)


def _neighbours(opened: Opened, language: str) -> str:
    links = []
    for number, key, arrow in ((opened.previous, "previous", "← {}"), (opened.following, "next", "{} →")):
        if number is not None:
            text = arrow.format(article_label(number, language))
            href = html.escape(reader_address(opened.document.id, number, language))
            title = html.escape(say(key, language))
            links.append(
                f'<a class="az-open az-{key}" href="{href}" aria-label="{title}: {escaped(text)}">{escaped(text)}</a>'
            )
    return f'<div class="az-neighbours">{"".join(links)}</div>'


def _tools(opened: Opened, language: str) -> str:
    address = reader_address(opened.document.id, opened.article, language)
    urls = dict.fromkeys(text.url for text in opened.texts if text.url)
    official = [link(url, say("official", language)) for url in urls]
    copied = copy_button(address, say("copy_link", language))
    printed = f'<button type="button" class="az-act az-print">{escaped(say("print", language))}</button>'
    return f'<div class="az-row az-tools">{" ".join([*official, copied, printed])}</div>'


def _notes(texts: Sequence[ArticleText], language: str) -> str:
    """What the editions print around the law, apart and never as the law."""
    notes = dict.fromkeys((note.text, text.language) for text in texts for note in text.notes)
    if not notes:
        return ""
    items = "".join(f'<li lang="{code}">{escaped(text)}</li>' for text, code in notes)
    return f'<details class="az-notes"><summary>{escaped(say("notes", language))}</summary><ul>{items}</ul></details>'
