"""Where an installed text is not as this release knows it, its plain words are withheld, article by article; a newer
edition that waits to be accepted is told. The texts are invented, and go by the Constitution's name for its layer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from corpus import EditionText, load_catalogue
from corpus.parsing.structure import parse
from corpus.provision import Provision
from corpus.readers import read_plain
from corpus.store import NewerEdition, StoredEdition
from index import IndexedDocument, SearchIndex, build_index, open_embedder
from page.reading.found_view import found_view
from page.reading.place import Place
from page.views.article_view import article_view
from page.views.cards import whole
from page.views.conversation import Exchange
from page.views.export import as_markdown, conversation_page
from qa import Assistant
from qa.commands.changes import comparison_text
from qa.commands.rendering import article_text
from qa.composing.reply import Reply
from qa.composing.verbatim import is_supported
from qa.evidence.changed_text import ChangedTexts
from qa.evidence.provisions import hit_of
from qa.evidence.retrieval import Retrieval
from qa.messages import message
from qa.prose.checks.source import Source
from qa.prose.generators.endpoint_generator import KEY_VARIABLE, EndpointGenerator
from qa.prose.writing import Writer
from qa.reading.article import read_article
from qa.reading.comparison import compare
from qa.reading.reading_room import ReadingRoom
from qa.setup.installed import Installed
from qa.turn import Turn
from qa.understanding.question import understand
from qa.understanding.scope import scope_of
from tests.chat_server import ChatServer, chat_server
from tests.invented import RUSSIAN

LAW = "kz-constitution-2026"
CHANGED = ChangedTexts(frozenset({f"{LAW}#art_1", f"{LAW}#art_9"}))
NEWER = NewerEdition(LAW, "ru", "https://adilet.zan.kz/x", "2026-11-20", ("art_1__para_1",), "")
TOLD = "A newer edition of the Constitution of 2026 was found on 20 November 2026; `atazan fetch --accept` takes it."
# Our words of the invented law; no text has an article 9.
PLAIN = {
    "art_1__para_1": "Anyone in the society can have beehives.",
    "art_1__para_2": "There can be twelve hives at most.",
    "art_2-1": "Leave your dog at home.",
    "art_9": "Cats sleep on the roof of the greenhouse.",
}
LANGUAGES = ["kk", "ru", "en"]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> SearchIndex:
    official = EditionText(LAW, "ru", "2026", "ru", "", parse(LAW, "ru", read_plain(RUSSIAN.encode())))
    entries = tuple(Provision(LAW, eid, "en", text, wording="plain") for eid, text in PLAIN.items())
    layer = EditionText(LAW, "en", "plain", "en", "", entries)
    document = IndexedDocument(load_catalogue().document(LAW), (("ru", "ru"), ("plain en", "en")))
    return build_index(tmp_path_factory.mktemp("index"), [document], [official, layer], open_embedder())


def _assistant(index: SearchIndex, changed: ChangedTexts) -> Assistant:
    return Assistant(index, {}, lambda: date(2026, 11, 23), changed=changed)


def _state(*differing: str, newer: tuple[NewerEdition, ...] = ()) -> Installed:
    """As though this invented text had been found at the Constitution's official page."""
    stored = StoredEdition(LAW, "ru", "2026", "x", "", "", tuple(read_plain(RUSSIAN.encode())), differing, "x")
    return Installed(load_catalogue(), (stored,), (), newer)


# What is known


def test_of_an_article_everything_is_withheld_and_of_others_nothing() -> None:
    changed = _state("art_1__para_2", "art_3").changed
    assert changed.withheld(f"{LAW}#art_1__para_1")
    assert changed.withheld(f"{LAW}#art_1__para_7__point_2")
    assert changed.withheld(f"{LAW}#art_3__para_1")  # its title alone differs
    assert not changed.withheld(f"{LAW}#art_2__point_1")
    assert not changed.withheld(f"{LAW}#art_11")
    assert not changed.withheld("kz-constitution-1995#art_1__para_1")


def test_where_there_are_no_plain_words_none_are_withheld() -> None:
    declaration = replace(_state("art_1").official[0], document="udhr")
    assert not Installed(load_catalogue(), (declaration,), ()).changed.withheld("udhr#art_1")
    assert not _state("art_250").changed.withheld(f"{LAW}#art_250")


