"""The catalogue validates, and says which Constitution was in force when."""

from __future__ import annotations

from datetime import date
from importlib import resources

import pytest

from corpus import CatalogueError, load_catalogue
from corpus.catalogue import parse_catalogue


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
    editions = {(e.document, e.language) for e in catalogue.editions}
    assert editions == {
        ("kz-constitution-2026", "ru"),
        ("kz-constitution-1995", "ru"),
        ("kz-constitution-1995", "en"),
        ("udhr", "en"),
        ("udhr", "ru"),
        ("udhr", "kk"),
        ("kz-law-on-legal-acts-2016", "ru"),
    }
    assert catalogue.hosts == {"adilet.zan.kz", "www.akorda.kz", "www.ohchr.org"}


def test_an_unknown_document_names_the_known() -> None:
    with pytest.raises(CatalogueError, match="kz-constitution-2026"):
        load_catalogue().document("kz-constitution-2027")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('status = "in_force"', 'status = "valid"'),
        ('{ url = "https://adilet', '{ url = "http://adilet'),
        ('sha256 = "8a4e', 'sha256 = "a4e'),
        ('id = "udhr"', 'id = "kz-constitution-2026"'),
        ("[[document]]", "[[document"),
    ],
)
def test_a_catalogue_with_a_mistake_is_refused(old: str, new: str) -> None:
    text = resources.files("corpus").joinpath("catalogue.toml").read_text(encoding="utf-8")
    assert old in text
    with pytest.raises(CatalogueError):
        parse_catalogue(text.replace(old, new, 1))
