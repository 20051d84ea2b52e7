"""Pages of the official site as it served them: the law in them is found, and everything around it is left out."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from corpus.parsing.structure import parse
from corpus.provision import Block, Heading, Note, Provision, join
from corpus.readers import read, text_of
from corpus.text.folding import fold

_LAWS = ["K950001000_", "K930001000_", "Z950002529_", "Z1300000088"]
# What the site prints around a law, or an editor inside it.
_AROUND = re.compile(
    r"МАЗМҰНЫ|Қолданушы|Ескерту[.:]|Ескертпе|ескертпесі|©|НАЗАРБАЕВ|Назарбаев|Кіру|Іздеу|Жүктеу|Басып шығару"
)


def _page(mirror: Path, name: str) -> Path:
    return mirror / "adilet" / f"{name}.kaz.html"


@cache
def _read(mirror: Path, path: Path, media_type: str = "text/html") -> tuple[Block, ...]:
    lines = read(path.read_bytes(), media_type)
    blocks = parse("page", "kk", lines)
    assert join(blocks) == text_of(lines)
    return blocks


def _articles(blocks: tuple[Block, ...]) -> list[str]:
    """eIds of the articles in printed order, each once."""
    eids = (block.eid.split("__")[0] for block in blocks if not isinstance(block, Note))
    return list(dict.fromkeys(eid for eid in eids if eid.startswith("art_")))


@pytest.mark.parametrize(
    ("name", "articles", "last"),
    [("K950001000_", 102, "art_99"), ("Z950002529_", 43, "art_40"), ("Z1300000088", 41, "art_31")],
)
def test_every_article_of_a_page_is_found(mirror: Path, name: str, articles: int, last: str) -> None:
    found = _articles(_read(mirror, _page(mirror, name)))
    assert (len(found), found[-1]) == (articles, last)
    assert not [eid for eid in found if "~" in eid]


def test_as_many_articles_as_the_page_prints_in_bold(mirror: Path) -> None:
    page = _page(mirror, "Z1300000088").read_text(encoding="utf-8")
    printed = re.findall(r"<b>(?:\s|&nbsp;|<[^b][^>]*>)*(\d+(?:-\d+)?)-бап", page)
    assert [f"art_{number}" for number in printed] == _articles(_read(mirror, _page(mirror, "Z1300000088")))


def test_the_transitional_part_of_1993_numbers_its_articles_anew(mirror: Path) -> None:
    found = _articles(_read(mirror, _page(mirror, "K930001000_")))
    assert [eid for eid in found if "~" not in eid] == [f"art_{n}" for n in range(1, 132)]
    assert [eid for eid in found if "~" in eid] == [f"art_{n}~2" for n in range(1, 14)]


def test_articles_whose_text_stands_on_the_headings_line_are_provisions(mirror: Path) -> None:
    blocks = _read(mirror, _page(mirror, "K930001000_"))
    assert not [block.eid for block in blocks if isinstance(block, Heading) and block.level == "article"]
    first = [b for b in blocks if isinstance(b, Provision) and re.fullmatch(r"art_\d+", b.eid)]
    assert len(first) == 131
    assert [b.number for b in first] == [f"{n}-бап." for n in range(1, 132)]


def test_the_page_and_the_print_of_1995_have_the_same_law_and_the_same_notes(mirror: Path) -> None:
    page = _read(mirror, _page(mirror, "K950001000_"))
    printed = _read(mirror, mirror / "kz-constitution-1995.kk.pdf", "application/pdf")

    def law(blocks: tuple[Block, ...]) -> dict[str, str]:
        return {block.eid: fold(block.text) for block in blocks if isinstance(block, Provision)}

    def notes(blocks: tuple[Block, ...]) -> list[tuple[str, str]]:
        found = [block for block in blocks if isinstance(block, Note) and block.kind != "colophon"]
        return [(note.kind, note.about.split("__")[0]) for note in found]

    assert law(page) == law(printed)
    assert notes(page) == notes(printed)


@pytest.mark.parametrize("name", _LAWS)
def test_what_stands_around_the_law_is_no_provision(mirror: Path, name: str) -> None:
    blocks = _read(mirror, _page(mirror, name))
    found = {b.eid: b.text for b in blocks if isinstance(b, Provision)}
    assert [eid for eid, text in found.items() if _AROUND.search(text)] == []
    assert next(iter(found)) == "preamble"


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("K950001000_", {"reference": 86, "amendment": 65}),
        ("K930001000_", {"signature": 2}),
        ("Z950002529_", {"notice": 1, "amendment": 39, "signature": 2}),
        ("Z1300000088", {"notice": 3, "amendment": 110, "reference": 1, "signature": 3}),
    ],
)
def test_notes_boxes_contents_and_signatures_are_notes_of_their_kind(
    mirror: Path, name: str, kinds: dict[str, int]
) -> None:
    notes = [block for block in _read(mirror, _page(mirror, name)) if isinstance(block, Note)]
    assert Counter(note.kind for note in notes) == kinds
    assert all(re.match("МАЗМҰНЫ|Қолданушы", note.text) for note in notes if note.kind == "notice")


@pytest.mark.parametrize("name", ["K2600000255.shell-2026-09.html", "not-a-document.html"])
def test_a_page_without_a_law_has_no_article(mirror: Path, name: str) -> None:
    assert _articles(_read(mirror, mirror / "adilet" / name)) == []
