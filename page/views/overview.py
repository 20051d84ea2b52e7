"""A subject told as a whole, in an answer: what it comes to, its provisions in groups, the rest to unfold."""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence

from corpus import Document
from page.translation import say
from page.views.citation_card import card
from page.views.markup import escaped, topic_link
from qa.answer import Answer, Citation, SubjectTold
from qa.composing.overview_text import outside, shown_groups
from qa.messages import message

_AT_ONCE = 4  # provisions shown before "show all": about a screen of a phone


def overview(answer: Answer, documents: dict[str, Document]) -> Iterator[str]:
    """The subjects one after another, then what is near and belongs to none."""
    language = answer.language
    by_name = {citation.provision: citation for citation in answer.citations}
    for subject in answer.subjects:
        groups = shown_groups(subject, by_name)
        if subject is answer.subjects[-1] and (near := outside(answer.subjects, answer.citations)):
            groups.append((message("answer.nearest_too", language), near))
        yield _told(subject, groups, documents, language)


def _told(
    subject: SubjectTold, groups: Sequence[tuple[str, list[Citation]]], documents: dict[str, Document], language: str
) -> str:
    mark = f'<span class="az-mark">{escaped(say("plain", language))}</span>'
    left_open = f"<p>{escaped(subject.open)}</p>" if subject.open else ""
    first: list[tuple[str, list[Citation]]] = []
    rest: list[tuple[str, list[Citation]]] = []
    shown = 0
    for heading, cited in groups:
        (first if shown < _AT_ONCE else rest).append((heading, cited))
        shown += len(cited)
    hidden = sum(len(cited) for _, cited in rest)
    unfold = (
        f'<details class="az-all"><summary>{escaped(say("show_all", language, count=hidden))}</summary>'
        f"{_groups(rest, documents, language)}</details>"
        if rest
        else ""
    )
    return (
        f'<section class="az-subject"><h3>{escaped(subject.title)}</h3>'
        f'<div class="az-words"><p>{escaped(subject.says)}</p>{left_open}{mark}</div>'
        f"{_groups(first, documents, language)}{unfold}</section>"
    )


def _groups(groups: Sequence[tuple[str, list[Citation]]], documents: dict[str, Document], language: str) -> str:
    return "".join(
        f"<h4>{escaped(heading)}</h4>" + "".join(_row(c, documents[c.document], language) for c in cited)
        for heading, cited in groups
    )


def _row(citation: Citation, document: Document, language: str) -> str:
    """A provision in plain words, its card to unfold; the card alone where there are no plain words."""
    if not citation.plain:
        return card(citation, document, language, is_open=False)
    eid = html.escape(citation.provision.split("#")[1])
    return (
        f'<div class="az-row-told {eid}"><p>{escaped(citation.plain)}</p>'
        f"{card(citation, document, language, is_open=False)}</div>"
    )


def further(answer: Answer, documents: dict[str, Document]) -> str:
    """What belongs to the answer too: folded, card by card."""
    language = answer.language
    cards = "".join(card(c, documents[c.document], language, is_open=False) for c in answer.further)
    summary = escaped(say("further", language, count=len(answer.further)))
    return f'<details class="az-all"><summary>{summary}</summary>{cards}</details>'


def chips(answer: Answer) -> str:
    """Subjects to read on under; "" where there are none."""
    told = [(subject.id, subject.title) for subject in answer.subjects]
    named = dict.fromkeys([*told, *((subject.id, subject.title) for subject in answer.more_on)])
    if not named:
        return ""
    links = "".join(topic_link(identifier, answer.language, title) for identifier, title in named)
    label = escaped(say("more_on", answer.language))
    return f'<p class="az-chips"><span>{label}</span>{links}</p>'
