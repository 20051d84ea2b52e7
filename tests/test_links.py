"""Links between documents: both sides exist, and each provision finds what stands beside it."""

from __future__ import annotations

import pytest

from corpus import Folders, load_catalogue
from corpus.links import load_links
from corpus.store import installed_editions


@pytest.fixture(scope="module")
def identifiers(installed_folders: Folders) -> frozenset[str]:
    """Of all provisions installed, and of all that contain them."""
    found: set[str] = set()
    for stored in installed_editions(installed_folders, load_catalogue()):
        for provision in stored.parsed().provisions:
            parts = provision.id.split("__")
            found |= {"__".join(parts[:count]) for count in range(1, len(parts) + 1)}
    return frozenset(found)


def test_both_sides_of_every_link_exist(identifiers: frozenset[str]) -> None:
    links = load_links()
    documents = {d.id for d in load_catalogue().documents}
    sides = [*links.beside, *(name for names in links.beside.values() for name in names)]
    sides += [name for name in links.served if "#" in name]
    sides += [name for names in links.served.values() for name in names]
    assert len(sides) > 400
    assert [side for side in sides if side not in identifiers] == []
    assert {name for name in links.served if "#" not in name} <= documents


def test_every_article_on_rights_has_a_counterpart_or_is_known_to_have_none() -> None:
    linked = {name.split("#")[1].split("__")[0] for name in load_links().beside}
    assert {f"art_{n}" for n in range(12, 42)} - linked == {"art_14", "art_38"}


@pytest.mark.parametrize(
    ("identifier", "first"),
    [
        ("kz-constitution-2026#art_18__para_2__subpara_2", "iccpr#art_9"),
        ("kz-constitution-2026#art_34__para_1", "iccpr#art_21"),
        ("kz-constitution-2026#art_90", None),
    ],
)
def test_a_part_has_what_its_whole_has(identifier: str, first: str | None) -> None:
    found = load_links().beside_provision(identifier)
    assert (found[0].split("__")[0] if found else None) == first


def test_a_laws_provision_serves_what_its_article_or_its_law_does() -> None:
    links = load_links()
    law = "kz-constlaw-peoples-council-2026"
    assert links.served_by(f"{law}#art_23__para_1") == links.served[law]
    assert links.served_by(f"{law}#art_3__point_1") == links.served[f"{law}#art_3"]
    assert links.served_by("kz-law-on-legal-acts-2016#art_1") == ()
