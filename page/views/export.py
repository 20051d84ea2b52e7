"""A conversation or an answer to take away: Markdown, a page to print, a citation on one line."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import resources

from jinja2 import Environment

from page.own.place import place_of
from page.own.sides import sides
from page.own.whose import Whose
from page.translation import say
from page.views.conversation import Exchange
from qa.answer import Answer, Citation
from qa.composing.composition import MOST_CITATIONS, library_told, plain_words, prose, quoted, wording
from qa.composing.later_wording import resolutions_told
from qa.composing.overview_text import subject_opening
from qa.composing.two_texts import divergence_lines
from qa.labels import edition_label
from qa.messages import message


def citation_line(citation: Citation, language: str) -> str:
    """Quote, label, document and address, as one pastes them into a text."""
    words = f"{quoted(citation)} — " if citation.quote is not None else ""
    source = f"{place_of(citation, language)}, {citation.document_title}"
    if citation.edition and citation.quote is not None and citation.status != "private":
        source += f" ({say('edition', language, edition=edition_label(citation.edition, language))})"
    return f"{words}{source}" + (f". {citation.url}" if citation.url else "")


def as_markdown(answer: Answer, yours: Answer | None = None, whose: Whose = "law") -> str:
    """The answer in words, each citation's plain words (or that they are withheld), quote, where its official texts
    part, the resolutions on it, and address; what the visitor's own documents say apart from the law, as on the
    screen."""
    language = answer.language
    parts = [say("understood", language, reading=answer.reading)] if answer.reading else []
    for side in sides(answer, yours, whose):
        if side.heading:
            parts.append(f"### {side.heading}")
        parts += _side_as_markdown(side.answer) if side.answer else [side.line]
        if side.answer and side.answer.see_also and not (side.answer.abstained or side.is_own):
            parts.append(message("answer.also", language, labels=", ".join(i.label for i in side.answer.see_also)))
    return "\n\n".join(parts)


def _side_as_markdown(answer: Answer) -> list[str]:
    language = answer.language
    parts = [answer.abstained.message] if answer.abstained else []
    if answer.notice:
        parts.append(answer.notice)
    if written := prose(answer):
        parts.append(written)
    parts += [subject_opening(subject, language) for subject in answer.subjects]
    parts += _citations_as_markdown(answer, language)
    if answer.further:
        labels = ", ".join(place_of(citation, language) for citation in answer.further)
        parts.append(message("answer.further", language, count=len(answer.further), labels=labels))
    if answer.newer:
        parts.append(answer.newer)
    if answer.library:
        parts += library_told(answer.library, language)
    return parts


def _citations_as_markdown(answer: Answer, language: str) -> list[str]:
    parts = []
    for citation in answer.citations:
        facts = (citation.document_title, wording(citation, language))
        parts.append(f"**{place_of(citation, language)}**, {'; '.join(filter(None, facts))}")
        if plain := plain_words(citation, language):
            parts.append(plain)
        if citation.quote is not None:
            parts.append("\n".join(f"> {line}" for line in quoted(citation).split("\n")))
        if citation.divergence:
            heading, *rows = divergence_lines(citation.divergence, language)
            parts.append("\n".join([f"*{heading}*", "", *(f"- {row}" for row in rows)]))
        if resolved := resolutions_told(citation, language):
            parts.append(resolved)
        if citation.url:
            parts.append(f"<{citation.url}>")
    return parts


def to_share(answer: Answer, yours: Answer | None = None, whose: Whose = "law") -> str:
    """The question, what answers it in plain words and in the law's, and where that stands, as plain text; what the
    visitor's own documents say apart from the law."""
    language = answer.language
    parts = [answer.question]
    for side in sides(answer, yours, whose):
        said = side.answer
        parts += filter(None, (side.heading, side.line))
        if said is None:
            continue
        if said.abstained:
            parts.append(said.abstained.message)
        parts += [subject_opening(subject, language) for subject in said.subjects]
        for citation in said.citations[:MOST_CITATIONS]:
            parts.append("\n".join(filter(None, (plain_words(citation, language), citation_line(citation, language)))))
    return "\n\n".join(parts)


def conversation_markdown(exchanges: Sequence[Exchange], language: str) -> str:
    """All questions and answers in order, with headings in the page's language."""
    parts = [f"# {say('export_title', language)}"]
    for exchange in exchanges:
        asked = f"## {say('export_question', language)}: {exchange.answer.question}"
        parts += [asked, as_markdown(exchange.answer, exchange.yours, exchange.whose)]
    parts.append(f"*{say('disclaimer', language)}*")
    return "\n\n".join(parts) + "\n"


def conversation_page(exchanges: Sequence[Exchange], language: str) -> str:
    """The same as a page of its own that prints well and loads nothing."""
    source = resources.files("page").joinpath("conversation.html").read_text(encoding="utf-8")
    template = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(source)
    return template.render(
        exchanges=exchanges,
        language=language,
        say=say,
        message=message,
        sides=sides,
        place_of=place_of,
        prose=prose,
        plain_words=plain_words,
        wording=wording,
        divergence_lines=divergence_lines,
        resolutions_told=resolutions_told,
        subject_opening=subject_opening,
        library_told=library_told,
    )
