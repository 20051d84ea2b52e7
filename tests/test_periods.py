"""Times that a question names otherwise than by a date."""

from __future__ import annotations

from datetime import date

import pytest

from qa.understanding.question import understand
from qa.understanding.times.periods import period_in

_TODAY = date(2026, 8, 31)


@pytest.mark.parametrize(
    ("question", "day"),
    [
        ("Who led the state between 2003 and 2006?", date(2006, 12, 31)),
        ("С 2003 по 2006 год кто назначал судей?", date(2006, 12, 31)),
        ("2003-2006 жылдары судьяларды кім тағайындады?", date(2006, 12, 31)),
        ("How many deputies were there at the start of 2012?", date(2012, 1, 1)),
        ("Сколько депутатов было в начале 2012 года?", date(2012, 1, 1)),
        ("2012 жылдың басында неше депутат болды?", date(2012, 1, 1)),
        ("в конце 2012 года", date(2012, 12, 31)),
        ("Article 42 in the 2007 version", date(2007, 12, 31)),
        ("Статья 42 в редакции 2007 года", date(2007, 12, 31)),
        ("Was slavery banned in the 2010s?", date(2019, 12, 31)),
        ("В девяностых была цензура?", date(1999, 12, 31)),
        ("90-х годах была ли цензура", date(1999, 12, 31)),
        ("2010-жылдары цензура болған ба?", date(2019, 12, 31)),
        ("Had we a Senate back in '08?", date(2008, 12, 31)),
        ("Летом 2012 года была цензура?", date(2012, 8, 31)),
        ("2012 жылдың көктемінде цензура болды ма?", date(2012, 5, 31)),
        ("Was there censorship twelve years ago?", None),  # no such number among those read in words
        ("Was there censorship 12 years ago?", date(2014, 8, 31)),
        ("Десять лет назад была цензура?", date(2016, 8, 31)),
        ("Он жыл бұрын цензура болды ма?", date(2016, 8, 31)),
        ("Has censorship been banned since 2014?", date(2014, 1, 1)),
        ("Цензура запрещена с 2014 года?", date(2014, 1, 1)),
        ("Цензураға 2014 жылдан бері тыйым салынған ба?", date(2014, 1, 1)),
        ("Was there a Senate since 1995?", date(1995, 9, 5)),  # there was no such Constitution before
        ("Была ли цензура при Назарбаеве?", date(2019, 3, 20)),
        ("первоначальный текст статьи 9 Конституции 1995 года", date(1995, 9, 5)),
    ],
)
def test_the_last_day_of_the_time_named_is_taken(question: str, day: date | None) -> None:
    found = period_in(question, _TODAY)
    assert (found[1][1] if found else None) == day


@pytest.mark.parametrize(
    "question",
    [
        "My uncle was sentenced in the nineties, and mother fears that they may still come and take him away again",
        "Ten years ago I lost my passport, may I have it back?",
        "Уехал десять лет назад, пустят ли обратно домой",
        "What became of the senators in the summer of 2026?",
        "law on legal acts 2016",
        "Can they fine me 2000?",
        "штраф 2015 тенге",
        "May the vote be a year earlier?",
        "I have lived here since 2014, may I vote?",
        "Что изменилось в статье 15 с 2019 года?",
        "Is censorship banned since 2026?",
        "They get 5-10 years for that",
        "Дом шестидесяти лет могут снести?",
        "Her sixties were hard on her, can she get a pension before the age that the law sets for the others there?",
    ],
)
def test_what_is_named_by_the_way_is_no_time_asked_of(question: str) -> None:
    assert period_in(question, _TODAY) is None
    assert understand(question).as_of is None


def test_the_time_is_no_part_of_what_is_looked_for() -> None:
    question = understand("Was there a Senate between 2003 and 2006?")
    assert question.as_of == date(2006, 12, 31)
    assert "2003" not in question.topic
    assert "2006" not in question.topic


def test_a_year_beside_a_few_words_is_the_time_asked_of() -> None:
    assert understand("censorship 2014").as_of == date(2014, 12, 31)
    assert understand("цензура 2014").since == date(2014, 1, 1)
    assert understand("law on legal acts 2016").as_of is None


def test_days_with_slashes_are_read() -> None:
    assert understand("Was there a Senate on 2014/03/05?").as_of == date(2014, 3, 5)
    assert understand("Was there a Senate on 5/3/2014?").as_of == date(2014, 3, 5)


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("Was there a Senate in 2012?", date(2012, 1, 1)),
        ("Был ли Сенат в мае 2012 года?", date(2012, 5, 1)),
        ("Was there a Senate on 5 May 2012?", date(2012, 5, 5)),
        ("Was there a Senate between 2003 and 2012?", date(2003, 1, 1)),
        ("2010-жылдары Сенат болды ма?", date(2010, 1, 1)),
        ("Летом 2012 года был Сенат?", date(2012, 6, 1)),
        ("Was there a Senate before 2012?", date(2011, 12, 31)),
    ],
)
def test_the_first_day_is_known_too(question: str, first: date) -> None:
    assert understand(question).since == first
