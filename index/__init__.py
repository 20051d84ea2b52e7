"""The index: embedding provisions, searching them by meaning and by words, keeping it all on disk."""

from index.clauses.second_reader import SecondReader
from index.embedders.embedder import Embedder
from index.embedders.opening import chosen_embedder, open_embedder, untrained_embedder
from index.errors import EmbedderUnavailable, SearchIndexError, StaleIndex
from index.evidence import Evidence
from index.fusion import LAYER_EVIDENCE, FusionWeights, LayerWeights
from index.matters import MatterFinder, MatterFits, MatterLines, Matters, MatterScores, MatterSource
from index.reranker import Reranker, open_reranker, reranked
from index.results import Beyond, Hit, SearchResult, Wording
from index.search import SearchIndex
from index.storage.building import build_index, open_index
from index.storage.fingerprint import Contrast, IndexedDocument, fingerprint

__all__ = [
    "LAYER_EVIDENCE",
    "Beyond",
    "Contrast",
    "Embedder",
    "EmbedderUnavailable",
    "Evidence",
    "FusionWeights",
    "Hit",
    "IndexedDocument",
    "LayerWeights",
    "MatterFinder",
    "MatterFits",
    "MatterLines",
    "MatterScores",
    "MatterSource",
    "Matters",
    "Reranker",
    "SearchIndex",
    "SearchIndexError",
    "SearchResult",
    "SecondReader",
    "StaleIndex",
    "Wording",
    "build_index",
    "chosen_embedder",
    "fingerprint",
    "open_embedder",
    "open_index",
    "open_reranker",
    "reranked",
    "untrained_embedder",
]
