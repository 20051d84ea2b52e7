"""A document may have several editions with their periods: they are kept side by side, and the one of the day is asked.
The law is invented; its second edition rewords article 2 and adds article 3, its third changes article 1."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from corpus import CatalogueError, Folders
from corpus.fetching import fetch_all
from corpus.parsing.amendments import History
from corpus.store import (
    StoredEdition,
    edition_file,
    installed_editions,
    load_edition,
    missing_editions,
    save_edition,
)
from index import fingerprint
from page.views.article_view import article_view
from page.views.citation_card import card
from qa import Assistant
from qa.commands.changes import editions_text
from qa.commands.fetched import outcome_lines
from qa.commands.rendering import article_text, plain_text
from qa.errors import BadReference
from qa.labels import edition_label
from qa.messages import message
from qa.reading.article import read_article
from qa.reading.edition_comparison import compare_editions
from qa.reading.reading_room import ReadingRoom
from qa.setup.installed import Installed, installed
from tests.orchards import (
    FIRST,
    LAW,
    SECOND,
    THIRD,
    TODAY,
    assistant_of_orchards,
    installed_orchards,
    known_orchards,
    mirror_of_orchards,
    orchard_catalogue,
)

TURN = date.fromisoformat(SECOND)
BEFORE = TURN - timedelta(days=1)
EVENING = {"ru": "вечером", "kk": "кешке"}
MORNING = {"ru": "утром", "kk": "таңертең"}
ASKED = {"ru": "Когда поливают деревья в саду?", "kk": "Бақта ағаштар қашан суарылады?"}
BOTH = pytest.mark.parametrize("language", ["ru", "kk"])


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Folders:
    folder = tmp_path_factory.mktemp("orchards")
    return Folders(folder / "cache", folder / "data")


@pytest.fixture(scope="module")
def state(home: Folders) -> Installed:
    return installed_orchards(home)


@pytest.fixture(scope="module")
def gardener(home: Folders, state: Installed) -> Assistant:
    return assistant_of_orchards(home, state)


# The catalogue


def test_each_edition_lasts_until_the_next_begins() -> None:
    editions = orchard_catalogue((SECOND, FIRST, THIRD), ("ru",)).editions
    assert [(e.edition, e.follows, e.until) for e in editions] == [
        (SECOND, FIRST, date(2023, 12, 31)),
        (FIRST, "", BEFORE),
        (THIRD, SECOND, None),
    ]
    document = orchard_catalogue((FIRST, SECOND)).document(LAW)
    assert [(e.language, e.edition) for e in document.newest] == [("ru", SECOND), ("kk", SECOND)]
    assert document.edition("ru") == document.newest[0]
    assert [e.name for e in document.editions[:2]] == [f"{LAW} (ru, {FIRST})", f"{LAW} (ru)"]


def test_a_publisher_that_keeps_editions_is_asked_for_each_by_its_day() -> None:
    urls = [edition.sources[0].url for edition in orchard_catalogue(languages=("ru",)).editions]
    assert urls == [
        "https://zan.gov.kz/api/documents/77/rus/01.01.2020",
        "https://zan.gov.kz/api/documents/77/rus/01.03.2022",
    ]


@pytest.mark.parametrize("days", [(FIRST, FIRST), ("2020-13-01",)])
def test_two_editions_of_a_day_or_one_of_no_day_are_refused(days: tuple[str, ...]) -> None:
    with pytest.raises(CatalogueError):
        orchard_catalogue(days)


# The texts on disk


def test_editions_are_kept_side_by_side(state: Installed, home: Folders) -> None:
    assert [(e.language, e.edition) for e in state.every] == [
        ("ru", FIRST),
        ("ru", SECOND),
        ("kk", FIRST),
        ("kk", SECOND),
    ]
    assert missing_editions(home, state.catalogue) == ()
    for stored in state.every:
        assert stored.differing == ()
    assert sorted(path.name for path in (home.texts / LAW).glob("*.json")) == [
        f"kk.{FIRST}.json",
        "kk.json",
        f"ru.{FIRST}.json",
        "ru.json",
    ]


def test_what_was_the_newest_when_it_was_fetched_is_found_and_kept(folders: Folders, tmp_path: Path) -> None:
    before = installed_orchards(folders, (FIRST,), ("ru",)).official[0]
    both = orchard_catalogue(languages=("ru",))
    older, newest = both.editions
    assert (load_edition(folders, older), load_edition(folders, newest)) == (before, None)
    assert missing_editions(folders, both) == (newest,)
    mirror = mirror_of_orchards(tmp_path / "both")
    outcomes = fetch_all(both, folders, mirror=str(mirror), known=known_orchards)
    assert [outcome.fresh for outcome in outcomes] == [False, True]
    assert [e.edition for e in installed_editions(folders, both)] == [FIRST, SECOND]
    assert load_edition(folders, older) == before


def test_an_edition_that_was_removed_is_missing_and_the_other_stays(folders: Folders) -> None:
    state = installed_orchards(folders, languages=("ru",))
    older, newest = state.catalogue.editions
    edition_file(folders, older).unlink()
    left = installed(folders, state.catalogue, TODAY)
    assert missing_editions(folders, state.catalogue) == (older,)
    assert left.on(BEFORE).official == left.official
    assert read_article(left, "2", document=LAW, as_of=BEFORE).later
    edition_file(folders, newest).write_text("{", encoding="utf-8")
    assert installed_editions(folders, state.catalogue) == ()


def test_the_text_of_today_is_not_taken_for_an_older_edition(folders: Folders, tmp_path: Path) -> None:
    catalogue = orchard_catalogue(languages=("ru",))
    mirror = mirror_of_orchards(tmp_path / "mirror")
    (mirror / f"ru.{FIRST}.txt").write_bytes((mirror / f"ru.{SECOND}.txt").read_bytes())
    older, newest = fetch_all(catalogue, folders, mirror=str(mirror), known=known_orchards)
    assert older.stored is None
    assert older.problem
    assert f"{LAW} (ru, {FIRST})" in str(older.problem)
    assert newest.stored
    lines = list(outcome_lines([older, newest], catalogue))
    assert f"{LAW} (ru): fetched, edition of {SECOND}" in lines
    assert f"{LAW} (ru, {FIRST}): a new edition" in lines


def test_fetching_lists_every_edition(folders: Folders, tmp_path: Path) -> None:
    catalogue = orchard_catalogue(languages=("ru",))
    mirror = mirror_of_orchards(tmp_path / "mirror")
    outcomes = fetch_all(catalogue, folders, mirror=str(mirror), known=known_orchards)
    assert list(outcome_lines(outcomes, catalogue)) == [
        f"{LAW} (ru, {FIRST}): fetched, edition of {FIRST}",
        f"{LAW} (ru): fetched, edition of {SECOND}",
    ]


# Which is asked


@pytest.mark.parametrize(
    ("day", "edition"),
    [
        (date(2019, 5, 1), FIRST),
        (date.fromisoformat(FIRST), FIRST),
        (BEFORE, FIRST),
        (TURN, SECOND),
        (TODAY, SECOND),
    ],
)
def test_the_edition_of_the_day_is_asked(state: Installed, day: date, edition: str) -> None:
    assert {e.edition for e in state.on(day).official} == {edition}
    assert len(state.on(day).every) == 4


def test_an_edition_that_is_not_in_force_yet_waits_for_its_day(state: Installed, home: Folders) -> None:
    assert {e.edition for e in installed(home, state.catalogue, BEFORE).official} == {FIRST}


def test_the_index_of_the_newest_does_not_know_of_older_ones(state: Installed, folders: Folders) -> None:
    alone = installed_orchards(folders, (SECOND,))
    assert fingerprint(state.documents, "model") == fingerprint(alone.documents, "model")
    assert [text.blocks for text in state.texts()] == [text.blocks for text in alone.texts()]
    assert state.others == ()
    assert fingerprint(state.on(BEFORE).documents, "model") != fingerprint(state.documents, "model")


@BOTH
def test_an_answer_is_from_the_edition_of_the_day(gardener: Assistant, language: str) -> None:
    for day, said, edition in ((BEFORE, EVENING, FIRST), (TURN, MORNING, SECOND), (None, MORNING, SECOND)):
        answer = gardener.ask(ASKED[language], document=LAW, as_of=day)
        first = answer.citations[0]
        assert first.provision == f"{LAW}#art_2"
        assert first.quote
        assert said[language] in first.quote
        assert (first.edition, first.language) == (edition, language)
        assert first.of_the_day
        assert json.loads(json.dumps(answer.to_json()))["citations"][0]["edition"] == edition


def test_a_question_names_its_day_itself(gardener: Assistant) -> None:
    answer = gardener.ask("Когда поливали деревья в саду 5 мая 2021 года?", document=LAW)
    assert answer.citations[0].edition == FIRST
    assert EVENING["ru"] in (answer.citations[0].quote or "")


@BOTH
def test_a_citation_names_its_edition_and_its_page(gardener: Assistant, language: str) -> None:
    old = gardener.ask(ASKED[language], document=LAW, as_of=BEFORE)
    new = gardener.ask(ASKED[language], document=LAW)
    code = {"ru": "rus", "kk": "kaz"}[language]
    assert old.citations[0].url == f"https://zan.gov.kz/api/documents/77/{code}/01.01.2020"
    assert new.citations[0].url == {"ru": "r", "kk": "k"}[language]
    for answer, day in ((old, FIRST), (new, SECOND)):
        named = message("page.edition", language, edition=edition_label(day, language))
        assert named in " ".join(plain_text(answer).split())
        assert named in card(answer.citations[0], gardener.index.documents[LAW], language, is_open=True)


@BOTH
def test_an_article_that_the_next_edition_added_was_not_there(gardener: Assistant, language: str) -> None:
    named = {"ru": "статья 3", "kk": "3-бап"}[language]
    before = gardener.ask(named, document=LAW, as_of=BEFORE)
    assert before.abstained
    assert "2022" in before.text
    after = gardener.ask(named, document=LAW, as_of=TURN)
    assert after.citations[0].provision == f"{LAW}#art_3"
    assert after.citations[0].of_the_day


def test_the_index_of_a_past_day_is_built_once_and_read_again(
    gardener: Assistant, state: Installed, home: Folders
) -> None:
    first = gardener.ask(ASKED["ru"], document=LAW, as_of=BEFORE)
    (folder,) = home.past.iterdir()
    built = {path: path.stat().st_mtime_ns for path in folder.rglob("*.msgpack")}
    stale = home.past / "1999-01-01"
    stale.mkdir()
    again = assistant_of_orchards(home, state).ask(ASKED["ru"], document=LAW, as_of=BEFORE)
    assert (again.fingerprint, again.text) == (first.fingerprint, first.text)
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*.msgpack")} == built
    # A damaged one is built again, and what is of no installed edition goes.
    next(folder.rglob("provisions.msgpack")).write_bytes(b"")
    mended = assistant_of_orchards(home, state).ask(ASKED["ru"], document=LAW, as_of=BEFORE)
    assert mended.text == first.text
    assert not stale.exists()


# Gaps: an edition between two at hand is not


@pytest.fixture(scope="module")
def gap(tmp_path_factory: pytest.TempPathFactory) -> tuple[Folders, Installed]:
    folder = tmp_path_factory.mktemp("gap")
    folders = Folders(folder / "cache", folder / "data")
    return folders, installed_orchards(folders, (FIRST, THIRD))


@BOTH
def test_in_a_gap_each_article_is_as_the_notes_have_it(gap: tuple[Folders, Installed], language: str) -> None:
    folders, state = gap
    gardener = assistant_of_orchards(folders, state)
    article = {"ru": "статья {}", "kk": "{}-бап"}[language]

    def cited(number: int, day: date) -> tuple[bool, str]:
        answer = gardener.ask(article.format(number), document=LAW, as_of=day)
        return answer.citations[0].of_the_day, answer.citations[0].edition

    for day in (BEFORE, TURN, date(2023, 12, 31)):
        assert cited(1, day) == (True, FIRST)  # changed with the next edition at hand only
    assert cited(1, date(2024, 1, 1)) == (True, THIRD)
    assert cited(2, BEFORE) == (True, FIRST)
    assert cited(2, TURN) == (False, FIRST)
    assert cited(2, date(2023, 12, 31)) == (False, FIRST)
    assert cited(2, date(2024, 1, 1)) == (True, THIRD)
    answer = gardener.ask(article.format(2), document=LAW, as_of=TURN)
    assert "2022" in answer.notice
    assert answer.text.startswith(answer.notice)
    told = answer.to_json()["citations"][0]["wording"]
    assert told["of_the_day"] is False
    assert [change["law"] for change in told["overtaken"]] == ["2022-02-10"]
    missing = gardener.ask(article.format(3), document=LAW, as_of=TURN)
    assert missing.abstained
    assert "2022" in missing.text


@BOTH
def test_an_article_is_read_as_it_was_on_the_day(
    state: Installed, gap: tuple[Folders, Installed], language: str
) -> None:
    for day, said, edition in ((BEFORE, EVENING, FIRST), (TURN, MORNING, SECOND), (None, MORNING, SECOND)):
        found = read_article(state, "2", document=LAW, language=language, as_of=day)
        assert said[language] in found.provisions[0].text
        assert (found.edition, found.later) == (edition, "")
        shown = article_text(found, history=True)
        assert "2022" in shown
        assert [(change.kind, change.since) for change in found.history] == [("reworded", TURN)]
    between = read_article(gap[1], "2", document=LAW, language=language, as_of=TURN)
    assert between.edition == FIRST
    assert "2022" in between.later
    assert read_article(gap[1], "1", document=LAW, language=language, as_of=TURN).later == ""


def test_a_language_with_the_wording_of_the_day_comes_before_one_without(folders: Folders) -> None:
    state = installed_orchards(folders)
    edition_file(folders, next(e for e in state.catalogue.editions if e.language == "kk")).unlink()
    left = installed(folders, state.catalogue, TODAY)
    answer = assistant_of_orchards(folders, left).ask("2-бап", document=LAW, as_of=BEFORE)
    first = answer.citations[0]
    assert (first.language, first.edition, first.of_the_day, first.others) == ("ru", FIRST, True, ())
    assert read_article(left, "2-бап", document=LAW, as_of=BEFORE).language == "ru"
    assert read_article(left, "1-бап", document=LAW, as_of=BEFORE).language == "kk"


def test_a_change_about_the_day_on_which_an_edition_begins_is_its_own_if_its_notes_tell_it(state: Installed) -> None:
    old = [stored.parsed() for stored in state.on(BEFORE).official]
    new = [stored.parsed() for stored in state.official]
    history = History.of(old, new)
    assert history.amendments == {}
    assert {name: [c.languages for c in known] for name, known in history.afterwards.items()} == {
        f"{LAW}#art_2": [("ru", "kk")],
        f"{LAW}#art_3": [("ru", "kk")],
    }
    assert History.of(new, old) == History.of(new)
    assert set(History.of(new).amendments) == {f"{LAW}#art_2", f"{LAW}#art_3"}


def test_saving_the_newest_makes_room_for_no_text_of_its_own(folders: Folders) -> None:
    state = installed_orchards(folders, languages=("ru",))
    older, newest = state.catalogue.editions
    kept: StoredEdition | None = load_edition(folders, newest)
    assert kept
    save_edition(folders, newest, kept)
    assert load_edition(folders, newest) == kept
    assert load_edition(folders, older) == state.beside[0]


@BOTH
def test_the_reading_room_opens_any_edition(state: Installed, language: str) -> None:
    room = ReadingRoom(state)
    assert (room.editions(LAW), room.asked(LAW)) == ((SECOND, FIRST), SECOND)
    assert room.articles(LAW) == ("1", "2", "3")
    past = room.on(date.fromisoformat(FIRST))
    assert (past.asked(LAW), past.articles(LAW)) == (FIRST, ("1", "2"))
    for read, said, day in ((past, EVENING, FIRST), (room, MORNING, SECOND)):
        shown = article_view(read.open(LAW, "2", [language]), language)
        assert said[language] in shown
        assert message("page.edition", language, edition=edition_label(day, language)) in shown
    alone = ReadingRoom(replace(state, beside=()))
    assert (alone.editions(LAW), alone.asked(LAW)) == ((), None)
    assert alone.on(BEFORE) is alone


# Comparing them

DAYS = (TURN, date.fromisoformat(FIRST))  # in any order


@BOTH
def test_an_article_is_compared_word_by_word(state: Installed, language: str) -> None:
    found = compare_editions(state, "2", DAYS, document=LAW, language=language)
    assert found.editions == (FIRST, SECOND)
    (change,) = found.changes
    assert change.provision == f"{LAW}#art_2"
    assert (EVENING[language] in (change.old or ""), MORNING[language] in (change.new or "")) == (True, True)
    shown = " ".join(editions_text(found).split())
    assert f"[-{EVENING[language]}" in shown
    assert f"{{+{MORNING[language]}" in shown
    assert edition_label(FIRST, language) in shown
    assert found.to_json()["changes"] == [
        {"provision": change.provision, "label": change.label, "old": change.old, "new": change.new}
    ]


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_whole_law_is_compared(state: Installed, language: str) -> None:
    found = compare_editions(state, "", DAYS, document=LAW, language=language)
    assert [(c.provision.split("#")[1], c.old is None, c.new is None) for c in found.changes] == [
        ("art_2", False, False),
        ("art_3", True, False),
    ]
    came = message("later.came", language, label=found.changes[1].label, date=edition_label(SECOND, language))
    assert came in editions_text(found)
    same = compare_editions(state, "1", DAYS, document=LAW, language=language)
    assert same.changes == ()
    assert message("later.same_in_both", language, what=same.matter) in editions_text(same)


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_what_cannot_be_compared_is_told_in_a_sentence(state: Installed, language: str) -> None:
    with pytest.raises(BadReference) as lacking:
        compare_editions(state, "2", (TURN, date(2021, 1, 1)), document=LAW, language=language)
    for day in (FIRST, SECOND, "2021-01-01"):
        assert edition_label(day, language) in str(lacking.value)
    with pytest.raises(BadReference):
        compare_editions(state, "9", DAYS, document=LAW, language=language)


def test_compare_takes_two_days_on_the_command_line(mirror: Path, tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "ATAZAN_MIRROR": str(mirror),
        "ATAZAN_CACHE_DIR": str(tmp_path / "cache"),
        "ATAZAN_DATA_DIR": str(tmp_path / "data"),
    }
    command = [sys.executable, "-m", "qa.commands.main", "compare", "2", "--document", "kz-constitution-1995"]
    done = subprocess.run(
        [*command, "--editions", "2017-03-10", "2023-01-01"],
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 2
    assert "10 March 2017" in done.stderr
    assert "1 January 2023" in done.stderr
    assert "Traceback" not in done.stderr
