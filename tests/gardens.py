"""Invented laws: a catalogue of them, published where the real ones are, and as a document of one's own; for tests that
need no official text."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import resources

from corpus import EditionText
from corpus.catalogue import Catalogue, Edition, parse_catalogue
from corpus.identity import Identity, identity_of
from corpus.parsing.structure import parse
from corpus.private import parse_private, read_document
from corpus.readers import read_plain
from index import IndexedDocument
from qa.understanding.language import detect_language
from tests.dressing import Text
from tests.invented import BY_LANGUAGE, ENGLISH

OLD, NEW, BANK = "old.adilet.zan.kz", "adilet.zan.kz", "zan.gov.kz"
_EDITION = """
[[document.edition]]
language = "{language}"
edition = "2020-01-01"
articles = {articles}
sha256 = "{sha256}"
source = {source}
"""


def indexed_garden(text: str = ENGLISH) -> tuple[list[IndexedDocument], list[EditionText]]:
    """A law of one's own, as an index is built of it."""
    document, stored = read_document(text.encode(), "garden", detect=detect_language, title="Garden")
    return [IndexedDocument(document, (("en", stored.checksum),))], [parse_private(stored)]


def text_of_garden(language: str, document: str = "garden") -> Text:
    lines = read_plain(BY_LANGUAGE[language].encode())
    return Text(document, language, parse(document, language, lines))


def identity_of_garden(language: str) -> Identity:
    return identity_of(text_of_garden(language).blocks)


def known_gardens(edition: Edition) -> Mapping[str, str]:
    """What `corpus.identity.known_provisions` is for real documents."""
    return identity_of_garden(edition.language).provisions


def garden_catalogue(
    sources: str = '["adilet-old", "adilet-json", "bank-json", "bank-pdf"]', languages: tuple[str, ...] = ("ru", "kk")
) -> Catalogue:
    """The law "garden" with the real publishers and the number G1 in each."""
    real = resources.files("corpus").joinpath("catalogue.toml").read_text(encoding="utf-8")
    publishers = real[real.index("[publisher.") : real.index("[[document]]")]
    names = '{ kk = "Бақ", ru = "Сад", en = "Garden" }'
    head = (
        f'[[document]]\nid = "garden"\nkind = "law"\nstatus = "in_force"\ntitle = {names}\nshort_title = {names}\n'
        'page = { kk = "k", ru = "r", en = "e" }\npublished = { adilet = "G1", bank = "G1" }\n'
    )
    found = {language: identity_of_garden(language) for language in languages}
    editions = (
        _EDITION.format(language=code, articles=identity.articles, sha256=identity.checksum, source=sources)
        for code, identity in found.items()
    )
    return parse_catalogue(publishers + head + "".join(editions))


def garden_texts(languages: tuple[str, ...] = ("ru", "kk")) -> dict[tuple[str, str], Text]:
    return {("garden", language): text_of_garden(language) for language in languages}
