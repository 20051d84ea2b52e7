"""Failures of building and opening an index, each message one sentence saying what to do."""


class SearchIndexError(Exception):
    """Base of this package's errors; the message is meant for the user as it stands."""


class EmbedderUnavailable(SearchIndexError):
    """The embedding model cannot be loaded on this machine."""


class StaleIndex(SearchIndexError):
    """The index on disk is missing, damaged, or made from other texts or settings."""
