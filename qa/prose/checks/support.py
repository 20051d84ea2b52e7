"""The sentence must be about what it cites: no other provision may lie much nearer to it."""

from __future__ import annotations

from collections.abc import Sequence

from index import SearchIndex
from qa.prose.checks.doubt import Doubt
from qa.prose.checks.source import Source
from qa.understanding.glossary import translations

# How far the best of the cited provisions may lie behind the best of all for the sentence, in the index's score.
_BEHIND = 0.022


def about_another(sentence: str, language: str, sources: Sequence[Source], index: SearchIndex) -> list[Doubt]:
    """The sentence must be about what it cites: no other provision may lie much nearer to it."""
    result = index.search(
        sentence,
        language=language,
        documents=sorted({source.document for source in sources}),
        limit=index.count,
        translations=translations(sentence, language),
    )
    articles = {source.provision.split("__")[0] for source in sources}
    best = result.hits[0]
    ours = next((hit for hit in result.hits if hit.provision.article_id in articles), None)
    if ours is None or best.score - ours.score > _BEHIND:
        return [Doubt("support", best.provision.id)]
    return []
