"""Getting official texts onto the user's machine, and no others.

A text comes from the official sources that the catalogue names, in their order, or from the mirror in ATAZAN_MIRROR (a
folder or a URL with a MANIFEST.toml). What a host answers is first told from pages that are no document
(`recognition`), then held against what is known of the edition (`trust`), then installed or refused (`installing`).
"""

from corpus.fetching.backoff import recently_unreachable, remember_unreachable
from corpus.fetching.client import Limits
from corpus.fetching.installing import Outcome, fetch_all
from corpus.fetching.mirror import MIRROR_VARIABLE, mirror_location
from corpus.fetching.sources import Progress, Stage
from corpus.fetching.survey import SourceReport, survey
from corpus.fetching.trust import named_articles

__all__ = [
    "MIRROR_VARIABLE",
    "Limits",
    "Outcome",
    "Progress",
    "SourceReport",
    "Stage",
    "fetch_all",
    "mirror_location",
    "named_articles",
    "recently_unreachable",
    "remember_unreachable",
    "survey",
]
