"""Acts are found by what people call them: codes and their abbreviations in three languages, any act by its title."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from index import open_embedder
from index.stores import ProvisionStore, StoredAct, open_store
from qa.legislation.known_acts import known_acts, named_in
from qa.legislation.named_acts import ActNames
from qa.legislation.titles import Titles, matter_of
from qa.understanding.question import understand
from tests.codes import LABOUR, REPEALED, TAX, put_codes

_TODAY = 2026_11_23


@pytest.fixture(scope="module")
def codes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ProvisionStore]:
    store = open_store(str(tmp_path_factory.mktemp("codes")), create=True)
    assert store is not None
    put_codes(store, open_embedder())
    yield store
    store.close()


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("Labour Code art. 113", ["Labour Code"]),
        ("What does the labor code say about leave?", ["Labour Code"]),
        ("ТК ст. 113", ["Трудовой кодекс"]),
        ("ст. 113 ТК РК", ["Трудовой кодекс"]),
        ("по трудовому кодексу отпуск", ["Трудовой кодекс"]),
        ("Еңбек кодексі 113-бап", ["Еңбек кодексі"]),
        ("ЕК-нің 113-бабы", ["Еңбек кодексі"]),
        ("ҚР ЕК не дейді", ["Еңбек кодексі"]),
        ("КоАП что говорит о штрафах", ["Кодекс об административных правонарушениях"]),
        ("ӘҚБтК 434-бап", ["Әкімшілік құқық бұзушылық туралы кодекс"]),
        ("ст. 5 уголовно-процессуального кодекса", ["Уголовно-процессуальный кодекс"]),
        ("code of criminal procedure, article 5", ["Criminal Procedure Code"]),
        ("ст. 4 закона РК «О языках»", ["Закон о языках"]),
        ("«Тіл туралы» ҚР Заңының 4-бабы", ["Тіл туралы заң"]),
        ("Чем ГПК отличается от УПК?", ["Гражданский процессуальный кодекс", "Уголовно-процессуальный кодекс"]),
    ],
)
def test_known_acts_are_named_as_people_name_them(question: str, names: list[str]) -> None:
    asked = understand(question)
    found = named_in(asked.text, asked.written_in, has_article=bool(asked.references))
    assert [act.names[asked.language] for act, _ in found] == names


def test_an_abbreviation_of_two_acts_is_that_of_the_questions_language() -> None:
    for question, name in (("ст. 5 СК", "Социальный кодекс"), ("СК 5-бап", "Салық кодексі")):
        asked = understand(question)
        [(act, _)] = named_in(asked.text, asked.written_in, has_article=True)
        assert act.names[asked.language] == name


@pytest.mark.parametrize(
    "question",
    [
        "Что такое СК?",
        "ТК не работает",
        "неке және отбасы туралы не айтылған?",
        "What does the law say about work?",
        "УК",
    ],
)
def test_what_only_looks_like_an_act_is_none(question: str) -> None:
    asked = understand(question)
    assert named_in(asked.text, asked.written_in, has_article=False) == []


def test_no_two_known_acts_share_a_title_or_an_abbreviation_in_one_language() -> None:
    titles = [title for act in known_acts() for title in act.titles]
    assert len(titles) == len(set(titles))
    for language in ("ru", "kk"):
        letters = [name for act in known_acts() for name in act.abbreviations.get(language, ())]
        assert len(letters) == len(set(letters))


@pytest.mark.parametrize(
    ("question", "act"),
    [
        ("ст. 113 ТК", LABOUR),
        ("Tax Code, article 11", TAX),
        ("закон о пчеловодстве про улья", REPEALED),
        ("«О пчеловодстве» ст. 1", REPEALED),
        ("Қазақстан Республикасының Салық кодексі 11-бап", TAX),
    ],
)
def test_an_act_is_found_in_the_library(codes: ProvisionStore, question: str, act: str) -> None:
    [named] = ActNames().find(understand(question), codes, _TODAY)
    assert named.acts == (act,)


def test_an_act_that_the_library_has_not_is_named_and_not_found(codes: ProvisionStore) -> None:
    for question in ("ст. 5 УК", "ст. 5 закона о рыболовстве", "article 5 of the law on fishing"):
        [named] = ActNames().find(understand(question), codes, _TODAY)
        assert named.acts == ()
    assert ActNames().find(understand("есть ли закон о митингах?"), codes, _TODAY) == []


def test_a_title_is_found_by_its_beginning_and_not_by_chance() -> None:
    of = StoredAct("a", "ru", "О Курултае и статусе его депутатов", "", "law", "in_force", "", "", 0, 0, "", "", "", 1)
    many = [
        replace(of, id=f"p{n}", title=f"О защите прав {word}")
        for n, word in enumerate(("детей", "истцов", "зверей", "рыб"))
    ]
    titles = Titles([of, *many])
    assert titles.beginning(matter_of("О Курултае", "ru"), "ru") == ["a"]
    assert titles.beginning(matter_of("о защите прав детей", "ru"), "ru") == ["p0"]
    assert titles.beginning(matter_of("о защите прав растений", "ru"), "ru") == []
    assert titles.exactly("Закон Республики Казахстан «О защите прав рыб»") == ["p3"]
