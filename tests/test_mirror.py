"""Every official edition in the mirror is read whole and right."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from corpus import load_catalogue
from corpus.normalisation import checksum
from corpus.provision import Block, Heading, Note, Provision, join
from corpus.readers import read, text_of
from corpus.structure import parse

FILES = [
    "kz-constitution-2026.ru.txt",
    "kz-constitution-1995.ru.pdf",
    "kz-constitution-1995.en.txt",
    "kz-law-on-legal-acts-2016.ru.pdf",
    "udhr.en.html",
    "udhr.ru.html",
    "udhr.kk.html",
]


def _entry(mirror: Path, name: str) -> dict[str, Any]:
    rows = tomllib.loads((mirror / "MANIFEST.toml").read_text(encoding="utf-8"))["file"]
    return next(row for row in rows if row["path"] == name)


@cache
def _read(mirror: Path, name: str) -> tuple[str, tuple[Block, ...]]:
    entry = _entry(mirror, name)
    lines = read((mirror / name).read_bytes(), entry["media_type"])
    return text_of(lines), parse(entry["document"], entry["language"], lines)


def test_the_mirror_holds_no_edition_that_is_not_tested(mirror: Path) -> None:
    rows = tomllib.loads((mirror / "MANIFEST.toml").read_text(encoding="utf-8"))["file"]
    assert sorted(row["path"] for row in rows) == sorted(FILES)


@pytest.mark.parametrize("name", FILES)
def test_nothing_is_lost(mirror: Path, name: str) -> None:
    text, blocks = _read(mirror, name)
    assert join(blocks) == text


@pytest.mark.parametrize("name", FILES)
def test_the_checksum_is_the_catalogues(mirror: Path, name: str) -> None:
    entry = _entry(mirror, name)
    edition = load_catalogue().document(entry["document"]).edition(entry["language"])
    assert edition is not None
    assert checksum(_read(mirror, name)[0]) == edition.checksum


@pytest.mark.parametrize("name", FILES)
def test_the_counts_are_the_manifests(mirror: Path, name: str) -> None:
    entry = _entry(mirror, name)
    _, blocks = _read(mirror, name)
    headings = Counter(b.level for b in blocks if isinstance(b, Heading))
    provisions = [b for b in blocks if isinstance(b, Provision)]
    found = {
        "sections": headings["section"],
        "articles": headings["article"],
        "numbered_paragraphs": sum(1 for p in provisions if re.fullmatch(r"art_[\d-]+__para_[\d-]+", p.eid)),
        "points": sum(1 for p in provisions if re.search(r"__point_[\d-]+$", p.eid)),
    }
    expected = {key: entry[key] for key in found if key in entry}
    assert expected
    assert {key: found[key] for key in expected} == expected
    assert not [p.eid for p in provisions if "~" in p.eid]


@pytest.mark.parametrize("name", [name for name in FILES if name.endswith(".pdf")])
def test_the_pdf_reader_keeps_every_character_and_the_printed_order(mirror: Path, name: str) -> None:
    text, _ = _read(mirror, name)
    plain = "".join(page.extract_text() for page in PdfReader(mirror / name).pages)
    assert Counter("".join(text.split())) == Counter("".join(plain.split()))
    # A number that a link draws later must stand where it is printed: date, then number, all along.
    for note in re.findall(r"Примечание\. См\. нормативн[^\n]+", text):
        assert len(re.findall(r"\d\d\.\d\d\.\d{4} № ?\d+-НП", note)) == note.count("НП"), note


def test_both_languages_of_1995_have_the_same_provisions(mirror: Path) -> None:
    russian = [b.eid for b in _read(mirror, "kz-constitution-1995.ru.pdf")[1] if isinstance(b, Provision)]
    english = [b.eid for b in _read(mirror, "kz-constitution-1995.en.txt")[1] if isinstance(b, Provision)]
    assert russian == english


@pytest.mark.parametrize("name", FILES)
def test_no_note_stands_in_the_law_and_every_note_is_linked(mirror: Path, name: str) -> None:
    _, blocks = _read(mirror, name)
    eids = {b.eid for b in blocks if not isinstance(b, Note)}
    for block in blocks:
        if isinstance(block, Note):
            assert block.about in eids or block.about == _entry(mirror, name)["document"]
        elif isinstance(block, Provision):
            assert not re.search(r"Сноска\.|Примечание|Footnote[.:]|^Note\.|©", block.text), block.eid


def test_provisions_with_unnumbered_parts_and_points(mirror: Path) -> None:
    _, blocks = _read(mirror, "kz-constitution-2026.ru.txt")
    provisions = {b.eid: b for b in blocks if isinstance(b, Provision)}
    assert provisions["art_46__point_22"].lead_in == provisions["art_46"].text
    assert provisions["art_46__point_2__subpara_2"].lead_in
    assert provisions["art_55__para_4__point_5"].lead_in == provisions["art_55__para_4__subpara_2"].text
    assert provisions["art_55__para_4__subpara_3"].lead_in == ""
    assert provisions["art_18__para_2__subpara_2"].number == ""
    assert provisions["art_79__subpara_2"].section.startswith("Правосудие")
