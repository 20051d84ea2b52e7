"""An act read from its file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

import msgspec

from corpus.errors import CorpusError, UnreadableFile
from corpus.fetching.recognition import shape_without_articles
from corpus.library.acts import Act, ActFile, ActStatus
from corpus.library.heads import Head, head_of
from corpus.library.official_page import PageHead, page_address, page_head
from corpus.parsing.structure import parse
from corpus.private import grammar_language, is_heading, paragraphs
from corpus.provision import Provision
from corpus.readers import Line, media_type_of, read, text_of
from corpus.readers.kinds import HTML, PLAIN
from corpus.text.normalisation import checksum

_SAMPLE = 5000
_NEVER = date.min  # the last day of an act that is repealed, nobody says when: no question is answered from it


class NoAct(CorpusError):
    """A file that can be read, but holds no act as it should."""


def read_act(
    file: ActFile, data: bytes, *, detect: Callable[[str], str], max_characters: int, max_pages: int | None = None
) -> Act:
    """The act in the bytes of the file; `detect` tells the language of a text. Raises `UnreadableFile` and `NoAct`."""
    media_type = media_type_of(data)
    if media_type == PLAIN and file.path.suffix.casefold() == ".md":
        media_type = "text/markdown"
    above = page_head(data) if media_type == HTML else None
    lines = read(data, media_type, max_pages=max_pages)
    written_in = grammar_language(lines)
    if not lines or (media_type == HTML and above is None and written_in is None):
        raise _without_text(data, media_type)
    count = sum(len(line.text) for line in lines)
    if count > max_characters:
        raise UnreadableFile("too_long", count=count, limit=max_characters)
    language = file.language or written_in or detect(text_of(lines)[:_SAMPLE])
    if written_in and written_in != language:
        raise NoAct(f"Its name says {language}, but its articles are headed in {written_in}.")
    provisions = _provisions(file.act, language, lines, has_articles=written_in is not None)
    if not provisions:
        raise NoAct("It holds nothing but headings and notes.")
    return _told(file, language, lines, above, provisions)


def _without_text(data: bytes, media_type: str) -> CorpusError:
    if media_type != HTML:
        return UnreadableFile("no_text")
    return NoAct(f"It is {shape_without_articles(data, media_type)}; get the act's own page anew.")


def _provisions(act: str, language: str, lines: list[Line], *, has_articles: bool) -> tuple[Provision, ...]:
    """What can be cited: neither what was excluded, nor headings, nor notes."""
    law = [line for line in lines if line.kind == "text"] if not has_articles else lines
    blocks = parse(act, language, law) if has_articles else tuple(paragraphs(act, language, law))
    provisions = (block for block in blocks if isinstance(block, Provision) and not block.excluded)
    return tuple(p for p in provisions if any(c.isalpha() for c in p.body) and (has_articles or not is_heading(p.text)))


def _told(
    file: ActFile, language: str, lines: Sequence[Line], above: PageHead | None, provisions: tuple[Provision, ...]
) -> Act:
    """The act with what its metadata say, and where they are silent, its page and its head."""
    told, head = file.told, head_of(lines, above.lines if above else ())
    status = (
        told.status or (above.status if above else None) or _status(head, is_official=file.is_official or bool(above))
    )
    until = told.until or (head.until if status == "repealed" else None)
    act = Act(
        id=file.act,
        language=language,
        title=told.of(told.titles, language) or head.title or file.act,
        short=told.of(told.short_titles, language),
        kind=told.kind or head.kind or "other",
        status=status,
        number=told.number or head.number,
        edition=told.edition,
        since=told.since or head.since or told.adopted or head.adopted,
        until=until or (_NEVER if status == "repealed" else None),
        page=told.of(told.pages, language) or page_address(file.act, language),
        checksum="",
        provisions=provisions,
    )
    # Of what was made of the file, so that another way of reading it counts as another text.
    return replace(act, checksum=checksum(msgspec.json.encode(act).decode()))


def _status(head: Head, *, is_official: bool) -> ActStatus:
    if head.is_repealed:
        return "repealed"
    return "in_force" if is_official else "unknown"
