"""Answers, articles and lists as plain text for a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from index import SearchResult
from qa.answer import Answer
from qa.composing.composition import standing
from qa.composing.later_wording import history_lines
from qa.composing.two_texts import divergence_lines
from qa.labels import edition_label, label_of
from qa.messages import message
from qa.reading.article import ArticleText

WIDTH = 100


def plain_text(answer: Answer, *, explain: bool = False) -> str:
    """The answer with links, and with `explain` its trace."""
    language = answer.language
    parts = [message("page.understood", language, reading=answer.reading)] if answer.reading else []
    parts.append(wrapped(answer.text))
    parts += [message("answer.quotes_of", language, name=subject.id) for subject in answer.subjects]
    parts += [message("answer.more_on", language, titles=", ".join(s.title for s in answer.more_on))] * bool(
        answer.more_on
    )
    links = list(dict.fromkeys(c.url for c in answer.citations if c.url))
    if answer.abstained and answer.see_also:
        labels = ", ".join(item.label for item in answer.see_also)
        parts.append(message("abstain.nearest", language, labels=labels))
    if links:
        parts.append("\n".join(f"{message('page.official', language)}: {link}" for link in links))
    parts.append(message("page.disclaimer", language))
    if explain:
        parts.append(f"{message('page.how', language)}\n" + "\n".join(explanation(answer)))
    return "\n\n".join(parts)


def explanation(answer: Answer) -> Iterator[str]:
    """The trace line by line, then the ten best candidates."""
    language = answer.language
    for step in answer.trace:
        yield f"  [{step.stage}] {step.text}"
    for provision, score in answer.retrieved[:10]:
        yield "  " + message("page.candidate", language, label=provision, score=f"{score:.4f}")
    yield "  " + message("page.elapsed", language, ms=f"{answer.elapsed_ms:.0f}", fingerprint=answer.fingerprint)


def article_text(found: ArticleText, *, history: bool = False) -> str:
    """An article with its document, its notes set apart, and its official page; with its `history`, a line a change."""
    language = found.reader_language
    facts = [found.document.titles[language], standing(found.document, language)]
    if found.official:
        facts.append(message(f"answer.quote_in_{found.language}", language))
        facts.append(message("page.edition", language, edition=edition_label(found.edition, language)))
    lines = ["; ".join(fact for fact in facts if fact), ""]
    if found.later:
        lines += [wrapped(found.later), ""]
    if found.heading:
        lines += [found.heading, ""]
    if found.official:
        lines += [wrapped(p.text) for p in found.provisions]
    else:
        lines.append(wrapped(message("answer.no_text", language)))
    if found.plain:
        lines += ["", message("answer.plain", language, text=found.plain_heading)]
        said = ((p, found.plain[p.eid]) for p in found.provisions if p.eid in found.plain)
        lines += [wrapped(f"{label_of(p, language)}: {text}") for p, text in said]
    for p in found.provisions:
        if p.eid in found.divergences:
            heading, *rows = divergence_lines(found.divergences[p.eid], language)
            lines += ["", *map(wrapped, (f"{label_of(p, language)}. {heading}", *rows))]
    if found.withheld:
        lines += ["", wrapped(message("answer.withheld", language))]
    if found.notes:
        lines += ["", *(wrapped(f"* {note.text}") for note in found.notes)]
    if history:
        told = list(history_lines(found.history, language)) or [message("later.never", language)]
        lines += ["", message("later.history", language), *(f"  {line}" for line in told)]
    if found.newer:
        lines += ["", wrapped(found.newer)]
    if found.url:
        lines += ["", f"{message('page.official', language)}: {found.url}"]
    return "\n".join(lines)


def hit_lines(result: SearchResult) -> str:
    """One hit a line: score, id, language, beginning of the text."""
    rows = []
    for hit in result.hits:
        text = textwrap.shorten(hit.provision.body, 90, placeholder=" …")
        label = label_of(hit.provision, hit.provision.language)
        rows.append(f"{hit.score:.4f}  {hit.provision.document}  {label}\n        {text}")
    return "\n".join(rows)


def wrapped(text: str) -> str:
    """The text in lines of at most `WIDTH` characters, its own line breaks kept."""
    return "\n".join(
        textwrap.fill(line, WIDTH, break_long_words=False, break_on_hyphens=False) for line in text.split("\n")
    )
