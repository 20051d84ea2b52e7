"""An article as HTML, its texts side by side."""

from __future__ import annotations

import html
from collections.abc import Sequence

from corpus import Document
from page.reading.columns import columns_of, names_view, rows_view
from page.reading.place import Place
from page.translation import say
from page.views.cite_menu import cite_menu
from page.views.markup import copy_button, escaped, link, marked, reader_address
from qa.composing.composition import standing
from qa.labels import article_label, edition_label
from qa.messages import message
from qa.reading.article import ArticleText
from qa.reading.citing import Cited
from qa.reading.finding import Sought
from qa.reading.reading_room import Opened


def article_view(opened: Opened, language: str, find: str = "") -> str:
    """The article: its labels and standing, then every provision with official texts and plain words side by side; the
    words to `find` are marked."""
    document, sought = opened.document, Sought(find)
    place = Place(document.id, opened.article, find=find)
    columns = columns_of(opened.texts, language)
    label = article_label(opened.article, language)
    heading = heading_of_ours(opened.texts, language)
    title = f"{label}. {heading}" if heading else label
    missing = ""
    if not any(column.is_official for column in columns):
        missing = f"<p>{escaped(message('answer.no_text', language))}</p>"
    here = Place(document.id, opened.article)
    rows = rows_view(
        opened.texts,
        columns,
        language,
        lambda eid: here.address(language, eid),
        sought,
        below=lambda eid: _cite(opened.texts[0], eid, language),
    )
    return (
        f'<article class="az-article" lang="{language}" data-address="{html.escape(place.address(language))}"><header>'
        f"{_neighbours(opened, language)}"
        f"<h2>{marked(sought.runs(title, language))}{badge_view(document, language)}</h2>"
        f"{facts_view(document, opened.texts, language)}{missing}{told_view(opened.texts, language)}"
        f"{printed_headings(opened.texts, heading, sought)}{_tools(opened, language)}</header>"
        f"{names_view(columns)}{rows}{notes_view(opened.texts, language)}"
        f"<footer>{_neighbours(opened, language)}</footer></article>"
    )


def heading_of_ours(texts: Sequence[ArticleText], language: str) -> str:
    """The layer's heading in the reader's language; "" where there is none."""
    return next((t.plain_heading for t in texts if t.reader_language == language and t.plain_heading), "")


def badge_view(document: Document, language: str) -> str:
    """Whether the document is in force."""
    told = escaped(message(f"status.{document.status}", language))
    return f'<span class="az-badge {document.status}">{told}</span>'


def facts_view(document: Document, texts: Sequence[ArticleText], language: str) -> str:
    """The document's title and standing, and the editions read where there are several to choose from."""
    days = dict.fromkeys(text.edition for text in texts if text.official and text.one_of_several)
    editions = [say("edition", language, edition=edition_label(day, language)) for day in days]
    facts = (document.titles[language], standing(document, language), *editions)
    return f'<p class="az-meta">{"; ".join(escaped(fact) for fact in facts if fact)}</p>'


def told_view(texts: Sequence[ArticleText], language: str, *, of_document: bool = True) -> str:
    """That plain words are withheld, that the wording of the day is not at hand and, if `of_document`, that a newer
    edition was found."""
    own = next((text for text in texts if text.reader_language == language), texts[0])
    withheld = message("answer.withheld", language) if own.withheld else ""
    told = (withheld, own.later, own.newer if of_document else "")
    return "".join(f'<p class="az-meta">{escaped(sentence)}</p>' for sentence in told if sentence)


def _cite(text: ArticleText, eid: str, language: str) -> str:
    if text.document.kind == "private":
        return ""
    return cite_menu(Cited(text.document, eid, text.url, text.edition if text.official else ""), language)


def printed_headings(texts: Sequence[ArticleText], ours: str, sought: Sought) -> str:
    """The headings that the editions print, where they say more than the article's number."""
    printed = {t.heading: t.language for t in texts if t.official and len(t.heading.split()) > 2 and t.heading != ours}
    return "".join(
        f'<p class="az-printed" lang="{code}">{marked(sought.runs(heading, code))}</p>'
        for heading, code in printed.items()
    )


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


def notes_view(texts: Sequence[ArticleText], language: str) -> str:
    """What the editions print around the law, apart and never as the law."""
    notes = dict.fromkeys((note.text, text.language) for text in texts for note in text.notes)
    if not notes:
        return ""
    items = "".join(f'<li lang="{code}">{escaped(text)}</li>' for text, code in notes)
    return f'<details class="az-notes"><summary>{escaped(say("notes", language))}</summary><ul>{items}</ul></details>'
