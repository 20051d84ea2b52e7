"""How the evidence for a provision becomes one score."""

from __future__ import annotations

from dataclasses import asdict, dataclass

import numpy as np

from index.embedder import FloatArray


@dataclass(frozen=True, slots=True)
class FusionWeights:
    """Weights of the evidence, chosen on the development set (docs/retrieval.md).

    Of an official text, the cosines of the whole provision, its best sentence and its article's mean vector are
    averaged. Of the plain-language layer in the question's language, the cosine of the entry, or of the everyday words
    where that is higher, counts `1 - plain_article`, its article's mean vector the rest. Where a provision has both,
    the layer counts `plain`.

    The BM25 score of the question's own words counts only where question and text share a language: across languages
    it finds names and digits, and misleads. The layer is in everyday words and counts more (`plain_lexical`). The BM25
    score of the question's words as a glossary has them in the official text's language counts everywhere.
    """

    whole: float = 1 / 3
    sentence: float = 1 / 3
    article: float = 1 / 3
    plain: float = 0.5
    plain_article: float = 0.2
    lexical: float = 0.003
    plain_lexical: float = 0.008
    glossary: float = 0.002

    def as_dict(self) -> dict[str, float]:
        return asdict(self)


def official_score(weights: FusionWeights, whole: FloatArray, sentence: FloatArray, article: FloatArray) -> FloatArray:
    """Dense score of official texts, `(n,)`, from three cosines each."""
    return np.asarray(weights.whole * whole + weights.sentence * sentence + weights.article * article, dtype=np.float32)


def plain_score(weights: FusionWeights, entry: FloatArray, article: FloatArray) -> FloatArray:
    """Dense score of plain-language entries, `(n,)`, from two cosines each."""
    share = weights.plain_article
    return np.asarray((1 - share) * entry + share * article, dtype=np.float32)


def combined(weights: FusionWeights, official: FloatArray, plain: FloatArray) -> FloatArray:
    """Dense score of provisions, `(n,)`; NaN marks a text that a provision does not have."""
    both = (1 - weights.plain) * official + weights.plain * plain
    return np.where(np.isnan(official), plain, np.where(np.isnan(plain), official, both)).astype(np.float32)
