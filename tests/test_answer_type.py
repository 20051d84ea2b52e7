"""What a question wants counted, and which provisions could answer it."""

from __future__ import annotations

import pytest

from corpus.text.sentences import asked_alone, asked_part, asking_sentences
from qa.evidence.answer_type import Measure, holds, wanted_measure


@pytest.mark.parametrize(
    ("language", "question", "measure"),
    [
        ("en", "Within how many days must the garden council answer?", "term"),
        ("en", "What is the minimum age for a keeper?", "term"),
        ("en", "They say two months must pass before the fair. Is that so?", "term"),
        ("en", "I waited three months. Who answers for the delay?", None),
        ("en", "How many keepers sit on the council?", "number"),
        ("en", "What percentage of the votes does a guild need?", "share"),
        ("en", "Who appoints the keeper?", None),
        ("ru", "За сколько дней они обязаны ответить?", "term"),
        ("ru", "С какого возраста берут в сторожа?", "term"),
        ("ru", "Говорят, ждать надо месяц. Так, или срок другой?", "term"),
        ("ru", "Сколько сторожей в совете?", "number"),
        ("ru", "Какой процент голосов нужен гильдии?", "share"),
        ("ru", "Мы двадцать лет тут живём. Кто назначает сторожа?", None),
        ("kk", "Олар неше күнде жауап беруге тиіс?", "term"),
        ("kk", "канша кун кутемиз", "term"),
        ("kk", "Кеңесте неше күзетші отырады?", "number"),
        ("kk", "Гильдияға неше пайыз дауыс керек?", "share"),
        ("kk", "Күзетшіні кім тағайындайды?", None),
    ],
)
def test_what_is_to_be_counted(language: str, question: str, measure: Measure | None) -> None:
    assert wanted_measure(question, language) == measure


@pytest.mark.parametrize(
    ("language", "text", "named"),
    [
        ("en", "The keeper is chosen for seven years.", {"term"}),
        ("en", "The council has twelve members, chosen for seven years.", {"term", "number"}),
        ("en", "Two years and months are counted; forty keepers sit.", {"term", "number"}),
        ("en", "It is decided by two-thirds of the votes.", {"share", "number"}),
        ("en", "It is decided by a majority of the keepers.", {"share", "number"}),
        ("en", "The order is set by law.", set()),
        ("ru", "Сторож избирается на семь лет.", {"term"}),
        ("ru", "Совет отвечает в месячный срок.", {"term"}),
        ("ru", "В совете сорок сторожей.", {"number"}),
        ("ru", "Решает большинство не менее двух третей голосов.", {"share", "number"}),
        ("kk", "Күзетші жеті жылға сайланады.", {"term"}),
        ("kk", "Кеңес бір ай ішінде жауап береді.", {"term"}),
        ("kk", "Кеңесте қырық күзетші бар.", {"number"}),
        ("kk", "Кеңес жасайды, күзетші айтады.", set()),
    ],
)
def test_what_a_provision_names(language: str, text: str, named: set[Measure]) -> None:
    kinds: tuple[Measure, ...] = ("number", "term", "share")
    assert {kind for kind in kinds if holds(text, language, kind)} == named


def test_what_is_asked_of_a_story() -> None:
    assert asked_part("They came at six. Who let them in? I was asleep.") == "Who let them in?"
    assert asked_part("who let them in") == "who let them in"


@pytest.mark.parametrize(
    ("text", "alone"),
    [
        ("I am painting a fence: what does it say about trees?", "what does it say about trees?"),
        ("бақ отырғызып жатырмын: алма туралы не жазылған", "алма туралы не жазылған"),
        ("who planted that tree", ""),
        ("My neighbour says: no.", ""),
    ],
)
def test_what_is_asked_after_a_colon_stands_by_itself(text: str, alone: str) -> None:
    assert asked_alone(text) == alone


def test_what_asks_is_told_from_what_is_told() -> None:
    assert asking_sentences("they came. who let them in? i was asleep") == "who let them in?"
    assert asking_sentences("they came. say who let them in") == "say who let them in"
