"""Whether a question is about another state's matters: its name, however declined, and none of the words like it."""

from __future__ import annotations

import pytest

from qa.understanding.beyond.other_states import asks_about_another_state


@pytest.mark.parametrize(
    ("language", "question"),
    [
        ("ru", "Сколько лет правит президент в Грузии?"),
        ("ru", "а в россии депутата за езду пьяным могут закрыть?"),
        ("ru", "Канадский закон о языке"),
        ("ru", "Есть ли монарх в Нидерландах?"),
        ("ru", "депутат госдумы тоже неприкасаемый?"),
        ("ru", "Самоа это республика?"),
        ("ru", "Что за партия правит в Корее?"),
        ("ru", "Сколько сенаторов в США?"),
        ("ru", "в сша судей выбирают?"),
        ("en", "who can run for president in uzbekistan"),
        ("en", "Is abortion legal in Turkey?"),
        ("en", "can members of the duma be arrested"),
        ("kk", "ресейде президентті неше жылға сайлайды"),
        ("kk", "Катарда әйелдер сайлай ала ма?"),
        ("kk", "Россияда түнде күзетші тұра ма, онда қалай екен?"),
        ("en", "I have a friend in Tashkent, he tells me of the mayor. Is that really how it is in Uzbekistan?"),
        ("ru", "У меня друг в Ташкенте. В Узбекистане действительно так?"),
    ],
)
def test_another_state_is_named(language: str, question: str) -> None:
    assert asks_about_another_state(question, language)


@pytest.mark.parametrize(
    ("language", "question"),
    [
        ("ru", "что стоит в самом конце, самое важное, по просьбе самого президента"),
        ("ru", "самосуд без суда кого карает"),
        ("ru", "грузчик с грузом спорит, корень зла кто"),
        ("ru", "индивидуальные права, белизна и малина"),
        ("ru", "моего соседа судят в Германии"),
        ("ru", "как в Грузии, у нас можно?"),
        ("ru", "Сосед наш в розыске. Могут ли его отправить в Россию?"),
        ("ru", "Его увезут в Китай или нет?"),
        ("ru", "Меня отправят в США или нет?"),
        ("en", "may one shoot a turkey in a jersey"),
        ("en", "am I allowed to vote if I live in Germany?"),
        ("kk", "бир гана министр катар отыра ма, малимет бар ма"),
        ("kk", "судан зардап шеккендерге көмек бере ме"),
        ("kk", "Германиядан келген азаматқа төлқұжат бере ме"),
        ("ru", "Можно ли депутату Курултая быть гражданином Турции?"),
        ("en", "may a deputy of the Kurultai hold a post in Turkey"),
        ("kk", "Құрылтай депутаты Түркия азаматы бола ала ма"),
    ],
)
def test_words_like_a_name_and_states_by_the_way_are_none(language: str, question: str) -> None:
    assert not asks_about_another_state(question, language)


def test_what_can_be_done_is_nobodys_own() -> None:
    """ "Могут" begins as "мой" does and names no asker."""
    assert asks_about_another_state("могут ли в Японии уволить министра", "ru")
