"""How the evidence for a provision becomes one score."""

from __future__ import annotations

from dataclasses import asdict, dataclass

import numpy as np

from index.embedder import FloatArray


@dataclass(frozen=True, slots=True)
class FusionWeights:
    """Weights of the evidence, chosen on the development set (docs/retrieval.md).

    Cosines of a whole provision, its best sentence and its article's mean vector are averaged. The BM25 score of the
    question's own words counts only where question and provision share a language: across languages it finds names
    and digits, and misleads. The BM25 score of the question's words as a glossary has them in the provision's
    language counts everywhere.
    """

    whole: float = 1 / 3
    sentence: float = 1 / 3
    article: float = 1 / 3
    lexical: float = 0.004
    glossary: float = 0.005

    def as_dict(self) -> dict[str, float]:
        return asdict(self)


def dense_score(weights: FusionWeights, whole: FloatArray, sentence: FloatArray, article: FloatArray) -> FloatArray:
    """Weighted sum of the three cosines, `(n,)`."""
    return np.asarray(weights.whole * whole + weights.sentence * sentence + weights.article * article, dtype=np.float32)
