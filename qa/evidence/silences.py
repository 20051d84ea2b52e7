"""What the Constitution is silent on, as far as the subjects say so.

"Is there a right to the internet?" comes near to provisions on the internet's matters, and none has such a right. Where
a subject's sentences on what the text leaves open have a word of the question that none of its provisions has, the
answer is that: no.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache

from corpus.digest import digests
from corpus.subjects import Subject, load_subjects
from index.words.analysis import terms
from qa.evidence.wholes import Fit

_NEAR = 5  # subjects looked at
_LEAST = 0.3  # of a subject's fit
_SHORTEST = 4  # letters of a telling word
_COMMON = 5  # subjects whose sentences share a word: it tells nothing


def silent_subject(fits: Sequence[Fit], topic: str, language: str) -> Subject | None:
    """The nearest subject that says the text has nothing on what the topic asks for; None without one."""
    asked = set(terms(topic, language))
    for fit in fits[:_NEAR]:
        if fit.score >= _LEAST and asked & _absent(language).get(fit.subject.id, frozenset()):
            return fit.subject
    return None


@cache
def _absent(language: str) -> Mapping[str, frozenset[str]]:
    """By subject, the words of what it says is not there that none of its provisions has."""
    layer = {
        p.id: f"{p.article_title} {p.body}"
        for name in {name.split("#")[0] for s in load_subjects().values() for name in s.provisions}
        for text in digests(name)
        if text.language == language
        for p in text.provisions
    }
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
