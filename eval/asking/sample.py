"""A small data set to begin with, in the words of this project, as a table or as JSON Lines."""

from __future__ import annotations

import csv
import io
import json
from importlib import resources
from typing import Any, Literal

Kind = Literal["jsonl", "csv"]
_COLUMNS = ("id", "question", "language", "answerable", "gold", "facts")
# Where a comma is the decimal sign, spreadsheets part cells at semicolons.
_SEPARATORS = {"en": ",", "ru": ";", "kk": ";"}


def sample(kind: Kind, language: str) -> str:
    """The text of a data set whose questions are in the language; a table opens with a byte order mark."""
    rows = _rows(language)
    if kind == "jsonl":
        return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    out = io.StringIO()
    writer = csv.writer(out, delimiter=_SEPARATORS[language], lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    writer.writerows([_cell(row.get(column, "")) for column in _COLUMNS] for row in rows)
    return "\ufeff" + out.getvalue()


def _rows(language: str) -> list[dict[str, Any]]:
    text = resources.files("eval").joinpath("asking/sample.jsonl").read_text(encoding="utf-8")
    rows: list[dict[str, Any]] = [json.loads(line) for line in text.splitlines()]
    return [row for row in rows if row["language"] == language]


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return "; ".join(value) if isinstance(value, list) else str(value)
