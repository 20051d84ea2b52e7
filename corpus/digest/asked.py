"""Questions people ask, at the provisions that answer them: made for finding. Of the plain ones some are offered to be
asked (`qa.composing.next_questions`)."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import replace
from functools import cache
from importlib import resources

import rtoml

from corpus.provision import LANGUAGES, Block, EditionText, Provision


@cache
def asked_questions(document: str, language: str) -> dict[str, tuple[str, ...]]:
    """Questions by the eId of the provision that answers them; empty where the document has none."""
    return _by_eid(asked_file(document, language))


@cache
def near_misses(document: str, language: str) -> dict[str, tuple[str, ...]]:
    """Questions that nothing in the document answers, by the eId of the provision that they come near to; empty where
    there are none."""
    return _by_eid(f"{document}.near.{language}.toml")


@cache
def asked_checksum(document: str) -> str | None:
    """SHA-256 of the questions on a document, in all languages; None where there are none."""
    folder = resources.files("corpus.digest")
    files = [folder.joinpath(asked_file(document, language)) for language in LANGUAGES]
    found = [file.read_bytes() for file in files if file.is_file()]
    return hashlib.sha256(b"\0".join(found)).hexdigest() if found else None


def with_questions(text: EditionText, languages: Collection[str]) -> EditionText:
    """An official text whose provisions carry the questions, in the languages, that people ask and they answer: of a
    document without plain words, at whose entries the questions would stand."""
    asked = [asked_questions(text.document, language) for language in languages]

    def carrying(block: Block) -> Block:
        questions = tuple(q for rows in asked for q in rows.get(block.eid, ())) if isinstance(block, Provision) else ()
        return replace(block, asked=questions) if isinstance(block, Provision) and questions else block

    return replace(text, blocks=tuple(map(carrying, text.blocks)))


def asked_file(document: str, language: str) -> str:
    """Name of the file that holds the questions."""
    return f"{document}.asked.{language}.toml"


def _by_eid(name: str) -> dict[str, tuple[str, ...]]:
    path = resources.files("corpus.digest").joinpath(name)
    if not path.is_file():
        return {}
    table = rtoml.loads(path.read_text(encoding="utf-8"))
    return {
        article if key == "text" else f"{article}__{key}": tuple(questions)
        for article, rows in table.items()
        for key, questions in rows.items()
    }
