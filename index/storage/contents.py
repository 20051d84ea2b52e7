"""What an index holds, from building to searching."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from corpus.catalogue import Document
from corpus.parsing.amendments import History
from corpus.provision import Provision
from index.classifier import QuestionClassifier
from index.embedders.embedder import FloatArray
from index.fusion import FusionWeights, LayerWeights
from index.matters import LearnedMatters
from index.storage.rows import Rows
from index.texts import TextTable
from index.words.lexical import LexicalIndex
from index.words.spelling import Vocabulary


@dataclass(frozen=True, slots=True)
class IndexContents:
    """What was built, was written, and is opened again.

    `vectors` are `(n, d)`, of unit length: of the `texts` in their order, then of the contrast texts
    and of the questions that no document answers. `contrast` counts the contrast texts by language, in their order.
    `articles` holds the mean vector of each article in each wording and language. `hubness` tells how near each text is
    to whatever is asked (`index.storage.hubness`). `lexical` is by kind and language
    (`index.storage.building` lists the kinds). `history` is what the editions' notes tell of theirs.
    """

    fingerprint: str
    documents: tuple[Document, ...]
    provisions: tuple[Provision, ...]
    texts: TextTable
    vectors: Rows
    articles: FloatArray
    hubness: FloatArray | None
    contrast: Mapping[str, int]
    classifier: QuestionClassifier | None
    lexical: Mapping[tuple[str, str], LexicalIndex]
    vocabularies: Mapping[str, Vocabulary]
    weights: FusionWeights
    layer_weights: LayerWeights
    matters: LearnedMatters | None
    history: History

    @property
    def contrast_rows(self) -> dict[str, tuple[int, int]]:
        """Where each language's contrast texts stand among the vectors, `start:end`."""
        first, places = len(self.texts), {}
        for language, count in self.contrast.items():
            places[language] = (first, first + count)
            first += count
        return places


def article_ordinals(provisions: tuple[Provision, ...]) -> tuple[list[int], int]:
    """For each provision, the ordinal of its article in its wording and language; and how many there are."""
    numbers: dict[tuple[str, str, str], int] = {}
    ordinals = [numbers.setdefault((p.article_id, p.wording, p.language), len(numbers)) for p in provisions]
    return ordinals, len(numbers)
