"""What a legal text is made of: headings, provisions, and the notes printed around them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Wording = Literal["official", "plain"]
HeadingLevel = Literal["title", "section", "chapter", "article", "preamble"]
NoteKind = Literal["amendment", "reference", "notice", "signature", "colophon"]

LANGUAGES = ("kk", "ru", "en")


@dataclass(frozen=True, slots=True)
class Heading:
    """A printed heading; `number` is "" where the heading has none (a title)."""

    eid: str
    level: HeadingLevel
    number: str
    title: str
    text: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Provision:
    """The smallest citable unit of one edition.

    `eid` follows Akoma Ntoso's naming convention (OASIS AKN-NC 1.0, section 5): `art_18__para_2`. The first
    part of a paragraph carries the paragraph's own eId; later unnumbered parts are `…__subpara_2` and on.
    `text` is the text as printed, number included; `body` is the same without the number.

    `wording` tells the law's own words from the plain-language layer's (`corpus.digest`), which are this project's:
    those are never quoted. `everyday` is what people say for what a plain entry speaks of, `asked` what they ask that
    it answers.
    """

    document: str
    eid: str
    language: str
    text: str
    number: str = ""
    lead_in: str = ""
    section: str = ""
    article_title: str = ""
    excluded: bool = False
    page: int | None = None
    anchor: str | None = None
    wording: Wording = "official"
    everyday: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """`document#eid`, the same for every language edition of the document."""
        return f"{self.document}#{self.eid}"

    @property
    def article(self) -> str:
        """The article's number ("18", "94-1"), or "" outside articles."""
        match = re.match(r"art_([^_]+)", self.eid)
        return match[1] if match else ""

    @property
    def place(self) -> str:
        """Where people look it up: the article's number, "preamble", or "" elsewhere."""
        return "preamble" if self.eid.startswith("preamble") else self.article

    @property
    def article_id(self) -> str:
        """Identifier of the containing article, or of the provision itself outside articles."""
        return f"{self.document}#{self.eid.split('__')[0]}"

    @property
    def body(self) -> str:
        """The text without its printed number; a verbatim substring of `text`."""
        return self.text[len(self.number) :].lstrip()


@dataclass(frozen=True, slots=True)
class Note:
    """What the edition prints around the law; `about` is the eId it belongs to. Never quoted as the law."""

    kind: NoteKind
    about: str
    text: str
    page: int | None = None


Block = Heading | Provision | Note


@dataclass(frozen=True, slots=True)
class EditionText:
    """One parsed edition; `join(blocks)` is its normalised text, character for character."""

    document: str
    language: str
    edition: str
    checksum: str
    source_url: str
    blocks: tuple[Block, ...]

    @property
    def provisions(self) -> tuple[Provision, ...]:
        return tuple(block for block in self.blocks if isinstance(block, Provision))

    @property
    def notes(self) -> tuple[Note, ...]:
        return tuple(block for block in self.blocks if isinstance(block, Note))

    @property
    def headings(self) -> tuple[Heading, ...]:
        return tuple(block for block in self.blocks if isinstance(block, Heading))


def join(blocks: tuple[Block, ...]) -> str:
    """The edition's normalised text put together again: one block a line, in printed order."""
    return "\n".join(block.text for block in blocks)
