"""Every failure of reading and fetching texts, each message one sentence saying what to do."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib import resources

import rtoml


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
    """A file is not what its type says, is encrypted, empty, or too large.

    `code` is stable and `values` fill its sentence's blanks, so that a page can say it in its reader's language; the
    message itself is English (`unreadable.toml`). Raises KeyError for a code without a sentence.
    """

    def __init__(self, code: str, **values: str | int) -> None:
        self.code = code
        self.values = values
        super().__init__(unreadable_sentences()[code].format(**values))


@cache
def unreadable_sentences() -> dict[str, str]:
    """Why a file cannot be read, in English, by code."""
    raw = rtoml.loads(resources.files("corpus").joinpath("unreadable.toml").read_text(encoding="utf-8"))
    return {code: str(sentence) for code, sentence in raw.items()}


__all__ = [
    "CatalogueError",
    "CorpusError",
    "SourceUnavailable",
    "TextChanged",
    "UnreadableFile",
    "unreadable_sentences",
]
