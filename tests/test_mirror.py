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
from corpus.catalogue import Edition
from corpus.identity import identity_of, known_provisions
from corpus.parsing.structure import parse
from corpus.provision import Block, Heading, Note, Provision, join
from corpus.readers import read, text_of
from corpus.text.folding import fold_letters

FILES = [
    "kz-constitution-2026.ru.txt",
    "kz-constitution-2026.kk.txt",
    "kz-constitution-1995.ru.pdf",
    "kz-constitution-1995.kk.pdf",
    "kz-constitution-1995.en.txt",
    "kz-constlaw-kurultai-2026.ru.md",
    "kz-constlaw-kurultai-2026.kk.md",
    "kz-constlaw-president-2026.ru.md",
    "kz-constlaw-president-2026.kk.md",
    "kz-constlaw-peoples-council-2026.ru.md",
    "kz-constlaw-peoples-council-2026.kk.md",
    "kz-law-on-legal-acts-2016.ru.pdf",
    "iccpr.en.txt",
    "iccpr.ru.txt",
    "iccpr.kk.txt",
    "icescr.en.txt",
    "icescr.ru.txt",
    "icescr.kk.txt",
    "udhr.en.html",
    "udhr.ru.html",
    "udhr.kk.html",
]
_NOTE = re.compile(r"Сноска\.|Примечание|Footnote[.:]|^Note\.|Ескерту[.:]|Ескертпе|ескертпесі|©")
# Against the Russian text: what an edition's print has more, and what it lacks.
_DIFFERENCES_OF_PRINT: dict[str, tuple[set[str], set[str]]] = {
    "kz-constitution-1995.kk": ({"art_3__para_3__subpara_2"}, set()),  # a sentence stands in a line of its own
    "iccpr.kk": ({"art_41__para_2__subpara_2"}, set()),  # as above
    "iccpr.en": (set(), {"art_41__para_1__subpara_2"}),  # what is a line of its own in Russian goes on in English
}


def _entry(mirror: Path, name: str) -> dict[str, Any]:
    rows = tomllib.loads((mirror / "MANIFEST.toml").read_text(encoding="utf-8"))["file"]
    return next(row for row in rows if row["path"] == name)


@cache
def _read(mirror: Path, name: str) -> tuple[str, tuple[Block, ...]]:
    entry = _entry(mirror, name)
    lines = read((mirror / name).read_bytes(), entry["media_type"])
    return text_of(lines), parse(entry["document"], entry["language"], lines, _edition(mirror, name).numbering)


def _edition(mirror: Path, name: str) -> Edition:
    entry = _entry(mirror, name)
    edition = load_catalogue().document(entry["document"]).edition(entry["language"])
    assert edition is not None
    return edition


def _eids(mirror: Path, name: str) -> list[str]:
    return [block.eid for block in _read(mirror, name)[1] if isinstance(block, Provision)]


def test_the_mirror_holds_no_edition_that_is_not_tested(mirror: Path) -> None:
    rows = tomllib.loads((mirror / "MANIFEST.toml").read_text(encoding="utf-8"))["file"]
    assert sorted(row["path"] for row in rows) == sorted(FILES)


@pytest.mark.parametrize("name", FILES)
def test_nothing_is_lost(mirror: Path, name: str) -> None:
    text, blocks = _read(mirror, name)
    assert join(blocks) == text


@pytest.mark.parametrize("name", FILES)
def test_the_edition_is_the_catalogues(mirror: Path, name: str) -> None:
    edition = _edition(mirror, name)
    found = identity_of(_read(mirror, name)[1])
    assert (found.checksum, found.articles) == (edition.checksum, edition.articles)
    assert found.provisions == known_provisions(edition)


@pytest.mark.parametrize("document", ["iccpr", "icescr"])
def test_a_misnumbered_article_needs_the_catalogues_numbering(mirror: Path, document: str) -> None:
    """Without the catalogue's `numbering` the Kazakh print of the Covenant on civil rights reads as another text."""
    name = f"{document}.kk.txt"
    lines = read((mirror / name).read_bytes(), "text/plain")
    as_printed = identity_of(parse(document, "kk", lines))
    assert (as_printed.checksum == _edition(mirror, name).checksum) is (document == "icescr")


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


@pytest.mark.parametrize("name", FILES)
def test_every_text_opens_with_its_preamble(mirror: Path, name: str) -> None:
    """One provision, above every heading of an article; and nothing else of the law stands outside articles."""
    eids = _eids(mirror, name)
    assert eids[0] == "preamble"
    assert all(eid.startswith("art_") for eid in eids[1:])


