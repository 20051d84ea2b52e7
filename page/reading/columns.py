"""The texts of an article side by side."""

from __future__ import annotations

import html
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from page.translation import say
from page.views.divergence import divergence_view
from page.views.markup import escaped, marked
from qa.labels import label_of
from qa.reading.article import ArticleText
from qa.reading.finding import Sought


@dataclass(frozen=True, slots=True)
class Column:
    """One text of the article; `texts` by eId."""

    name: str
    language: str
    is_official: bool
    texts: dict[str, str]


def columns_of(texts: Sequence[ArticleText], language: str) -> list[Column]:
    """Each official text once, then plain words in each language asked for; of both the reader's language first, the
    others in the order of `texts`."""
    ordered = sorted(texts, key=lambda text: text.reader_language != language)
    official = {text.language: text for text in ordered if text.official}
    columns = [
        Column(
            say("official_column", language, name=say(code, language)),
            code,
            True,
            {p.eid: p.text for p in text.provisions},
        )
        for code, text in sorted(official.items(), key=lambda found: found[0] != language)
    ]
    return columns + [
        Column(say("plain_column", language, name=say(code, language)), code, False, text.plain)
        for text in ordered
        if text.plain and (code := text.reader_language)
    ]


def names_view(columns: Sequence[Column]) -> str:
    """What heads the columns. More than two do not fit beside each other: their cells are named one by one."""
    if len(columns) > 2:
        return ""
    return f'<div class="az-pair az-names">{"".join(f"<div>{escaped(column.name)}</div>" for column in columns)}</div>'


def rows_view(
    texts: Sequence[ArticleText],
    columns: Sequence[Column],
    language: str,
    link: Callable[[str], str],
    sought: Sought,
    level: int = 3,
    below: Callable[[str], str] = lambda eid: "",
) -> str:
    """Every provision, its number a link to itself, with its texts beside each other, the words sought marked. `link`
    gives the address of an eId, `below` what stands under its texts."""
    first = texts[0]
    many = " az-many" if len(columns) > 2 else ""
    rows = []
    for provision in first.provisions:
        eid = provision.eid
        cells = "".join(
            f'<div class="{"az-official" if column.is_official else "az-words-of-ours"}" lang="{column.language}" '
            f'data-name="{html.escape(column.name)}">'
            f"{marked(sought.runs(column.texts.get(eid, ''), column.language))}</div>"
            for column in columns
        )
        told = first.divergences.get(eid)
        parted = divergence_view(told, first.reader_language) if told else ""
        label = escaped(label_of(provision, language))
        rows.append(
            f'<section id="{html.escape(eid)}"><h{level}><a class="az-para" href="{html.escape(link(eid))}">{label}</a>'
            f'</h{level}><div class="az-pair{many}">{cells}</div>{parted}{below(eid)}</section>'
        )
    return "".join(rows)
