"""Finding provisions of one Constitution by what stands for them in the other.

The Constitution of 1995 has no plain-language layer: everyday Kazakh and English find little in it. But most of its
rules live on, and the concordance says where; a question that comes near to a provision in force comes near to the one
it came from. The other way, a question about the Senate comes near to what the old text says of it, and so to the
provision that now governs the matter.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from corpus.concordance import Concordance, containing
from index import SearchResult

# How much the counterpart weighs beside the provision itself; chosen on the `dev` questions of
# kz-1995 and kz-timeline (docs/retrieval.md).
WEIGHT = 1.0


def bridged(
    found: SearchResult, other: SearchResult, concordance: Concordance, limit: int, weight: float = WEIGHT
) -> SearchResult:
    """The hits of one Constitution ranked by their own score and the best score of what stands for them in the other.
    `other` holds all provisions searched there; a provision without counterpart gets their mean."""
    scores = {hit.provision.id: hit.score for hit in other.hits}
    usual = float(np.mean(list(scores.values()))) if scores else 0.0
    best: dict[str, float] = {}  # of each provision and article, with all that stands within it
    for name, score in scores.items():
        for whole in containing(name):
            best[whole] = max(score, best.get(whole, score))

    def counterpart(identifier: str) -> float:
        paired = (pair for pair in concordance.of([identifier]) if pair.old and pair.new)
        return max((best[side] for pair in [*paired][:1] for side in pair.sides if side in best), default=usual)

    hits = [
        replace(hit, score=round(hit.score + weight * (counterpart(hit.provision.id) - usual), 6)) for hit in found.hits
    ]
    return replace(found, hits=tuple(sorted(hits, key=lambda hit: -hit.score)[:limit]))
