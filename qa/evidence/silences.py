"""What the Constitution is silent on, as far as we know.

"Is there a right to the internet?" comes near to provisions on the internet's matters, and none has such a right. What
people look for in vain is listed (`corpus.subjects.absences`); and where a subject's sentences on what the text leaves
open have a word of the question that none of its provisions has, the answer is that: no.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache

from corpus.digest import digests
from corpus.subjects import Absence, Subject, load_absences, load_subjects
from index.words.analysis import terms
from qa.evidence.wholes import Fit

_NEAR = 5  # subjects looked at
_LEAST = 0.3  # of a subject's fit
_SHORTEST = 4  # letters of a telling word's stem
_SHORTEST_BESIDE = 2  # of one beside it in a phrase
_COMMON = 5  # subjects whose sentences share a word: it tells nothing


def absence_sought(topic: str, language: str, *, least: float = 0.0) -> Absence | None:
    """The thing looked for in vain that the topic names in the most words; None where it names none, or where its words
    are less than a share of what the topic says: then it is hardly more than mentioned."""
    asked = set(terms(topic, language))
    named = [(stems, thing) for stems, thing in _sought(language) if stems <= asked]
    if not named:
        return None
    stems, thing = max(named, key=lambda pair: len(pair[0]))
    said = [stem for stem in asked if len(stem) >= _SHORTEST]
    return thing if len([stem for stem in said if stem in stems]) >= least * len(said) else None


def silent_subject(fits: Sequence[Fit], topic: str, language: str) -> Subject | None:
    """The nearest subject that says the text has nothing on what the topic asks for; None without one."""
    asked = set(terms(topic, language))
    for fit in fits[:_NEAR]:
        if fit.score >= _LEAST and asked & _absent(language).get(fit.subject.id, frozenset()):
            return fit.subject
    return None


@cache
def _sought(language: str) -> Sequence[tuple[frozenset[str], Absence]]:
    """Each thing with the stems of a phrase that tells it."""
    telling = {phrase: stems for stems, phrase in telling_phrases(language)}
    return [(telling[p], thing) for thing in load_absences() for p in thing.words[language] if p in telling]


def telling_phrases(language: str) -> list[tuple[frozenset[str], str]]:
    """The phrases that tell a thing looked for in vain, with their stems: long enough, and one nowhere in the
    layer."""
    layer = {word for text in _layer(language).values() for word in terms(text, language)}
    found = []
    for phrase in dict.fromkeys(phrase for thing in load_absences() for phrase in thing.words[language]):
        stems = frozenset(terms(phrase, language))
        telling = [stem for stem in stems if stem not in layer and len(stem) >= _SHORTEST]
        if telling and all(len(stem) >= _SHORTEST_BESIDE for stem in stems):
            found.append((stems, phrase))
    return found


@cache
def _layer(language: str) -> Mapping[str, str]:
    """The layer's words by provision."""
    documents = {name.split("#")[0] for subject in load_subjects().values() for name in subject.provisions}
    return {
        p.id: f"{p.article_title} {p.body}"
        for document in documents
        for text in digests(document)
        if text.language == language
        for p in text.provisions
    }


@cache
def _absent(language: str) -> Mapping[str, frozenset[str]]:
    """By subject, the words of what it says is not there that none of its provisions has."""
    layer = _layer(language)
    words = {s.id: set(terms(s.open.get(language, ""), language)) for s in load_subjects().values()}
    says = {s.id: set(terms(s.says[language], language)) for s in load_subjects().values()}
    shared = Counter(word for found in (*words.values(), *says.values()) for word in found)
    return {
        s.id: frozenset(
            word
            for word in words[s.id] - {w for name in s.provisions for w in terms(layer[name], language)} - says[s.id]
            if len(word) >= _SHORTEST and shared[word] <= _COMMON
        )
        for s in load_subjects().values()
    }
