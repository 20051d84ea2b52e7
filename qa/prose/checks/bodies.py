"""Named bodies must be named by a cited provision or its heading."""

from __future__ import annotations

from collections.abc import Sequence

from corpus import LANGUAGES
from corpus.digest import names, terms_of
from qa.prose.checks.doubt import Doubt
from qa.prose.checks.source import Source
from qa.understanding.question import gone_bodies


def unnamed_bodies(sentence: str, language: str, sources: Sequence[Source]) -> list[Doubt]:
    """Named bodies must be named by a cited provision or its heading."""
    texts = [(p, f"{p.article_title}. {p.lead_in} {p.body}") for source in sources for p in source.texts]
    found = []
    for term in terms_of():
        if not names(term.names[language], sentence):
            continue
        stems = {code: (*term.names[code], *(term.official if code == "ru" else ())) for code in LANGUAGES}
        if not any(names(stems[p.language], text) for p, text in texts):
            found.append(Doubt("body", term.names[language][0]))
    for body in gone_bodies():
        says = any(pattern.search(sentence) for pattern in body.patterns)
        if says and not any(pattern.search(text) for pattern in body.patterns for _, text in texts):
            found.append(Doubt("body", body.names[language]))
    return found
