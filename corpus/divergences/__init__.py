"""Divergences: where the official texts of one law, in Kazakh and in Russian, say something else in substance.

This project's own reading, like the plain-language layer: never the law, always shown with its provision. Which text
prevails it never says.
"""

from corpus.divergences.divergences import (
    Divergence,
    Side,
    Weight,
    divergence_of,
    divergences,
    read_divergences,
)

__all__ = ["Divergence", "Side", "Weight", "divergence_of", "divergences", "read_divergences"]