def test_a_newer_edition_is_told_once_a_document_with_its_date_if_known() -> None:
    known = {LAW: load_catalogue().document(LAW)}
    waiting = _state(newer=(NEWER, replace(NEWER, language="kk"))).changed
    assert waiting.newer_told([LAW, LAW, "udhr"], known, "en") == TOLD
    assert "20 ноября 2026 года" in waiting.newer_told([LAW], known, "ru")
    undated = ChangedTexts(waiting=(replace(NEWER, found=""),)).newer_told([LAW], known, "en")
    assert undated == TOLD.replace(" on 20 November 2026", "")
    assert ChangedTexts().newer_told([LAW], known, "en") == ""


# Answers


def test_an_answer_withholds_the_plain_words_and_says_so_once_an_article(index: SearchIndex) -> None:
    answer = _assistant(index, CHANGED).ask("article 1", language="en")
    assert len(answer.citations) == 3
    assert all(c.withheld and c.plain is None and c.quote for c in answer.citations)
    assert answer.text.count(message("answer.withheld", "en")) == 1
    assert not any(words in answer.text for words in PLAIN.values())
    assert [row["plain"] for row in answer.to_json()["citations"]] == [None] * 3
    other = _assistant(index, CHANGED).ask("article 2-1", language="en")
    assert other.citations[0].plain == PLAIN["art_2-1"]
    assert message("answer.withheld", "en") not in other.text
    known = _assistant(index, ChangedTexts()).ask("article 1", language="en")
    assert PLAIN["art_1__para_1"] in known.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_and_what_is_saved_of_it_say_so_in_the_readers_language(index: SearchIndex, language: str) -> None:
    answer = _assistant(index, CHANGED).ask("article 1", language=language)
    note = message("answer.withheld", language)
    documents = dict(index.documents)
    for shown in (
        whole(answer, documents, turn=0),
        as_markdown(answer),
        conversation_page([Exchange(answer)], language),
    ):
        assert note in shown
        assert not any(words in shown for words in PLAIN.values())


def test_the_check_knows_what_is_withheld(index: SearchIndex) -> None:
    first, *_ = _assistant(index, CHANGED).cited([f"{LAW}#art_1__para_1"], "en")
    assert is_supported(first, index, "en", CHANGED)
    assert not is_supported(replace(first, plain=PLAIN["art_1__para_1"]), index, "en", CHANGED)
    assert not is_supported(replace(first, withheld=False), index, "en", CHANGED)
    assert not is_supported(first, index, "en")  # nothing is withheld where nothing has changed
    other, *_ = _assistant(index, CHANGED).cited([f"{LAW}#art_2-1"], "en")
    assert not is_supported(replace(other, plain=None), index, "en", CHANGED)
    assert not is_supported(replace(other, plain=None, withheld=True), index, "en", CHANGED)


def test_a_provision_that_the_text_no_longer_has_is_neither_found_nor_cited(index: SearchIndex) -> None:
    question = "Where do cats sleep, on the roof of the greenhouse?"
    known = _assistant(index, ChangedTexts())
    assert known.search(question).hits[0].provision.eid == "art_9"
    now = _assistant(index, CHANGED)
    assert "art_9" not in [hit.provision.eid for hit in now.search(question).hits]
    assert now.cited([f"{LAW}#art_9"], "en") == ()
    day = date(2026, 11, 23)
    scope = scope_of(index.documents, named=LAW, as_of=day)
    reply, turn = Reply(index, {}, None, CHANGED), Turn(understand(question), None, day, scope, 0.0)
    result, _ = Retrieval(index).find(turn, [LAW])
    answer = reply.from_result(turn, result)
    assert answer.citations
    assert any(message("trace.gone", "en") in step.text for step in answer.trace)
    ghost = index.plain(f"{LAW}#art_9", "en")
    assert ghost
    refusal = reply.from_result(turn, replace(result, hits=(hit_of(ghost),)))
    assert refusal.abstained
    assert PLAIN["art_9"] not in refusal.text


def test_an_answer_tells_of_a_newer_edition_once(index: SearchIndex) -> None:
    answer = _assistant(index, ChangedTexts(waiting=(NEWER,))).ask("article 1", language="en")
    assert answer.text.count(TOLD) == 1
    assert PLAIN["art_1__para_1"] in answer.text  # the known text stays, and its plain words with it
    for saved in (as_markdown(answer), conversation_page([Exchange(answer)], "en")):
        assert saved.count(TOLD) == 1
    assert whole(answer, dict(index.documents), turn=0).count(f'az-newer">{TOLD}<') == 1
    elsewhere = ChangedTexts(waiting=(replace(NEWER, document="udhr"),))
    assert _assistant(index, elsewhere).ask("article 1", language="en").newer == ""


