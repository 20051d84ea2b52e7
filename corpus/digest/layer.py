"""Reading the layer's entries as if they were an edition: headings of sections and articles, one text a provision."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from functools import cache
from importlib import resources
from typing import Any

import rtoml

from corpus.digest.asked import asked_file, asked_questions
from corpus.digest.everyday import everyday_words
from corpus.provision import LANGUAGES, Block, EditionText, Heading, HeadingLevel, Provision

_WHOLE_ARTICLE = "text"
_HEADINGS = ("section", "heading")


@cache
def digests(document: str) -> tuple[EditionText, ...]:
    """The layer for the document, one text a language; empty where there is none.

    Its provisions have `wording` "plain" and the eIds of the official editions.
    """
    found = []
    for language in LANGUAGES:
        source = _file(document, language)
        if source is not None:
            found.append(_parsed(document, language, source))
    return tuple(found)


@cache
def digest_checksum(document: str, language: str) -> str | None:
    """SHA-256 over everything that the layer's text in the language is made of; None where there is none."""
    source = _file(document, language)
    if source is None:
        return None
    folder = resources.files("corpus.digest")
    others = (folder.joinpath(name) for name in (f"everyday.{language}.toml", asked_file(document, language)))
    return hashlib.sha256(b"\0".join([source, *(o.read_bytes() for o in others if o.is_file())])).hexdigest()


def _file(document: str, language: str) -> bytes | None:
    path = resources.files("corpus.digest").joinpath(f"{document}.{language}.toml")
    return path.read_bytes() if path.is_file() else None


def _parsed(document: str, language: str, source: bytes) -> EditionText:
    said: dict[str, list[str]] = defaultdict(list)
    for word in everyday_words(language):
        for eid in word.at:
            said[eid] += word.say
    asked = asked_questions(document, language)
    blocks: list[Block] = []
    section = ""
    sections = 0
    for article, table in rtoml.loads(source.decode("utf-8")).items():
        if "section" in table:
            section = table["section"]
            sections += 1
            blocks.append(Heading(f"sec_{sections}", "section", str(sections), section, section))
        heading = table["heading"]
        level: HeadingLevel = "article" if article.startswith("art_") else "preamble"
        number = article.removeprefix("art_") if level == "article" else ""
        blocks.append(Heading(article, level, number, heading, heading))
        for eid, text in _entries(article, table):
            blocks.append(
                Provision(
                    document=document,
                    eid=eid,
                    language=language,
                    text=text,
                    section=section,
                    article_title=heading,
                    wording="plain",
                    everyday=tuple(said.get(eid, ())),
                    asked=asked.get(eid, ()),
                )
            )
    digest = digest_checksum(document, language) or ""
    return EditionText(document, language, "plain", digest, "", tuple(blocks))


def _entries(article: str, table: dict[str, Any]) -> list[tuple[str, str]]:
    return [
        (article if key == _WHOLE_ARTICLE else f"{article}__{key}", text)
        for key, text in table.items()
        if key not in _HEADINGS
    ]
