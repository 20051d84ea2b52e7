"""A user's own document: any PDF, DOCX, HTML or text file, by articles if it has them, else by paragraphs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from corpus.catalogue import Document
from corpus.errors import CorpusError, UnreadableFile
from corpus.parsing.grammar import GRAMMARS
from corpus.parsing.structure import parse
from corpus.provision import Block, EditionText, Note, Provision
from corpus.readers import Line, read, text_of
from corpus.store import PRIVATE, StoredEdition, private_document
from corpus.text.folding import fold_letters
from corpus.text.normalisation import checksum, normalise_line

MAX_BYTES = 64 * 1024 * 1024
_ARTICLES_FROM = 2
_SAMPLE = 5000
_LONGEST_HEADING = 9  # words
_NUMBERED = re.compile(r"^(?:\d{1,2}\.?|[IVX]{1,5}\.|\d{1,2}\s?[-–]\s?\w+\.)\s+\S")


def read_file(path: Path) -> bytes:
    """The bytes of a regular file, of which no more are read than are allowed, whatever it says of its size.

    Raises `UnreadableFile` for anything else than a file and for a larger one, `CorpusError` where it cannot be opened.
    """
    try:
        if not path.is_file() and path.exists():
            raise UnreadableFile("not_a_file")
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise CorpusError(f"{path} cannot be read: {error.strerror or error}.") from error
    if len(data) > MAX_BYTES:
        raise UnreadableFile("too_large", megabytes=MAX_BYTES // 2**20)
    return data


def read_document(
    data: bytes, name: str, *, detect: Callable[[str], str], title: str, max_pages: int | None = None
) -> tuple[Document, StoredEdition]:
    """A private document from its bytes; nothing is written. Raises `UnreadableFile`."""
    lines = read(data, max_pages=max_pages)
    if not lines:
        raise UnreadableFile("no_text")
    digest = checksum(text_of(lines))
    identifier = f"{PRIVATE}{_slug(readable_name(name))}-{digest[:8]}"
    now = datetime.now(UTC)
    stored = StoredEdition(
        identifier,
        grammar_language(lines) or detect(text_of(lines)[:_SAMPLE]),
        now.date().isoformat(),
        digest,
        "",
        now.isoformat(timespec="seconds"),
        tuple(lines),
    )
    return private_document(identifier, readable_name(title)), stored


def grammar_language(lines: list[Line]) -> str | None:
    """The language whose article headings the text has, or None for a text without articles."""
    counts = {
        code: sum(1 for line in lines if g.article.match(fold_letters(line.text))) for code, g in GRAMMARS.items()
    }
    best = max(counts, key=lambda code: counts[code])
    return best if counts[best] >= _ARTICLES_FROM else None


def parse_private(stored: StoredEdition) -> EditionText:
    """Provisions by article where the text has articles, else one a paragraph (`par_1`, `par_2`, …).

    Footnotes become notes of the provision that they stand after. What only the official site marks as a note by its
    colour is text here: a clause in red is a clause.
    """
    lines = [replace(line, kind="text") for line in stored.lines if line.kind != "footnote"]
    if grammar_language(lines):
        blocks = parse(stored.document, stored.language, lines)
    else:
        blocks = tuple(paragraphs(stored.document, stored.language, lines))
    whole = _with_notes(stored, blocks)
    return EditionText(stored.document, stored.language, stored.edition, stored.checksum, stored.source_url, whole)


def paragraphs(document: str, language: str, lines: Sequence[Line]) -> Iterator[Provision]:
    """One provision a line (`par_1`, `par_2`, …), under the heading that it stands under."""
    heading = ""
    for n, line in enumerate(lines, start=1):
        if is_heading(line.text):
            heading = line.text
        yield Provision(
            document,
            f"par_{n}",
            language,
            line.text,
            article_title=heading if heading != line.text else "",
            page=line.page,
            anchor=line.anchor,
        )


def is_heading(text: str) -> bool:
    """Whether a line only names what stands under it: few words, no full stop, a number or capitals."""
    words = text.split()
    if not 0 < len(words) <= _LONGEST_HEADING or text.rstrip()[-1] in ".;:,!?":
        return False
    letters = [character for character in text if character.isalpha()]
    return bool(_NUMBERED.match(text)) or (bool(letters) and all(map(str.isupper, letters)))


def _with_notes(stored: StoredEdition, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The blocks with each note after the block that holds the line before it, so that the text joins as it was."""
    after: dict[int, list[Line]] = {}
    count = 0
    for line in stored.lines:
        if line.kind == "footnote":
            after.setdefault(count, []).append(line)
        count += line.kind != "footnote"
    if not after:
        return blocks
    whole: list[Block] = [Note("footnote", stored.document, note.text, note.page) for note in after.get(0, ())]
    first = 0
    for block in blocks:
        last = first + block.text.count("\n") + 1
        whole.append(block)
        about = block.about if isinstance(block, Note) else block.eid
        for at in range(first + 1, last + 1):
            whole.extend(Note("footnote", about, note.text, note.page) for note in after.get(at, ()))
        first = last
    return tuple(whole)


def readable_name(name: str) -> str:
    """A file's name or a title as text: bytes that are no UTF-8, and what shows nothing, as question marks."""
    text = normalise_line(name.encode("utf-8", "replace").decode("utf-8"))
    return "".join(character if character.isprintable() else "?" for character in text)


def _slug(name: str) -> str:
    """The file's name as an identifier: letters of any script, digits and hyphens."""
    plain = unicodedata.normalize("NFC", name).lower()
    return re.sub(r"[^\w]+", "-", plain).strip("-_")[:40] or "document"


__all__ = [
    "grammar_language",
    "is_heading",
    "paragraphs",
    "parse_private",
    "read_document",
    "read_file",
    "readable_name",
]
