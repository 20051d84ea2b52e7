"""A second look at what a search found first, where a plain-language layer tells of many questions on each provision.

The score of a provision (`index.fusion`) weighs its own evidence alone. Beside one another, the first few tell more:
how many of the nearest questions are each one's and its article's, and which articles are taken for others too often,
for which each has a weight of its own. A conditional logit (McFadden 1974) over the candidates orders them anew; their
scores stay where they are, so that what thresholds were set to still holds. Its weights stand in `second_look.toml`,
made by `python -m eval.fitting.second_look` from the development questions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np
import rtoml

from index.embedders.embedder import FloatArray
from index.evidence import Evidence
from index.fusion import LAYER_EVIDENCE
from index.layout import IntArray, Layout

CANDIDATES = 12  # of 1,000 questions the right article is among so many for 996
_NEAREST = (10, 40)  # questions
_OWN = tuple(f"{owner}_of_{count}" for count in _NEAREST for owner in ("provision", "article"))
FEATURES = (*LAYER_EVIDENCE, *_OWN, "questions")


@dataclass(frozen=True, slots=True)
class LookWeights:
    """`features` `(15,)`, in the order of FEATURES, and of each article its own."""

    features: FloatArray
    articles: Mapping[str, float]


class SecondLook:
    """Orders the provisions of one index. Safe to share by threads."""

    def __init__(self, layout: Layout, weights: LookWeights | None = None) -> None:
        self._layout = layout
        self._weights = weights or learned_look()
        texts, _ = layout.of_kind("asked")
        self.asked = texts[layout.plain[layout.owner[texts]]]  # places of the questions among the texts
        self._slots = layout.slot[layout.owner[self.asked]]
        self._articles = layout.article[self._slots]
        counts = np.bincount(self._slots, minlength=len(layout.identifiers))
        self._questions = np.log1p(counts).astype(np.float32)
        self._bias = np.array([self._weights.articles.get(name, 0.0) for name in layout.articles], dtype=np.float32)

    def ordered(self, ranked: IntArray, evidence: Sequence[Evidence]) -> tuple[IntArray, float]:
        """The slots `ranked` `(n,)`, best first, with the first of those that have a layer in the order of a second
        look, and how far the first of these lies before the best of another article, in log-odds: 0 without another.
        Of several pieces of `evidence`, a question alone and after what it follows, the mean counts."""
        places = self.candidates(ranked, evidence[0].layered)
        if len(places) < 2:
            return ranked, 0.0
        slots = ranked[places]
        articles = self._layout.article[slots]
        weighed = [self.features(slots, each.layered, each.cosines) @ self._weights.features for each in evidence]
        found = np.mean(weighed, axis=0) + self._bias[articles]
        best = int(np.argmax(found))
        others = found[articles != articles[best]]
        ordered = ranked.copy()
        ordered[places] = slots[np.argsort(-found, kind="stable")]
        return ordered, float(found[best] - others.max()) if len(others) else 0.0

    def candidates(self, ranked: IntArray, layered: FloatArray) -> IntArray:
        """The places, among the ranked slots, of the first that have a layer."""
        has_layer = ~np.isnan(layered[ranked, _ENTRY]) & (self._questions[ranked] > 0)
        return np.flatnonzero(has_layer)[:CANDIDATES]

    def features(self, slots: IntArray, layered: FloatArray, cosines: FloatArray) -> FloatArray:
        """What is weighed of each slot, `(n, 15)`, in the order of FEATURES."""
        alike = cosines[self.asked]
        columns = [np.nan_to_num(layered[slots])]
        for count in _NEAREST:
            nearest = np.argpartition(-alike, count)[:count] if len(alike) > count else np.arange(len(alike))
            own = np.bincount(self._slots[nearest], minlength=len(self._questions))[slots]
            of_article = np.bincount(self._articles[nearest], minlength=len(self._bias))[self._layout.article[slots]]
            columns += [each[:, None].astype(np.float32) for each in (own, of_article)]
        return np.hstack([*columns, self._questions[slots][:, None]]).astype(np.float32)


_ENTRY = LAYER_EVIDENCE.index("entry")


@cache
def learned_look() -> LookWeights:
    """The weights, as `python -m eval.fitting.second_look` wrote them."""
    table = rtoml.loads(resources.files("index").joinpath("second_look.toml").read_text(encoding="utf-8"))
    return LookWeights(np.array([table["weights"][name] for name in FEATURES], dtype=np.float32), table["articles"])