@pytest.mark.parametrize("document", ["iccpr", "icescr"])
def test_every_letter_of_the_english_print_is_a_point_or_an_indent(mirror: Path, document: str) -> None:
    """Counted in the file itself: a letter or a Roman numeral in brackets at a line's head."""
    printed = (mirror / f"{document}.en.txt").read_text(encoding="utf-8")
    members = re.findall(r"^(?:\d+\. *)?\((?:[a-h]|[ivx]+)\)", printed, re.M)
    eids = _eids(mirror, f"{document}.en.txt")
    found = [eid for eid in eids if re.search(r"__(?:point|indent)_[a-z]+$", eid)]
    assert len(found) == len(members) > 20


@pytest.mark.parametrize("name", [name for name in FILES if name.endswith(".pdf")])
def test_the_pdf_reader_keeps_every_character_and_the_printed_order(mirror: Path, name: str) -> None:
    text, _ = _read(mirror, name)
    plain = "".join(page.extract_text() for page in PdfReader(mirror / name).pages)
    assert Counter("".join(text.split())) == Counter("".join(plain.split()))
    # A number that a link draws later must stand where it is printed: date, then number, all along.
    for note in re.findall(r"(?:Примечание|Ескертпе)\.[^\n]+", fold_letters(text)):
        dated = re.findall(r"\d\d\.\d\d\.\d{4} № ?\d+-Н[ПҚ]", note)
        assert len(dated) == len(re.findall("Н[ПҚ]", note)), note


@pytest.mark.parametrize("name", [name for name in FILES if ".ru." not in name])
def test_every_language_has_the_same_provisions(mirror: Path, name: str) -> None:
    document, language, _ = name.split(".")
    russian = next(_eids(mirror, other) for other in FILES if other.startswith(f"{document}.ru."))
    more, fewer = _DIFFERENCES_OF_PRINT.get(f"{document}.{language}", (set(), set()))
    eids = _eids(mirror, name)
    assert [eid for eid in eids if eid not in more] == [eid for eid in russian if eid not in fewer]
    assert more <= set(eids)
    assert fewer <= set(russian)


@pytest.mark.parametrize("name", FILES)
def test_no_note_stands_in_the_law_and_every_note_is_linked(mirror: Path, name: str) -> None:
    _, blocks = _read(mirror, name)
    eids = {b.eid for b in blocks if not isinstance(b, Note)}
    for block in blocks:
        if isinstance(block, Note):
            assert block.about in eids or block.about == _entry(mirror, name)["document"]
        elif isinstance(block, Provision):
            assert not _NOTE.search(fold_letters(block.text)), block.eid


def test_provisions_with_unnumbered_parts_and_points(mirror: Path) -> None:
    _, blocks = _read(mirror, "kz-constitution-2026.ru.txt")
    provisions = {b.eid: b for b in blocks if isinstance(b, Provision)}
    assert provisions["art_46__point_22"].lead_in == provisions["art_46"].text
    assert provisions["art_46__point_2__subpara_2"].lead_in
    assert provisions["art_55__para_4__point_5"].lead_in == provisions["art_55__para_4__subpara_2"].text
    assert provisions["art_55__para_4__subpara_3"].lead_in == ""
    assert provisions["art_18__para_2__subpara_2"].number == ""
    assert provisions["art_79__subpara_2"].section.startswith("Правосудие")


def test_letters_have_the_name_of_their_place_in_each_alphabet(mirror: Path) -> None:
    """The Kazakh print mixes alphabets and skips letters; the same member has the same name in every language."""
    for name in ("iccpr.en.txt", "iccpr.ru.txt", "iccpr.kk.txt"):
        eids = _eids(mirror, name)
        assert [eid for eid in eids if eid.startswith("art_14__para_3__")] == [
            f"art_14__para_3__point_{letter}" for letter in "abcdefg"
        ], name
        assert "art_8__para_3__point_c__indent_iv" in eids, name


@pytest.mark.parametrize("name", [name for name in FILES if "constlaw" in name])
def test_a_laws_signature_and_its_note_of_coming_into_force_are_no_law(mirror: Path, name: str) -> None:
    notes = Counter(block.kind for block in _read(mirror, name)[1] if isinstance(block, Note))
    assert notes == {"amendment": 1, "signature": 2}
    law = [block for block in _read(mirror, name)[1] if isinstance(block, Provision) and block.article]
    assert [block.eid for block in law if not block.anchor] == []
