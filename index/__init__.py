"""The index: embedding provisions, searching them by meaning and by words, keeping it all on disk."""

from index.embedder import Embedder, chosen_embedder, open_embedder
from index.errors import EmbedderUnavailable, SearchIndexError, StaleIndex
from index.fusion import LAYER_EVIDENCE, FusionWeights, LayerWeights
from index.reranker import Reranker, open_reranker, reranked
from index.results import Beyond, Hit, SearchResult, Wording
from index.search import Evidence, SearchIndex
from index.store import Contrast, IndexedDocument, build_index, fingerprint, open_index

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
    "Reranker",
    "SearchIndex",
    "SearchIndexError",
    "SearchResult",
    "StaleIndex",
    "Wording",
    "build_index",
    "chosen_embedder",
    "fingerprint",
    "open_embedder",
    "open_index",
    "open_reranker",
    "reranked",
]
