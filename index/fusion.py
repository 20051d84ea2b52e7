"""How the evidence for a provision becomes one score.

Two kinds of documents: those of official text alone, weighed by hand, and those with a plain-language layer, weighed by
a ranker that learned from the development questions (`ranking.toml`, made by `python -m eval.ranker`).
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from functools import cache
from importlib import resources

import numpy as np
import rtoml

from index.embedders.embedder import FloatArray


@dataclass(frozen=True, slots=True)
class FusionWeights:
    """Weights of the evidence from official text, chosen on development questions (docs/retrieval.md).

    The cosines of the whole provision, its best sentence and its article's mean vector are averaged. The BM25 score of
    the question's own words counts only where question and text share a language: across languages it finds names
    and digits, and misleads. The BM25 score of the question's words as a glossary has them in the text's language
    counts everywhere. `agreement` is how much the mean over a provision's language editions weighs beside the best of
    them: what all of them bear out is seldom chance. `hubness` is how much of a text's nearness to whatever is asked is
    taken from its cosines, and `letters` the most that runs of letters add to a provision, the best of the language;
    both stand where a plain-language layer of another document has the questions. `classified` weighs how surely the
    question belongs to the article, where questions on it were learned from.
    """

    whole: float = 0.4
    sentence: float = 0.4
    article: float = 0.2
    lexical: float = 0.006
    glossary: float = 0.002
    hubness: float = 0.5
    letters: float = 0.05
    agreement: float = 0.8
    classified: float = 0.05

    def as_dict(self) -> dict[str, float]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class LayerWeights:
    """Weights of the evidence for a provision with a plain-language layer; the cosines' weights sum to 1.

    `official`: the official text's score as above. `sentence`: its best sentence. `entry`: the entry under its
    article's heading. `asked`: the nearest question people ask, or everyday word, at the provision; `asked_article`:
    anywhere in its article; `asked_across`: at the provision in the two other languages, their mean. `article`: the
    mean vector of the article's entries. `words`, `letters`: BM25 over all that the layer says there, by stems and by
    runs of letters. `classified`: how surely the question belongs to the article (`index.classifier`).
    """

    official: float
    sentence: float
    entry: float
    asked: float
    article: float
    asked_article: float
    asked_across: float
    words: float
    letters: float
    classified: float

    def as_array(self) -> FloatArray:
        """`(10,)` float32, in the order of the fields."""
        return np.array([getattr(self, field.name) for field in fields(self)], dtype=np.float32)

    def as_dict(self) -> dict[str, float]:
        return asdict(self)


LAYER_EVIDENCE = tuple(field.name for field in fields(LayerWeights))


@cache
def learned_weights() -> LayerWeights:
    """The ranker's weights, as `python -m eval.ranker` wrote them."""
    table = rtoml.loads(resources.files("index").joinpath("ranking.toml").read_text(encoding="utf-8"))
    return LayerWeights(**table["weights"])


def official_score(weights: FusionWeights, whole: FloatArray, sentence: FloatArray, article: FloatArray) -> FloatArray:
    """Dense score of official texts, `(n,)`, from three cosines each."""
    return np.asarray(weights.whole * whole + weights.sentence * sentence + weights.article * article, dtype=np.float32)
