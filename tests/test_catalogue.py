"""The catalogue validates, and says which Constitution was in force when."""

from __future__ import annotations

import re
from datetime import date
from importlib import resources
from pathlib import Path

import pytest

from corpus import CatalogueError, load_catalogue
from corpus.catalogue import parse_catalogue
from corpus.identity import known_provisions


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(1995, 9, 4), None),
        (date(1995, 9, 5), "kz-constitution-1995"),
        (date(2026, 6, 30), "kz-constitution-1995"),
        (date(2026, 7, 1), "kz-constitution-2026"),
        (date(2030, 1, 1), "kz-constitution-2026"),
    ],
)
def test_which_constitution_was_in_force(day: date, expected: str | None) -> None:
    found = load_catalogue().constitution_on(day)
    assert (found.id if found else None) == expected


def test_every_edition_has_official_sources() -> None:
    catalogue = load_catalogue()
    languages = {d.id: {edition.language for edition in d.editions} for d in catalogue.documents}
    assert languages == {
        "kz-constitution-2026": {"kk", "ru"},
        "kz-constitution-1995": {"kk", "ru", "en"},
        "kz-constlaw-kurultai-2026": {"kk", "ru"},
        "kz-constlaw-president-2026": {"kk", "ru"},
        "kz-constlaw-peoples-council-2026": {"kk", "ru"},
        "kz-law-on-legal-acts-2016": {"ru"},
        "iccpr": {"kk", "ru", "en"},
        "icescr": {"kk", "ru", "en"},
        "udhr": {"kk", "ru", "en"},
    }
    assert all(edition.sources for edition in catalogue.editions)
    official = {"old.adilet.zan.kz", "adilet.zan.kz", "zan.gov.kz", "www.akorda.kz", "www.ohchr.org"}
    assert catalogue.hosts == official


def test_a_publisher_is_asked_by_the_acts_number_in_the_editions_language_and_for_its_day() -> None:
    catalogue = load_catalogue()
    kazakh = catalogue.document("kz-constitution-2026").edition("kk")
    repealed = catalogue.document("kz-constitution-1995").edition("ru")
    assert kazakh
    assert repealed
    assert kazakh.sources[0].url == "https://old.adilet.zan.kz/kaz/docs/K2600000000"
    assert "https://zan.gov.kz/api/documents/223244/kaz" in [source.url for source in kazakh.sources]
    assert "https://zan.gov.kz/api/documents/1/rus/01.01.2023" in [source.url for source in repealed.sources]


def test_every_edition_has_a_checksum_for_each_of_its_provisions() -> None:
    for edition in load_catalogue().editions:
        known = known_provisions(edition)
        articles = {name.split("__")[0].split("=")[0] for name in known if name.startswith("art_")}
        assert edition.articles - len(articles) in (0, 1), edition  # an article excluded whole has none


def test_an_unknown_document_names_the_known() -> None:
    with pytest.raises(CatalogueError, match="kz-constitution-2026"):
        load_catalogue().document("kz-constitution-2027")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('status = "in_force"', 'status = "valid"'),
        ('{ url = "https://www.akorda', '{ url = "http://www.akorda'),
        ('sha256 = "1440', 'sha256 = "440'),
        ('"bank-json"', '"bank-xml"'),
        ('bank = "223244"', 'bench = "223244"'),
        ('id = "udhr"', 'id = "kz-constitution-2026"'),
        ("[[document]]", "[[document"),
    ],
)
def test_a_catalogue_with_a_mistake_is_refused(old: str, new: str) -> None:
    text = resources.files("corpus").joinpath("catalogue.toml").read_text(encoding="utf-8")
    assert old in text
    with pytest.raises(CatalogueError):
        parse_catalogue(text.replace(old, new, 1))


_LANGUAGE_NAMES = {"kk": "Kazakh", "ru": "Russian", "en": "English"}


def test_the_readme_lists_every_document_with_its_languages() -> None:
    rows = [row for row in Path("README.md").read_text(encoding="utf-8").splitlines() if row.startswith("| ")]
    listed = {name: row for row in rows for name in re.findall(r"\(`([\w-]+)`\)", row)}
    catalogue = load_catalogue()
    assert set(listed) == {document.id for document in catalogue.documents}
    for document in catalogue.documents:
        editions = listed[document.id].split("|")[2].split(";")[0]
        assert set(re.findall(r"Kazakh|Russian|English", editions)) == {
            _LANGUAGE_NAMES[edition.language] for edition in document.editions
        }, document.id
