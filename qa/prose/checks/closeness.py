"""Much the same must be said by one clause, in much the same words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index import SearchIndex
from index.words.analysis import terms, words
from qa.prose.checks.doubt import Doubt
from qa.prose.checks.source import SHORTEST_CLAUSE, Source, clauses_of

# Of a generator's sentence more is asked than of a person's: how like a clause of the provision it must be (cosine),
# and how many of its longer words may be the model's own.
_LIKE = 0.93
_OWN_WORDS = 0.34
_WORD_OF_ITS_OWN = 4  # letters
# Words that frame a sentence about the law and say nothing of what it holds.
_FRAME = frozenset(
    "constitution constitutional kazakhstan republic says state states provision article according"
    " конституция конституции казахстан казахстана казахстане республика республики гласит согласно статья статье"
    " конституция конституцияда қазақстан қазақстанда қазақстанның республикасы республикасының бойынша сәйкес".split()
)
_BE_DONE = re.compile(
    r"\b(?:is|are|was|were|be|been|being)\s+(?:\w+\s+){0,2}?(\w{3,}ed|chosen|given|held|made|taken)\b", re.I
)


def in_other_words(sentence: str, language: str, sources: Sequence[Source], index: SearchIndex) -> list[Doubt]:
    """Much the same must be said by one clause, in much the same words: rules and ranking alone let through what
    strings the provision's words together otherwise."""
    texts = [p for source in sources for p in source.texts if p.language == language]
    clauses = [
        clause for p in texts for clause in (p.body, *clauses_of(p.body)) if len(clause.split()) >= SHORTEST_CLAUSE
    ]
    if not clauses:  # the provision is in another language alone: the ranking has compared them
        return []
    vectors = index.embedder.embed_passages([sentence, *clauses])
    known = {
        term
        for p in texts
        for term in terms(" ".join((p.article_title, p.lead_in, p.text, *p.everyday, *p.asked)), language)
    }
    longer = [word for word in words(sentence) if len(word) >= _WORD_OF_ITS_OWN and word not in _FRAME]
    own = [word for word in longer if not known.intersection(terms(word, language))]
    scores = vectors[1:] @ vectors[0]
    if float(scores.max()) < _LIKE or len(own) > _OWN_WORDS * len(longer):
        return [Doubt("closeness", ", ".join(own))]
    if own and own[0] == longer[0]:  # what it speaks of, the provision does not
        return [Doubt("closeness", own[0])]
    clause = clauses[int(scores.argmax())]
    if turned := _turned(longer, clause, language) or (_passive(sentence, clause) if language == "en" else ""):
        return [Doubt("closeness", turned)]
    return []


def _passive(sentence: str, clause: str) -> str:
    """A verb that an English sentence has in the passive though the clause has it in the active: "the people are
    elected" of "the people elect"; "" where there is none."""
    active = {terms(word, "en")[0] for word in words(_BE_DONE.sub(" ", clause))}
    for match in _BE_DONE.finditer(sentence):
        verb = terms(match[1], "en")[0]
        if verb in active and verb not in {terms(done[1], "en")[0] for done in _BE_DONE.finditer(clause)}:
            return match[0]
    return ""


def _turned(said: Sequence[str], clause: str, language: str) -> str:
    """A word that the sentence names oftener than the clause, or begins with though the clause has it after the words
    that follow: "the President is appointed by the President", "the people are elected"; "" where there is none."""
    stems = [terms(word, language)[0] for word in said]
    theirs = terms(clause, language)
    for stem in stems:
        if 0 < theirs.count(stem) < stems.count(stem):
            return stem
    shared = [stem for stem in stems if stem in theirs]
    if len(shared) > 2 and theirs.index(shared[0]) > max(theirs.index(stem) for stem in shared[1:3]):
        return shared[0]
    return ""
