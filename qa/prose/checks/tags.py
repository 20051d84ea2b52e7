"""What a sentence cites must be there, and an article that it names must be one that it cites."""

from __future__ import annotations

from collections.abc import Sequence

from qa.prose.checks.doubt import Doubt
from qa.prose.checks.source import Source
from qa.understanding.references import find_references


def unknown_tags(sources: Sequence[Source]) -> list[Doubt]:
    """Something must be cited, and each of what is cited must have a text."""
    if not sources:
        return [Doubt("tag", "")]
    return [Doubt("tag", source.provision) for source in sources if not source.texts]


def uncited_articles(sentence: str, sources: Sequence[Source]) -> list[Doubt]:
    """An article that the sentence names must be one that it cites."""
    articles = {p.article for source in sources for p in source.texts}
    said = " ".join(p.text for source in sources for p in source.texts)
    within = {reference.article for reference in find_references(said)}
    return [
        Doubt("tag", reference.article)
        for reference in find_references(sentence)
        if reference.article not in articles | within
    ]
