"""Subjects as HTML: the index of all, and one told as a whole, a leaflet when printed."""

from __future__ import annotations

import html
from collections.abc import Sequence

from corpus.subjects import Subject
from page.translation import say
from page.views.markup import copy_button, escaped, link, paragraph_link, topic_address, topic_link
from qa.messages import message
from qa.reading.topic import Told, Topic


def index_view(listed: Sequence[tuple[int, Subject]], current: str, language: str) -> str:
    """The subjects with their depth, as a tree of links; that one sentence where there is none."""
    if not listed:
        return f'<p class="az-meta" role="status">{escaped(say("topics_none", language))}</p>'
    items = "".join(
        f'<li class="az-depth-{min(depth, 3)}"{" aria-current=page" if subject.id == current else ""}>'
        f"{topic_link(subject.id, language, subject.title(language))}</li>"
        for depth, subject in listed
    )
    title = escaped(say("tab_topics", language))
    count = escaped(say("topics_count", language, count=len(listed)))
    return (
        f'<nav class="az-contents az-topics" aria-label="{title}">'
        f'<p class="az-meta" role="status">{count}</p><ul>{items}</ul></nav>'
    )


def topic_view(topic: Topic) -> str:
    """What the subject comes to, then its groups: plain words and the official quote of each provision."""
    language = topic.language
    title = topic.subject.title(language)
    groups = "".join(
        f"<section><h3>{escaped(heading)}</h3>{''.join(_told(told, topic) for told in found)}</section>"
        for heading, found in topic.groups
    )
    below = ", ".join(topic_link(subject.id, language, subject.title(language)) for subject in topic.below)
    more = f'<p class="az-meta">{escaped(message("topic.below", language, titles=""))}{below}</p>' if below else ""
    tools = (
        f'<div class="az-row az-tools"><button type="button" class="az-act az-print">{escaped(say("print", language))}'
        f"</button>{copy_button(topic_address(topic.subject.id, language), say('copy_link', language))}</div>"
    )
    count = escaped(message("topic.count", language, count=topic.count))
    note = escaped(say("disclaimer", language))
    return (
        f'<article class="az-article az-leaflet" lang="{language}"><h2>{escaped(title)}</h2>{tools}'
        f"{_says(topic)}{groups}"
        f'<p class="az-meta">{count}</p>{more}<footer class="az-note">{note}</footer></article>'
    )


def _says(topic: Topic) -> str:
    if topic.withheld:
        return f'<p class="az-meta az-withheld">{escaped(message("topic.withheld", topic.language))}</p>'
    mark = f'<span class="az-mark">{escaped(say("plain", topic.language))}</span>'
    left_open = topic.subject.open.get(topic.language, "")
    rest = f'<p class="az-open-words">{escaped(left_open)}</p>' if left_open else ""
    return f'<div class="az-words"><p>{escaped(topic.subject.says[topic.language])}</p>{rest}{mark}</div>'


def _told(told: Told, topic: Topic) -> str:
    eid = told.provision.split("#")[1]
    label = paragraph_link(told.provision, topic.language, told.label)
    if told.plain is None:
        words = f'<p class="az-meta az-withheld">{escaped(message("answer.withheld", topic.language))}</p>'
    else:
        words = f"<p>{escaped(told.plain)} ({label})</p>"
    kind = "az-essential" if told.is_essential else "az-further"
    return f'<div class="az-told-of {kind} {html.escape(eid)}">{words}{_quote(told, topic.language)}</div>'


def _quote(told: Told, language: str) -> str:
    if told.quote is None:
        return ""
    lead_in = f'<span class="az-lead-in">{escaped(told.lead_in)}</span>' if told.lead_in else ""
    page = f' <span class="az-mark">{link(told.url, say("official", language))}</span>' if told.url else ""
    return f'<blockquote lang="{told.language}">{lead_in}{escaped(told.quote)}{page}</blockquote>'
