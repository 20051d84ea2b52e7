"""The table of changes by section, with counts that filter it."""

from __future__ import annotations

import html
from collections.abc import Sequence

from corpus.concordance import Kind, Pair, load_concordance
from page.changes.place import Place
from page.changes.row import pair_view
from page.translation import say
from page.views.markup import escaped
from qa import Assistant
from qa.errors import BadReference
from qa.messages import message
from qa.reading.changes_by_section import GONE, ChangedSection, counted
from qa.reading.comparison import known_kind

_WITH_TEXTS = 60  # rows shown with their texts; of more a row's come when it is unfolded


def shown_sections(place: Place, sections: Sequence[ChangedSection], language: str) -> tuple[ChangedSection, ...]:
    """The sections with what the place shows of them. Raises `BadReference` for a kind or a section there is not."""
    kind = known_kind(place.kind or None, language)
    keys = [section.key for section in sections]
    if place.section and place.section not in keys:
        known = ", ".join(keys)
        raise BadReference(message("bad.section", language, value=repr(place.section), known=known))
    found = (
        ChangedSection(s.key, s.title, tuple(pair for pair in s.pairs if kind in (None, pair.kind)))
        for s in sections
        if place.section in ("", s.key)
    )
    return tuple(section for section in found if section.pairs)


def table_view(place: Place, sections: Sequence[ChangedSection], assistant: Assistant, language: str) -> str:
    """The counts of all, then each section with its own and its rows: folded while all are shown."""
    shown = shown_sections(place, sections, language)
    every = [pair for section in sections for pair in section.pairs]
    count = sum(len(section.pairs) for section in shown)
    whole = {section.key: section for section in sections}
    parts = [
        _kinds(every, place, "", language),
        f'<p class="az-meta" role="status">{escaped(say("compare_count", language, count=count))}</p>',
    ]
    for section in shown:
        rows = rows_view(section.pairs, assistant, language, with_texts=not place.is_whole and count <= _WITH_TEXTS)
        if place.is_whole:
            told = escaped(say("changes_rows", language, count=len(section.pairs)))
            rows = f'<details class="az-rows"><summary>{told}</summary>{rows}</details>'
        of_kinds = _kinds(whole[section.key].pairs, place, section.key, language)
        title = escaped(say("changes_gone", language) if section.key == GONE else section.title)
        href = html.escape(Place(section=section.key).address)
        parts.append(f'<section><h2><a href="{href}">{title}</a></h2>{of_kinds}{rows}</section>')
    return framed(place, "".join(parts))


def rows_view(
    pairs: Sequence[Pair], assistant: Assistant, language: str, *, with_texts: bool, first_open: bool = False
) -> str:
    """A row a pair."""
    numbers = {id(pair): number for number, pair in enumerate(load_concordance().pairs)}
    return "".join(
        pair_view(
            pair,
            assistant,
            language,
            number=numbers[id(pair)],
            is_open=first_open and not at,
            with_texts=with_texts,
        )
        for at, pair in enumerate(pairs)
    )


def framed(place: Place, shown: str) -> str:
    """What is shown, with its address, which the page's script takes over."""
    kind = "az-changes" if place.is_whole else "az-changes az-filtered"
    return f'<div class="{kind}" data-address="{html.escape(place.address)}">{shown}</div>'


def _kinds(pairs: Sequence[Pair], here: Place, section: str, language: str) -> str:
    """How many pairs there are of each kind, each count the link that shows them alone; "" where all are of one."""
    counts: list[tuple[Kind | None, int]] = [(None, len(pairs)), *counted(pairs).items()]
    if len(counts) == 2:
        return ""
    links = []
    for kind, count in counts:
        there = Place(kind or "", section)
        name = message(f"kind.{kind}", language) if kind else say("compare_all", language)
        current = ' aria-current="true"' if there == here else ""
        links.append(f'<a href="{html.escape(there.address)}"{current}>{escaped(name)} <b>{count}</b></a>')
    label = html.escape(say("compare_kind", language))
    return f'<p class="az-kinds" role="group" aria-label="{label}">{"".join(links)}</p>'
