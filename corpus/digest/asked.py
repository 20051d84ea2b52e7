"""Questions people ask, at the provisions that answer them: made for finding, never shown."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources


@cache
def asked_questions(document: str, language: str) -> dict[str, tuple[str, ...]]:
    """Questions by the eId of the provision that answers them; empty where the document has none."""
    path = resources.files("corpus.digest").joinpath(asked_file(document, language))
    if not path.is_file():
        return {}
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    return {
        article if key == "text" else f"{article}__{key}": tuple(questions)
        for article, rows in table.items()
        for key, questions in rows.items()
    }


def asked_file(document: str, language: str) -> str:
    """Name of the file that holds the questions."""
    return f"{document}.asked.{language}.toml"
