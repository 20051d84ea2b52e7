"""The reading room: contents in the reader's language, an article's neighbours, finding."""

from __future__ import annotations

import html
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import LANGUAGES, Folders
from corpus.text.folding import fold_letters
from page.reading.place import Place
from page.views.article_view import article_view
from qa.errors import BadReference
from qa.messages import message
from qa.reading.finding import Sought
from qa.reading.reading_room import ReadingRoom
from qa.setup.installed import installed

_NEW, _OLD = "kz-constitution-2026", "kz-constitution-1995"


@pytest.fixture(scope="module")
def room(installed_folders: Folders) -> ReadingRoom:
    return ReadingRoom(installed(installed_folders))


@pytest.mark.parametrize(
    ("document", "sections", "articles"),
    [(_NEW, 11, 96), (_OLD, 9, 102), ("udhr", 1, 30), ("iccpr", 6, 53), ("icescr", 5, 31)],
)
def test_the_contents_name_every_article_once(room: ReadingRoom, document: str, sections: int, articles: int) -> None:
    preamble, *contents = room.contents(document, "en")
    assert [entry.article for entry in preamble.entries] == ["preamble"]
    assert len(contents) == sections
    entries = [entry.article for section in contents for entry in section.entries]
    assert len(entries) == len(set(entries)) == articles


@pytest.mark.parametrize(("language", "title"), [("kk", "Сот төре"), ("ru", "Суд"), ("en", "Courts")])
def test_the_contents_are_in_the_readers_language(room: ReadingRoom, language: str, title: str) -> None:
    contents = room.contents(_NEW, language)
    assert any(title in section.title for section in contents)
    assert all(entry.heading for section in contents for entry in section.entries)


def test_an_article_knows_its_neighbours(room: ReadingRoom) -> None:
    middle = room.open(_OLD, "94-1", ["ru", "en"])
    assert (middle.previous, middle.following) == ("94", "94-2")
    assert [text.language for text in middle.texts] == ["ru", "en"]
    assert room.open(_NEW, "1", ["kk"]).previous == "preamble"
    assert room.open(_NEW, "preamble", ["kk"]).previous is None
    assert room.open(_NEW, "96", ["kk"]).following is None


@pytest.mark.parametrize(
    ("words", "language", "article"),
    [("18", "en", "18"), ("ст. 18", "ru", "18"), ("18-бап", "kk", "18"), ("адвокат", "ru", "86"), ("жер", "kk", "8")],
)
def test_articles_are_found_by_number_and_by_words(room: ReadingRoom, words: str, language: str, article: str) -> None:
    assert article in [found.article for found in room.find(words, _NEW, language).articles]


@pytest.mark.parametrize(
    ("language", "label", "document"),
    [
        *[("kk", "Кіріспе", _NEW), ("ru", "Преамбула", _NEW), ("en", "Preamble", _NEW), ("ru", "Преамбула", _OLD)],
        *[("kk", "Кіріспе", "icescr"), ("ru", "Преамбула", "kz-constlaw-president-2026"), ("en", "Preamble", "udhr")],
    ],
)
def test_the_preamble_is_listed_first_and_opened(room: ReadingRoom, language: str, label: str, document: str) -> None:
    assert room.articles(document)[0] == "preamble"
    assert room.contents(document, language)[0].entries[0].label == label
    opened = room.open(document, "preamble", [language])
    assert (opened.previous, opened.following) == (None, "1")
    assert opened.texts[0].official
    assert [p.eid for p in opened.texts[0].provisions] == ["preamble"]
    assert room.open(document, "1", [language]).previous == "preamble"


@pytest.mark.parametrize(
    ("words", "language"),
    [("преамбула", "ru"), ("кіріспе", "kk"), ("preamble", "en"), ("Біз", "kk"), ("Мы, народ", "ru")],
)
def test_the_preamble_is_found_by_its_name_and_by_its_words(room: ReadingRoom, words: str, language: str) -> None:
    assert "preamble" in [found.article for found in room.find(words, _NEW, language).articles]


