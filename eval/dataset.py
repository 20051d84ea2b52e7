"""Data sets of questions: one JSON object a line."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from corpus import LANGUAGES


class DatasetError(Exception):
    """A data set's file is not of the schema; the message names the line."""


@dataclass(frozen=True, slots=True)
class Item:
    """One question. `gold` names articles or finer provisions; any of them answers it."""

    id: str
    question: str
    language: str
    answerable: bool
    gold: tuple[str, ...]
    category: str
    document: str | None

    def is_gold(self, provision: str) -> bool:
        """Whether the provision is a gold one, or lies inside one."""
        return any(provision == gold or provision.startswith(gold + "__") for gold in self.gold)

    def in_gold_article(self, provision: str) -> bool:
        """Whether the provision lies in the same article as a gold one."""
        return any(provision.split("__")[0] == gold.split("__")[0] for gold in self.gold)


def load(path: Path) -> list[Item]:
    """All items of the file. Raises `DatasetError`."""
    items = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            row = json.loads(line)
            item = Item(
                row["id"],
                row["question"],
                row["language"],
                row["answerable"],
                tuple(row["gold"]),
                row.get("category", ""),
                row.get("document"),
            )
        except (ValueError, KeyError, TypeError) as error:
            raise DatasetError(f"{path.name}, line {number}: {error!r}") from error
        if item.language not in LANGUAGES or item.answerable != bool(item.gold):
            raise DatasetError(f"{path.name}, line {number}: a bad language, or gold where there can be none")
        items.append(item)
    return items
