"""Which words two texts share, for marking what went and what came."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from typing import Literal

Mark = Literal["same", "gone", "came"]
_WORD = re.compile(r"\s*\S+")
_BARE = re.compile(r"[\W_]+")


def word_difference(old: str, new: str) -> tuple[tuple[tuple[Mark, str], ...], tuple[tuple[Mark, str], ...]]:
    """The old and the new text in runs of words, each run marked; joining a side's runs gives its text back.

    Words compare without case and punctuation.
    """
    before, after = _WORD.findall(old), _WORD.findall(new)
    matcher = difflib.SequenceMatcher(None, [_bare(w) for w in before], [_bare(w) for w in after], autojunk=False)
    left: list[tuple[Mark, str]] = []
    right: list[tuple[Mark, str]] = []
    for tag, a, b, c, d in matcher.get_opcodes():
        left += _run("same" if tag == "equal" else "gone", before[a:b])
        right += _run("same" if tag == "equal" else "came", after[c:d])
    return tuple(left), tuple(right)


def _run(mark: Mark, words: list[str]) -> Iterator[tuple[Mark, str]]:
    if words:
        yield mark, "".join(words)


def _bare(word: str) -> str:
    return _BARE.sub("", word).casefold()
