"""Data sets of questions: one JSON object a line, or a table (the schema is in eval/datasets/README.md)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from corpus import LANGUAGES
from corpus.errors import UnreadableFile
from corpus.readers.encoding import decode
from eval.asking.dataset_error import DatasetError, Place
from eval.asking.table import rows_of

__all__ = ["SPLITS", "DatasetError", "Item", "article_of", "load"]

SPLITS = ("dev", "test")
WORDINGS = ("", "same", "changed")
TABLES = (".csv", ".tsv")
_WORKBOOK = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


@dataclass(frozen=True, slots=True)
class Item:
    """One question. `gold` names articles or finer provisions; a provision inside one counts for it. Of a question
    that wants something told as a `whole`, all of `gold` must be shown and `also` may be; of any other, one answers.

    `facts` are what an answer must contain ("72"); `parallel` groups the same question in several languages; `as_of` is
    the day whose law is asked for, `document` the only document to ask; `wording` says of a question on a past day
    whether the text at hand is that day's ("same") or a later one ("changed"). `place` is where it was read.
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
    place: Place = field(default=Place(""), compare=False)

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
    """The items of the file, in its order; of one split where named. A name in .csv or .tsv is a table's. Raises
    `DatasetError` and OSError."""
    items: list[Item] = []
    seen: dict[str, int] = {}
    is_table = path.suffix.lower() in TABLES
    text = _text_of(path)
    for number, row in rows_of(text, path.name) if is_table else _objects(text, path.name):
        place = Place(path.name, number, is_table=is_table)
        item = _item(row, place)
        if item.id in seen:
            raise DatasetError("twice", place._replace(field="id"), value=item.id, earlier=seen[item.id])
        seen[item.id] = number
        items.append(item)
    if split is not None:
        items = [item for item in items if item.split == split]
    if not items:
        raise DatasetError("empty_split" if split else "empty", Place(path.name), **({"split": split} if split else {}))
    return items


def _text_of(path: Path) -> str:
    data = path.read_bytes()
    if data.startswith(_WORKBOOK):
        raise DatasetError("workbook", Place(path.name))
    try:
        return decode(data)
    except UnreadableFile as error:
        raise DatasetError("encoding", Place(path.name)) from error


def _objects(text: str, name: str) -> Iterator[tuple[int, dict[str, Any]]]:
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        place = Place(name, number)
        try:
            row = json.loads(line)
        except ValueError as error:
            raise DatasetError("not_json", place) from error
        if not isinstance(row, dict):
            raise DatasetError("not_object", place)
        yield number, row


def _item(row: dict[str, Any], place: Place) -> Item:
    item = Item(
        id=_text(row, "id", place),
        question=_text(row, "question", place),
        language=_text(row, "language", place),
        answerable=_truth(row, "answerable", place),
        gold=_texts(row, "gold", place),
        category=_text(row, "category", place, ""),
        document=_text(row, "document", place, "") or None,
        as_of=_day(row, place),
        facts=_texts(row, "facts", place),
        parallel=_text(row, "parallel", place, ""),
        split=_text(row, "split", place, ""),
        also=_texts(row, "also", place),
        whole=_truth(row, "whole", place, default=False),
        wording=_text(row, "wording", place, ""),
        place=place,
    )
    for key, known in (("language", LANGUAGES), ("split", ("", *SPLITS)), ("wording", WORDINGS)):
        value = getattr(item, key)
        if value not in known:
            place = place._replace(field=key)
            raise DatasetError("choice", place, value=value, known=", ".join(filter(None, known)))
    if item.answerable != bool(item.gold or item.also or item.facts):
        raise DatasetError("gold_wanted", place._replace(field="answerable"))
    return item


def _text(row: dict[str, Any], key: str, place: Place, default: str | None = None) -> str:
    value = row.get(key, default)
    if value is None and default is not None:
        return default
    if not isinstance(value, str) or (default is None and not value.strip()):
        raise DatasetError("text_wanted", place._replace(field=key))
    return value


def _texts(row: dict[str, Any], key: str, place: Place) -> tuple[str, ...]:
    value: Sequence[object] | None = row.get(key)
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
        raise DatasetError("texts_wanted", place._replace(field=key))
    return tuple(str(text) for text in value)


def _truth(row: dict[str, Any], key: str, place: Place, *, default: bool | None = None) -> bool:
    value = row.get(key, default)
    if not isinstance(value, bool):
        raise DatasetError("truth_wanted", place._replace(field=key))
    return value


def _day(row: dict[str, Any], place: Place) -> date | None:
    value = _text(row, "as_of", place, "")
    try:
        return date.fromisoformat(value) if value else None
    except ValueError as error:
        raise DatasetError("day_wanted", place._replace(field="as_of"), value=value) from error
