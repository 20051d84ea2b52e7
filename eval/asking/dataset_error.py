"""Why a data set cannot be used, in one sentence of whatever language its reader has."""

from __future__ import annotations

from typing import Literal, NamedTuple

from qa.messages import message

Code = Literal[
    "encoding",
    "workbook",
    "empty",
    "empty_split",
    "not_json",
    "not_object",
    "no_column",
    "quotes",
    "cells",
    "text_wanted",
    "texts_wanted",
    "truth_wanted",
    "day_wanted",
    "choice",
    "gold_wanted",
    "twice",
    "no_provision",
    "no_document",
    "no_reply",
]


class Place(NamedTuple):
    """Where something stands: the name of a file or a question, a line from 1 (0 where there is none), a field of a
    JSON object or, in a table, a column ("" where it is the whole line)."""

    name: str
    line: int = 0
    field: str = ""
    is_table: bool = False

    def told(self, language: str) -> str:
        """`mine.csv, line 3, column “gold”`, in the language."""
        parts = [self.name]
        if self.line:
            parts.append(message("dataset.line", language, line=self.line))
        if self.field:
            key = "dataset.column" if self.is_table else "dataset.field"
            parts.append(message(key, language, name=self.field))
        return ", ".join(part for part in parts if part)


class DatasetError(Exception):
    """A data set's file is not of the schema or names what does not exist. The message is English; `told` says it in a
    reader's language. Raises KeyError for a code without a sentence."""

    def __init__(self, code: Code, place: Place, **values: object) -> None:
        self.code, self.place, self.values = code, place, values
        super().__init__(self.told("en"))

    def told(self, language: str) -> str:
        """The place and what is amiss there, one sentence."""
        return f"{self.place.told(language)}: {message(f'dataset.{self.code}', language, **self.values)}"
