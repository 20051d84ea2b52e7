"""The concordance: which provisions of two Constitutions stand for each other, and what changed between them.

This project's own wording, like the plain-language layer: never the law, always shown beside both provisions.
"""

from corpus.concordance.pairs import KINDS, Concordance, Kind, Pair, containing, load_concordance
from corpus.concordance.themes import Theme, load_themes

__all__ = ["KINDS", "Concordance", "Kind", "Pair", "Theme", "containing", "load_concordance", "load_themes"]
