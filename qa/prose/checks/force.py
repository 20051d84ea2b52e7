"""What the sentence commands, permits, forbids or holds without exception, the nearest clause must too."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.text.numbers import numbers_in
from index import SearchIndex
from qa.prose.checks import marks
from qa.prose.checks.doubt import Doubt
from qa.prose.checks.marks import has, is_negative
from qa.prose.checks.source import Source, clauses_of

_WORDS_OF_EXCEPTION = 2
_ASIDE = re.compile(r"\(([^)]*)\)|[,;]([^,;(]*)")


def of_another_force(sentence: str, language: str, sources: Sequence[Source], index: SearchIndex) -> list[Doubt]:
    """What the sentence commands, permits, forbids or holds without exception, the nearest clause must too."""
    texts = [p for source in sources for p in source.texts if p.language == language]
    clauses = [clause for p in texts for clause in clauses_of(p.body)]
    if not clauses:
        return []
    if has(marks.UNBANNED, sentence, language) and not any(has(marks.UNBANNED, c, language) for c in clauses):
        return [Doubt("force", clauses[0])]
    vectors = index.embedder.embed_passages([sentence, *clauses])
    nearest = clauses[int((vectors[1:] @ vectors[0]).argmax())]
    found: list[Doubt] = []
    negative, theirs = (is_negative(text, language) for text in (sentence, nearest))
    # "No one may be held without a court" and "only a court decides" say the same.
    conditional = theirs and has(marks.WITHOUT, nearest, language) and not has(marks.PERMISSION, sentence, language)
    excepted = theirs and not negative and _describes_exception(sentence, nearest, language)
    if negative != theirs and not (conditional or excepted):
        found.append(Doubt("force", nearest))
    elif not (negative or theirs):
        commands, permits = (has(said, sentence, language) for said in (marks.COMMAND, marks.PERMISSION))
        # A figure that must be met is a condition of what is permitted: no command is made of that.
        measured = bool(numbers_in(sentence, language))
        if (
            commands
            and not measured
            and not has(marks.COMMAND, nearest, language)
            and has(marks.PERMISSION, nearest, language)
        ):
            found.append(Doubt("force", nearest))
        if permits and not has(marks.PERMISSION, nearest, language) and has(marks.COMMAND, nearest, language):
            found.append(Doubt("force", nearest))
    whole = " ".join(clauses)
    if has(marks.ABSOLUTE, sentence, language) and has(marks.EXCEPTION, whole, language):
        found.append(Doubt("exception", nearest))
    return found


def _describes_exception(sentence: str, clause: str, language: str) -> bool:
    """Whether the sentence speaks of what the clause excepts: it has words that stand in the exception alone."""
    asides = (first or second for first, second in _ASIDE.findall(clause))
    exception = next((aside for aside in asides if has(marks.EXCEPTION, aside, language)), "")
    alone = _beginnings(exception) - _beginnings(clause.replace(exception, " "))
    return len(alone & _beginnings(sentence)) >= _WORDS_OF_EXCEPTION


def _beginnings(text: str) -> set[str]:
    """The first letters of the longer words: enough to know a word again in another form."""
    return {word[:5].lower() for word in re.findall(r"[^\W\d_]{4,}", text)}
