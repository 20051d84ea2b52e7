"""Every failure of reading and fetching texts, each message one sentence saying what to do."""

from __future__ import annotations

from collections.abc import Sequence


class CorpusError(Exception):
    """Base of this package's errors; the message is meant for the user as it stands."""


class CatalogueError(CorpusError):
    """The catalogue, or what was asked of it, does not make sense."""


class SourceUnavailable(CorpusError):
    """No source of an edition could be reached, or what came back was refused; `reasons` says why, one each."""

    def __init__(self, message: str, reasons: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.reasons = tuple(reasons)


class TextChanged(CorpusError):
    """A source now serves another text than the catalogue's or the accepted one."""


class UnreadableFile(CorpusError):
    """A file is not what its type says, is encrypted, empty, or too large."""