@pytest.mark.parametrize(
    ("document", "word"),
    [(_OLD, "біріктірген"), (_OLD, "білдіреді"), (_OLD, "негізгі"), (_NEW, "кепілдік"), (_NEW, "міндетті")],
)
def test_look_alike_letters_hide_nothing_from_a_search(room: ReadingRoom, document: str, word: str) -> None:
    """The official Kazakh texts print many an і as a Latin i; people type either."""
    proper = [found.article for found in room.find(word, document, "kk").articles]
    assert [found.article for found in room.find(word.replace("і", "i"), document, "kk").articles] == proper
    text = {n: room.open(document, n, ["kk"]).texts[0].provisions for n in proper}
    hidden = [n for n in proper if not any(word in provision.text.lower() for provision in text[n])]
    assert hidden
    assert any(word in fold_letters(provision.text).lower() for n in hidden for provision in text[n])


@pytest.mark.parametrize(
    ("words", "language", "eid", "meant"),
    [
        ("secular", "en", "art_7__para_1", ""),  # which says that religion is separate from the state
        ("светский", "ru", "art_1", ""),
        ("дети", "ru", "art_13__para_3", ""),
        ("балалар", "kk", "art_13__para_3", ""),
        ("кукыктар", "kk", "art_1", ""),
        ("президнет", "ru", "art_42__para_1", "президент"),
        ("advokat", "ru", "art_18__para_4", "адвокат"),
        ("ст. 18 п. 2", "ru", "art_18__para_2", ""),
    ],
)
def test_a_search_finds_words_in_any_form_and_through_slips(
    room: ReadingRoom, words: str, language: str, eid: str, meant: str
) -> None:
    finding = room.find(words, _NEW, language)
    assert eid in [place.eid for found in finding.articles for place in found.places]
    assert finding.words == (meant or words)


def test_a_search_reads_the_languages_shown(room: ReadingRoom) -> None:
    assert room.find("зайырлы", _NEW, "en").articles == ()
    assert room.find("зайырлы", _NEW, "en", ["kk"]).articles


@given(st.text(alphabet="абвдиіқдеть ,.İß-1ёЁiI\n", max_size=60), st.text(alphabet="абвдиіқдеть i1", max_size=12))
def test_marking_words_loses_nothing_of_the_text(text: str, words: str) -> None:
    for language in LANGUAGES:
        assert "".join(piece for piece, _ in Sought(words).runs(text, language)) == text


def test_an_address_leads_back_to_its_place() -> None:
    for place in (Place(_NEW, "94-1", find="a&b"), Place(_NEW, whole=True, find="<b>"), Place(_NEW, "preamble")):
        asked = dict(parse_qsl(urlsplit(place.address("kk")).query))
        assert Place.named(asked) == place
        assert asked["lang"] == "kk"
    assert "para=2__point_3&" in Place(_NEW, "18").address("kk", "art_18__para_2__point_3")


def test_all_words_must_be_there_and_punctuation_finds_nothing(room: ReadingRoom) -> None:
    assert room.find("адвокат абракадабра", _NEW, "ru").articles == ()
    assert room.find("?!", _NEW, "ru").articles == ()
    assert room.find("[a-z]+", _NEW, "en").articles == ()


@pytest.mark.parametrize(("document", "article", "told"), [(_NEW, "250", "from 1 to 96"), ("none", "1", "no document")])
def test_what_is_not_there_is_told_with_what_is(room: ReadingRoom, document: str, article: str, told: str) -> None:
    with pytest.raises(BadReference, match=told):
        room.open(document, article, ["en"])


@pytest.mark.parametrize("reference", ["ТК ст. 13", "Labour Code art. 13", "Еңбек кодексі 13-бап"])
def test_an_article_of_another_act_is_not_the_constitutions(room: ReadingRoom, reference: str) -> None:
    with pytest.raises(BadReference, match=r"ТК|Labour Code|кодексі"):
        room.read(reference)
    assert room.read(reference, document=_NEW).provisions


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_without_an_official_text_one_reads_the_plain_words_and_is_told(folders: Folders, language: str) -> None:
    bare = ReadingRoom(installed(folders))
    assert list(bare.documents) == [_NEW]
    assert sum(len(section.entries) for section in bare.contents(_NEW, language)) == 97  # with the preamble
    shown = article_view(bare.open(_NEW, "18", [language]), language)
    assert message("answer.no_text", language) in html.unescape(shown)
    assert "az-official" not in shown
    assert 'id="art_18__para_2"' in shown


def test_official_texts_and_plain_words_are_told_apart(room: ReadingRoom) -> None:
    shown = article_view(room.open(_NEW, "18", ["en", "kk"]), "en")
    assert shown.count("az-official") == 2 * shown.count("<section")  # Russian for the English reader, and Kazakh
    assert shown.count("az-words-of-ours") == 2 * shown.count("<section")
