"""One edition is one edition, whatever source it comes from and however that prints it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import Folders, load_catalogue
from corpus.catalogue import Edition
from corpus.fetching.recognition import lines_of
from corpus.identity import Identity, identity_of, known_provisions
from corpus.parsing.structure import parse
from corpus.provision import Block, Note, Provision, join
from corpus.readers import read, text_of
from corpus.store import load_edition
from corpus.text.folding import fold, fold_letters
from tests.dressing import EDITORS_NOTES, NOTED_ARTICLES, SHAPES, Text, as_the_bank, as_the_register
from tests.gardens import identity_of_garden, text_of_garden

_LAW = "kz-law-on-legal-acts-2016"


def _read_again(text: Text, shape: str, edition: Edition | None = None) -> tuple[Block, ...]:
    media_type, dressed = SHAPES[shape]
    lines = lines_of(dressed(text), media_type)
    blocks = parse(text.document, text.language, lines, edition.numbering if edition else None)
    assert join(blocks) == text_of(lines)
    return blocks


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("language", ["ru", "kk", "en"])
def test_an_invented_law_in_every_shape(language: str, shape: str) -> None:
    assert identity_of(_read_again(text_of_garden(language), shape)) == identity_of_garden(language)


def _text(folders: Folders, edition: Edition) -> Text:
    stored = load_edition(folders, edition)
    assert stored
    return Text(edition.document, edition.language, stored.parsed().blocks)


def _shapes_of(edition: Edition) -> list[str]:
    """In which its official sources print it, and others for a few; prints are slow to read, so of few."""
    by_host = {"old": "old page", "adilet": "register JSON", "zan": "bank JSON", "www": "plain page"}
    shapes = list(dict.fromkeys(by_host[source.host.split(".")[0]] for source in edition.sources))
    if edition.document == "kz-constitution-2026":
        return [name for name in SHAPES if name != "bank PDF"]
    if edition.document == "kz-constlaw-peoples-council-2026":
        shapes += ["bank PDF", "Markdown"]
    return shapes


_DRESSED = [(edition, shape) for edition in load_catalogue().editions for shape in _shapes_of(edition)]


@pytest.mark.parametrize(("edition", "shape"), _DRESSED, ids=[f"{e.document}.{e.language} {s}" for e, s in _DRESSED])
def test_every_edition_in_the_shapes_of_its_sources(installed_folders: Folders, edition: Edition, shape: str) -> None:
    found = identity_of(_read_again(_text(installed_folders, edition), shape, edition))
    assert (found.checksum, found.articles) == (edition.checksum, edition.articles)
    assert found.provisions == known_provisions(edition)


@pytest.mark.parametrize("language", ["ru", "kk"])
@pytest.mark.parametrize("shape", ["old page", "register JSON", "bank JSON", "Markdown"])
def test_the_editors_notes_of_2026_are_notes_linked_to_their_articles(
    installed_folders: Folders, language: str, shape: str
) -> None:
    edition = load_catalogue().document("kz-constitution-2026").edition(language)
    assert edition
    blocks = _read_again(_text(installed_folders, edition), shape, edition)
    notes = [block for block in blocks if isinstance(block, Note) and fold(block.text) == fold(EDITORS_NOTES[language])]
    assert [note.about.split("__")[0] for note in notes] == [f"art_{number}" for number in NOTED_ARTICLES]
    assert not [b.eid for b in blocks if isinstance(b, Provision) and "07.07.2026" in b.text]


def _identity_of_file(path: Path, media_type: str, edition: Edition) -> Identity:
    lines = read(path.read_bytes(), media_type)
    return identity_of(parse(edition.document, edition.language, lines, edition.numbering))


def test_the_print_and_the_page_of_1995_are_one_edition(mirror: Path, installed_folders: Folders) -> None:
    edition = load_catalogue().document("kz-constitution-1995").edition("kk")
    assert edition
    page = _identity_of_file(mirror / "adilet" / "K950001000_.kaz.html", "text/html", edition)
    printed = load_edition(installed_folders, edition)
    assert printed
    assert printed.lines[-1].page  # read from the mirror's PDF
    assert page == identity_of(printed.parsed().blocks)
    assert page.checksum == edition.checksum


@pytest.mark.parametrize("name", ["K930001000_.kaz.html", "Z950002529_.kaz.html", "Z1300000088.kaz.html"])
def test_other_acts_share_next_to_nothing_with_a_constitution(mirror: Path, name: str) -> None:
    edition = load_catalogue().document("kz-constitution-1995").edition("kk")
    assert edition
    found = _identity_of_file(mirror / "adilet" / name, "text/html", edition)
    known = known_provisions(edition)
    assert sum(found.provisions.get(eid) == digits for eid, digits in known.items()) < len(known) * 0.05


@pytest.mark.parametrize("name", ["not-a-document.html", "K2600000255.shell-2026-09.html"])
def test_pages_without_a_document_hold_no_article(mirror: Path, name: str) -> None:
    edition = load_catalogue().document("kz-constitution-1995").edition("kk")
    assert edition
    assert _identity_of_file(mirror / "adilet" / name, "text/html", edition).articles == 0


# Folding


@pytest.mark.parametrize(
    ("printed", "folded"),
    [
        ("Бiз, қазақ халқы", "Біз, қазақ халқы"),  # a Latin i
        ("мəртебесі", "мәртебесі"),  # a schwa
        ("Ɵмір", "Өмір"),
        ("ІІ бөлім", "II бөлім"),
        ("Х тарау", "X тарау"),
        ("Cтaтья", "Статья"),
        ("seсtion", "section"),  # a Cyrillic letter in an English word
        ("закон No 5 и iPhone", "закон No 5 и iPhone"),
        ("а", "а"),
        ("a", "a"),
    ],
)
def test_letters_that_look_alike(printed: str, folded: str) -> None:
    assert fold_letters(printed) == folded


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("«Сад» — наш", '"Сад" - наш'),
        ("“garden” – ours", "'garden' - ours"),
        ("ст.\u00a05,\u00ad № 7", "ст. 5, N 7"),
        ("всё", "все"),
        ("и\u0306од", "йод"),
        ("и так далее…", "и так далее..."),
        ("пере\u200bнос", "перенос"),
    ],
)
def test_typography_is_folded(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("пять", "шесть"), ("1. Сад", "2. Сад"), ("сад", "Сад"), ("а, б", "а б")])
def test_words_numbers_and_commas_are_not(one: str, other: str) -> None:
    assert fold(one) != fold(other)


_MIXED = st.text(alphabet='aceopxyiшқәіасеорхуbdIVXІХМ \n.,-«»"№ё5əɵҺ\u00a0\u00ad\u0306', max_size=60)
_CYRILLIC_WORDS = st.lists(st.text(alphabet="абвгдежзийклмнопрстуфхцчшщъыьэюяәғқңөұүһі", min_size=1), max_size=8)
_LATIN_WORDS = st.lists(st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=1), max_size=8)


@given(st.one_of(_MIXED, st.text()))
def test_folding_letters_keeps_the_length_and_is_done_once(text: str) -> None:
    once = fold_letters(text)
    assert len(once) == len(text)
    assert fold_letters(once) == once


@given(st.one_of(_CYRILLIC_WORDS, _LATIN_WORDS))
def test_words_of_one_alphabet_are_left_alone(words: list[str]) -> None:
    text = " ".join(words)
    assert fold_letters(text) == text


@given(_CYRILLIC_WORDS)
def test_a_text_dressed_in_either_way_folds_to_the_same(words: list[str]) -> None:
    text = " ".join(words) + ' — «слово» № 5 - "ещё"'
    assert fold(as_the_register(text)) == fold(text) == fold(as_the_bank(text))
