"""What changed by section: every pair once, in the order of the articles; words marked only within one language."""

from __future__ import annotations

import re

import pytest

from corpus import Folders
from corpus.concordance import load_concordance
from page.changes.place import Place, place_at, place_of
from page.changes.table import table_view
from page.changes.texts import pair_texts
from qa import Assistant
from qa.reading.changes_by_section import GONE, ChangedSection, changed_sections, counted
from qa.reading.reading_room import ReadingRoom
from qa.setup.installation import ensure_texts


@pytest.fixture(scope="module")
def room(installed_folders: Folders) -> ReadingRoom:
    return ReadingRoom(ensure_texts(installed_folders))


def _numbers(section: ChangedSection) -> list[int]:
    return [int(pair.new[0].split("#art_")[1].split("__")[0]) for pair in section.pairs]


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_every_pair_stands_once_in_the_section_of_its_article(room: ReadingRoom, language: str) -> None:
    *sections, gone = changed_sections(room, language)
    filed = [pair for section in (*sections, gone) for pair in section.pairs]
    assert sorted(map(id, filed)) == sorted(map(id, load_concordance().pairs))
    assert (gone.key, {pair.kind for pair in gone.pairs}) == (GONE, {"dropped"})
    for section in sections:
        assert section.title.strip()
        assert _numbers(section) == sorted(_numbers(section))
    numbers = [number for section in sections for number in _numbers(section)]
    assert numbers == sorted(numbers)
    assert sum(counted(filed).values()) == len(filed)


def test_words_are_marked_between_official_texts_of_one_language_alone(assistant: Assistant) -> None:
    for pair in load_concordance().pairs:
        beside, _, official = pair_texts(pair, assistant, "en").partition("<details")
        assert "<ins>" not in beside
        assert "<del>" not in beside
        assert set(re.findall(r'class="az-text" lang="(\w+)"', beside)) <= {"en"}
        assert set(re.findall(r'class="az-text" lang="(\w+)"', official)) <= {"ru"}
        assert ("not the law" in beside) == bool(pair.new)
        for language in ("kk", "ru"):
            texts = pair_texts(pair, assistant, language)
            assert set(re.findall(r' lang="(\w+)"', texts)) <= {language}
            assert "<details" not in texts


@pytest.mark.parametrize(
    "place", [Place(), Place("new"), Place("new", "3"), Place(section=GONE), Place(matter="18(2)")]
)
def test_what_is_shown_has_an_address_that_leads_there(place: Place) -> None:
    assert place_at(place.address) == place


def test_what_is_typed_into_an_address_is_shown_escaped(room: ReadingRoom, assistant: Assistant) -> None:
    long = place_of({"find": "<b>" * 200})
    assert len(long.matter) == 200
    shown = table_view(Place(section="3"), changed_sections(room, "en"), assistant, "en")
    assert 'data-address="?tab=compare&amp;section=3"' in shown
    assert shown.count("<section>") == 1
