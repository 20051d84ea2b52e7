"""Data sets of questions: one JSON object a line (the schema is in eval/datasets/README.md)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from corpus import LANGUAGES

SPLITS = ("dev", "test")
WORDINGS = ("", "same", "changed")


class DatasetError(Exception):
    """A data set's file is not of the schema; the message names the line."""


@dataclass(frozen=True, slots=True)
class Item:
    """One question. `gold` names articles or finer provisions; a provision inside one counts for it. Of a question
    that wants something told as a `whole`, all of `gold` must be shown and `also` may be; of any other, one answers.

    `facts` are what an answer must contain ("72"); `parallel` groups the same question in several languages; `as_of` is
    the day whose law is asked for, `document` the only document to ask; `wording` says of a question on a past day
    whether the text at hand is that day's ("same") or a later one ("changed").
    """

    id: str
    question: str
    language: str
    answerable: bool
    gold: tuple[str, ...]
    category: str = ""
    document: str | None = None
    as_of: date | None = None
    facts: tuple[str, ...] = ()
    parallel: str = ""
    split: str = ""
    also: tuple[str, ...] = ()
    whole: bool = False
    wording: str = ""

    def is_gold(self, provision: str) -> bool:
        """Whether the provision is a gold one, or lies inside one."""
        return any(provision == gold or provision.startswith(gold + "__") for gold in self.gold)

    def in_gold_article(self, provision: str) -> bool:
        """Whether the provision lies in the same article as a gold one."""
        return article_of(provision) in self.gold_articles

    @property
    def gold_articles(self) -> tuple[str, ...]:
        """The articles of the gold provisions, each once."""
        return tuple(dict.fromkeys(article_of(gold) for gold in self.gold))

    @property
    def group(self) -> str:
        """What the same question in other languages shares with this one."""
        return self.parallel or self.id


def article_of(provision: str) -> str:
    """Identifier of the article a provision lies in."""
    return provision.split("__")[0]


def load(path: Path, *, split: str | None = None) -> list[Item]:
    """The items of the file, in its order; of one split where named. Raises `DatasetError` and OSError."""
    items: list[Item] = []
    seen: dict[str, int] = {}
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError as error:
        raise DatasetError(f"{path.name} is not UTF-8 text ({error.reason}).") from error
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        item = _item(line, f"{path.name}, line {number}")
        if item.id in seen:
            raise DatasetError(f"{path.name}, line {number}: the id {item.id!r} was used on line {seen[item.id]}.")
        seen[item.id] = number
        items.append(item)
    if split is not None:
        items = [item for item in items if item.split == split]
    if not items:
        raise DatasetError(f"{path.name} has no questions" + (f" of the split {split!r}." if split else "."))
    return items


def _item(line: str, where: str) -> Item:
    try:
        row = json.loads(line)
    except ValueError as error:
        raise DatasetError(f"{where}: not JSON ({error}).") from error
    if not isinstance(row, dict):
        raise DatasetError(f"{where}: an object is wanted, not {type(row).__name__}.")
    item = Item(
        id=_text(row, "id", where),
        question=_text(row, "question", where),
        language=_text(row, "language", where),
        answerable=_truth(row, "answerable", where),
        gold=_texts(row, "gold", where),
        category=_text(row, "category", where, ""),
        document=_text(row, "document", where, "") or None,
        as_of=_day(row, where),
        facts=_texts(row, "facts", where),
        parallel=_text(row, "parallel", where, ""),
        split=_text(row, "split", where, ""),
        also=_texts(row, "also", where),
        whole=_truth(row, "whole", where, default=False),
        wording=_text(row, "wording", where, ""),
    )
    if item.language not in LANGUAGES:
        raise DatasetError(f"{where}: the language {item.language!r} is none of {', '.join(LANGUAGES)}.")
    if item.answerable != bool(item.gold or item.also or item.facts):
        raise DatasetError(
            f"{where}: an answerable question needs gold provisions or facts, an unanswerable one has none."
        )
    if item.wording not in WORDINGS:
        raise DatasetError(f"{where}: the wording {item.wording!r} is neither 'same' nor 'changed'.")
    if item.split not in ("", *SPLITS):
        raise DatasetError(f"{where}: the split {item.split!r} is none of {', '.join(SPLITS)}.")
    return item


def _text(row: dict[str, Any], key: str, where: str, default: str | None = None) -> str:
    value = row.get(key, default)
    if value is None and default is not None:
        return default
    if not isinstance(value, str) or (default is None and not value.strip()):
        raise DatasetError(f"{where}: {key!r} must be a text.")
    return value


def _texts(row: dict[str, Any], key: str, where: str) -> tuple[str, ...]:
    value: Sequence[object] | None = row.get(key)
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
        raise DatasetError(f"{where}: {key!r} must be a list of texts.")
    return tuple(str(text) for text in value)


def _truth(row: dict[str, Any], key: str, where: str, *, default: bool | None = None) -> bool:
    value = row.get(key, default)
    if not isinstance(value, bool):
        raise DatasetError(f"{where}: {key!r} must be true or false.")
    return value


def _day(row: dict[str, Any], where: str) -> date | None:
    value = _text(row, "as_of", where, "")
    try:
        return date.fromisoformat(value) if value else None
    except ValueError as error:
        raise DatasetError(f"{where}: 'as_of' must be a day as YYYY-MM-DD, not {value!r}.") from error