def test_a_comparison_withholds_and_tells_too(index: SearchIndex) -> None:
    found = compare(_assistant(index, replace(CHANGED, waiting=(NEWER,))), "1", language="en")
    assert {row["plain"] for row in found.to_json()["provisions"].values()} == {None}
    shown = " ".join(comparison_text(found).split())
    assert message("answer.withheld", "en") in shown
    assert TOLD in shown
    assert PLAIN["art_1__para_1"] not in shown


# Prose


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[ChatServer]:
    monkeypatch.delenv(KEY_VARIABLE, raising=False)
    with chat_server() as running:
        yield running


def test_prose_is_neither_told_the_withheld_words_nor_borne_out_by_them(index: SearchIndex, server: ChatServer) -> None:
    writer = Writer(index, EndpointGenerator(f"{server.url}#parrot"), changed=CHANGED)
    server.says = lambda body: "Anyone in the society can have beehives [1]."
    *_, written = writer.write(_assistant(index, CHANGED).ask("article 1", language="en"))
    assert PLAIN["art_1__para_1"] not in str(server.asked)
    assert written.written[0].doubts == (message("doubt.changed", "en"),)
    assert written.mode == "extractive"
    identifier = f"{LAW}#art_1__para_1"
    assert {p.wording for p in Source.of(identifier, index, CHANGED).texts} == {"official"}
    assert {p.wording for p in Source.of(identifier, index).texts} == {"official", "plain"}


# Articles


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_article_is_read_without_the_plain_words_that_may_not_fit_it(language: str) -> None:
    note = message("answer.withheld", language)
    before = read_article(_state(), "3", document=LAW, language=language)
    assert before.plain
    assert note not in article_text(before)
    found = read_article(_state("art_3__para_1"), "3", document=LAW, language=language)
    assert (found.plain, found.plain_heading) == ({}, "")
    printed = " ".join(article_text(found).split())
    assert note in printed
    assert not any(words in printed for words in before.plain.values())
    assert before.plain_heading not in printed
    record = found.to_json()
    assert record["plain_withheld"] == note
    assert {row["plain"] for row in record["provisions"]} == {None}
    assert all(row["text"] for row in record["provisions"])
    part = read_article(_state("art_3__para_1"), "3(1)", document=LAW, language=language)
    assert (part.withheld, part.plain) == (True, {})


def test_an_article_with_a_new_paragraph_is_printed() -> None:
    for state in (_state(), _state("art_3__para_1-1")):  # of which the layer has nothing
        assert "1-1. Исключён" in article_text(read_article(state, "3", document=LAW, language="ru"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_reading_room_withholds_them_too(language: str) -> None:
    known, room = ReadingRoom(_state()), ReadingRoom(_state("art_3__para_1"))
    ours = known.open(LAW, "3", [language]).texts[0]
    shown = article_view(room.open(LAW, "3", [language]), language)
    assert message("answer.withheld", language) in shown
    assert "az-words-of-ours" not in shown
    assert ours.plain_heading not in shown
    assert "az-words-of-ours" in article_view(known.open(LAW, "3", [language]), language)
    heading = {entry.article: entry.heading for part in room.contents(LAW, language) for entry in part.entries}
    assert heading["3"] != ours.plain_heading
    assert heading["2"]


def test_a_search_finds_by_withheld_words_and_shows_none() -> None:
    words = read_article(_state(), "3", document=LAW, language="en").plain["art_3__para_1"]
    sought = " ".join(words.split()[:3])
    (known, *_) = ReadingRoom(_state()).find(sought, LAW, "en").articles
    assert known.places[0].snippet
    found = ReadingRoom(_state("art_3__para_1")).find(sought, LAW, "en")
    assert found.articles[0].article == "3"
    assert words[:20] not in found_view(found, sought, Place(LAW, "3"), "en")


def test_an_article_tells_of_a_newer_edition() -> None:
    state = _state(newer=(NEWER,))
    found = read_article(state, "3", document=LAW, language="en")
    assert TOLD in " ".join(article_text(found).split())
    assert found.to_json()["newer"] == TOLD
    assert article_view(ReadingRoom(state).open(LAW, "3", ["en", "ru"]), "en").count(TOLD) == 1
    assert read_article(_state(), "3", document=LAW, language="en").newer == ""
