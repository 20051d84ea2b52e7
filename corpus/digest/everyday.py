"""Everyday words: what people say for what the Constitution speaks of."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources

import rtoml


@dataclass(frozen=True, slots=True)
class EverydayWord:
    """`say` is what people say, `law` the layer's words for it, `at` the eIds where the Constitution speaks of it."""

    law: str
    at: tuple[str, ...]
    say: tuple[str, ...]


@cache
def everyday_words(language: str) -> tuple[EverydayWord, ...]:
    """The words of `everyday.<language>.toml`. Raises FileNotFoundError for another language than kk, ru and en."""
    text = resources.files("corpus.digest").joinpath(f"everyday.{language}.toml").read_text(encoding="utf-8")
    rows = rtoml.loads(text)["word"]
    return tuple(EverydayWord(row["law"], tuple(row["at"]), tuple(row["say"])) for row in rows)
