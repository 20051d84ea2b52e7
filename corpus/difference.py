"""What changed between two editions of a text, article by article."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from corpus.provision import EditionText


@dataclass(frozen=True, slots=True)
class ArticleChange:
    """One article that differs; `lines` are unified-diff rows without headers."""

    article: str
    kind: Literal["added", "removed", "changed"]
    lines: tuple[str, ...]


def difference(known: EditionText, new: EditionText) -> Iterator[ArticleChange]:
    """Changes in the order of the new text, removed articles last."""
    before, after = _articles(known), _articles(new)
    for article in [*after, *(a for a in before if a not in after)]:
        old_rows, new_rows = before.get(article, []), after.get(article, [])
        if old_rows == new_rows:
            continue
        kind: Literal["added", "removed", "changed"] = (
            "added" if article not in before else "removed" if article not in after else "changed"
        )
        rows = list(difflib.unified_diff(old_rows, new_rows, lineterm="", n=0))[2:]
        yield ArticleChange(article, kind, tuple(row for row in rows if not row.startswith("@@")))


def _articles(text: EditionText) -> dict[str, list[str]]:
    articles: dict[str, list[str]] = {}
    for provision in text.provisions:
        articles.setdefault(provision.eid.split("__")[0], []).append(provision.text)
    return articles
