"""A document that is named with a day on which it was not in force is not told as the law of that day."""

from __future__ import annotations

from datetime import date

import pytest

from corpus import Folders, load_catalogue
from qa import Assistant
from qa.composing.later_wording import not_in_force_told
from qa.labels import date_label
from qa.reading.article import read_article
from qa.setup.installed import installed

NEW, OLD = "kz-constitution-2026", "kz-constitution-1995"


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_a_document_not_in_force_on_the_day_is_said_to_be_so(language: str) -> None:
    catalogue = load_catalogue()
    new, old = catalogue.document(NEW), catalogue.document(OLD)
    assert new.since is not None
    assert old.until is not None
    before = not_in_force_told(new, date(2020, 1, 1), language)
    assert date_label(new.since, language) in before
    assert date_label(date(2020, 1, 1), language) in before
    after = not_in_force_told(old, date(2026, 10, 1), language)
    assert date_label(old.until, language) in after
    assert not not_in_force_told(new, new.since, language)
    assert not not_in_force_told(old, old.until, language)


@pytest.mark.parametrize(
    ("document", "day"), [(NEW, date(2020, 1, 1)), (OLD, date(2026, 10, 1)), (OLD, date(1990, 1, 1))]
)
def test_an_answer_from_it_says_so_first(assistant: Assistant, document: str, day: date) -> None:
    answer = assistant.ask("Is there a death penalty?", document=document, as_of=day)
    told = not_in_force_told(assistant.index.documents[document], day, "en")
    assert told
    assert answer.text.startswith(told)


def test_without_a_day_or_on_one_of_its_own_nothing_is_said(assistant: Assistant) -> None:
    for day in (None, date(2026, 10, 1)):
        assert "in force yet" not in assistant.ask("Is there a death penalty?", document=NEW, as_of=day).text


def test_an_article_read_for_such_a_day_says_so(installed_folders: Folders) -> None:
    found = read_article(installed(installed_folders), "18", document=NEW, language="en", as_of=date(1990, 1, 1))
    assert found.later == not_in_force_told(found.document, date(1990, 1, 1), "en") != ""


@pytest.mark.parametrize(
    ("question", "day"),
    [
        ("Was the death penalty banned in 2022?", "8 June 2022"),
        ("В 2022 году смертная казнь была запрещена?", "8 июня 2022 года"),
        ("2022 жылы өлім жазасына тыйым салынған ба?", "2022 жылғы 8 маусым"),
    ],
)
def test_a_change_within_the_time_asked_about_is_told_first(assistant: Assistant, question: str, day: str) -> None:
    told = assistant.ask(question).text.split("\n")[0]
    assert day in told
    asked_of_a_day = assistant.ask(question, as_of=date(2022, 12, 30)).text
    assert day in asked_of_a_day  # on the card
    assert day not in asked_of_a_day.split("\n")[0]


@pytest.mark.parametrize(
    "question",
    [
        "How many hours could the police hold a man without a judge in 2012?",
        "Сколько часов в 2012 году могли держать человека без суда?",
        "2012 жылы полиция адамды сотсыз неше сағат ұстай алатын?",
    ],
)
def test_a_number_that_only_the_old_text_names_is_answered_from_it(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert not answer.abstained
    assert answer.citations[0].provision.startswith(f"{OLD}#art_16")
