"""The corpus: what documents there are, how their texts are got, read and taken apart into provisions."""

from corpus.catalogue import Catalogue, Document, Edition, Source, load_catalogue
from corpus.errors import CatalogueError, CorpusError, SourceUnavailable, TextChanged, UnreadableFile
from corpus.folders import Folders, user_folders
from corpus.provision import LANGUAGES, EditionText, Heading, Note, Provision, join

__all__ = [
    "LANGUAGES",
    "Catalogue",
    "CatalogueError",
    "CorpusError",
    "Document",
    "Edition",
    "EditionText",
    "Folders",
    "Heading",
    "Note",
    "Provision",
    "Source",
    "SourceUnavailable",
    "TextChanged",
    "UnreadableFile",
    "join",
    "load_catalogue",
    "user_folders",
]
