"""Acts of legislation as people keep them: in folders and files, with what is told of them beside, read into
provisions. Where a library is stored and searched never stands here."""

from corpus.library.acts import Act, ActFile, ActKind, ActMetadata, ActStatus, Unread
from corpus.library.folders import find_acts
from corpus.library.metadata import MetadataError, read_metadata
from corpus.library.reading import read_act

__all__ = [
    "Act",
    "ActFile",
    "ActKind",
    "ActMetadata",
    "ActStatus",
    "MetadataError",
    "Unread",
    "find_acts",
    "read_act",
    "read_metadata",
]
