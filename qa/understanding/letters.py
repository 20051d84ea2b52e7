"""A question in its language's letters: what was typed in Latin ones, or without Kazakh ones, is read in its own."""

from __future__ import annotations

from index import SearchIndex
from qa.understanding.question import Question, understand


def in_its_letters(typed: Question, index: SearchIndex, language: str | None = None) -> Question:
    """The question as it is looked up in the index; `language` is the reader's, where it was chosen."""
    spelt = index.spelling.in_its_letters(typed.text, typed.written_in)
    return understand(spelt, language=language) if spelt else typed
