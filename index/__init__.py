"""The index: embedding provisions, searching them by meaning and by words, keeping it all on disk."""

from index.embedder import Embedder, chosen_embedder, open_embedder
from index.errors import EmbedderUnavailable, SearchIndexError, StaleIndex
from index.fusion import FusionWeights
from index.search import Hit, SearchIndex, SearchResult
from index.store import IndexedDocument, build_index, fingerprint, open_index

__all__ = [
    "Embedder",
    "EmbedderUnavailable",
    "FusionWeights",
    "Hit",
    "IndexedDocument",
    "SearchIndex",
    "SearchIndexError",
    "SearchResult",
    "StaleIndex",
    "build_index",
    "chosen_embedder",
    "fingerprint",
    "open_embedder",
    "open_index",
]
