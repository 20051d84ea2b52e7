"""Every failure of reading and fetching texts, each message one sentence saying what to do."""


class CorpusError(Exception):
    """Base of this package's errors; the message is meant for the user as it stands."""


class CatalogueError(CorpusError):
    """The catalogue, or what was asked of it, does not make sense."""


class SourceUnavailable(CorpusError):
    """No source of an edition could be reached, or what came back was refused."""


class TextChanged(CorpusError):
    """A source now serves another text than the catalogue's or the accepted one."""


class UnreadableFile(CorpusError):
    """A file is not what its type says, is encrypted, empty, or too large."""
