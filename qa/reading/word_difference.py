"""Which words two texts share, for marking what went and what came."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from itertools import groupby
from typing import Literal

from corpus.text.folding import fold_letters

Mark = Literal["same", "gone", "came"]
_FEWEST_SHARED = 3  # words between two changes
_WORD = re.compile(r"\s*\S+")
_BARE = re.compile(r"[\W_]+")


def word_difference(old: str, new: str) -> tuple[tuple[tuple[Mark, str], ...], tuple[tuple[Mark, str], ...]]:
    """The old and the new text in runs of words, each run marked; joining a side's runs gives its text back.

    Words compare without case and punctuation, look-alike letters as one. A short run shared between two changes is
    marked with them: a lone "of" that two sentences have in common is no part of either that stayed.
    """
    before, after = _WORD.findall(old), _WORD.findall(new)
    matcher = difflib.SequenceMatcher(None, [_bare(w) for w in before], [_bare(w) for w in after], autojunk=False)
    left: list[tuple[Mark, str]] = []
    right: list[tuple[Mark, str]] = []
    codes = matcher.get_opcodes()
    for at, (tag, a, b, c, d) in enumerate(codes):
        if tag == "equal" and 0 < at < len(codes) - 1 and b - a < _FEWEST_SHARED:
            tag = "replace"
        left += _run("same" if tag == "equal" else "gone", before[a:b])
        right += _run("same" if tag == "equal" else "came", after[c:d])
    return _joined(left), _joined(right)


def _joined(runs: list[tuple[Mark, str]]) -> tuple[tuple[Mark, str], ...]:
    """Neighbouring runs of one mark put together."""
    grouped = groupby(runs, key=lambda run: run[0])
    return tuple((mark, "".join(words for _, words in group)) for mark, group in grouped)


def _run(mark: Mark, words: list[str]) -> Iterator[tuple[Mark, str]]:
    if words:
        yield mark, "".join(words)


def _bare(word: str) -> str:
    return _BARE.sub("", fold_letters(word)).casefold()
