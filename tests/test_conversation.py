"""Follow-ups: what leans on the question before is completed from it, and nothing else is."""

from __future__ import annotations

from datetime import date

import pytest

from qa import Answer, Assistant
from qa.understanding.conversation import Earlier, followed
from qa.understanding.question import understand

POLICE = {
    "en": "How long can the police hold me without a judge?",
    "ru": "Сколько полиция может держать меня без решения суда?",
    "kk": "Полиция мені сот шешімінсіз қанша уақыт ұстай алады?",
}
LAND = {"en": "Can I own land?", "ru": "Могу ли я иметь землю в собственности?", "kk": "Жерге жеке меншік бола ма?"}
PRESIDENT = {"en": "Who elects the President?", "ru": "Кто избирает Президента?", "kk": "Президентті кім сайлайды?"}
DEPUTIES = {
    "en": "Who elects the deputies?",
    "ru": "Кто избирает депутатов Курултая?",
    "kk": "Құрылтай депутаттарын кім сайлайды?",
}


def _after(assistant: Assistant, first: str, then: str) -> Answer:
    return assistant.ask(then, earlier=assistant.ask(first).thread)


def _cited(answer: Answer) -> list[str]:
    return [citation.provision for citation in answer.citations]


@pytest.mark.parametrize(
    ("first", "then", "article"),
    [
        (LAND["en"], "And foreigners?", "art_8"),
        (LAND["ru"], "а если иностранец?", "art_15"),
        (LAND["kk"], "ал шетелдік ше?", "art_8"),
        (POLICE["en"], "And if I am a minor?", "art_18"),
        (POLICE["ru"], "а адвокат?", "art_18"),
        (POLICE["kk"], "ал адвокат ше?", "art_18"),
        (PRESIDENT["en"], "And how long is the term?", "art_43"),
        (PRESIDENT["ru"], "на какой срок?", "art_43"),
        (PRESIDENT["kk"], "Қанша жылға?", "art_43"),
        (PRESIDENT["en"], "Who replaces him?", "art_51"),
        (DEPUTIES["en"], "How many?", "art_53"),
        (DEPUTIES["ru"], "А сколько их?", "art_53"),
        (DEPUTIES["kk"], "Олар қанша?", "art_53"),
        (POLICE["en"], "And how is the President elected?", "art_43"),
    ],
)
def test_a_follow_up_is_read_after_the_question_before(
    assistant: Assistant, first: str, then: str, article: str
) -> None:
    answer = _after(assistant, first, then)
    assert article in [provision.split("#")[1].split("__")[0] for provision in _cited(answer)]
    assert answer.reading == f"{first} {then}"
    assert answer.question == then


@pytest.mark.parametrize(
    ("language", "then"),
    [("en", "What about paragraph 3?"), ("ru", "А пункт 3?"), ("kk", "Ал 3-тармақ ше?")],
)
def test_a_paragraph_alone_is_one_of_the_article_spoken_of(assistant: Assistant, language: str, then: str) -> None:
    answer = _after(assistant, POLICE[language], then)
    assert _cited(answer) == ["kz-constitution-2026#art_18__para_3"]
    assert answer.language == language


@pytest.mark.parametrize(
    ("language", "then"),
    [
        ("en", "And in 2019?"),
        ("ru", "А в 2019 году?"),
        ("en", "And in the old Constitution?"),
        ("ru", "А в старой Конституции?"),
        ("kk", "Ал бұрынғы Конституцияда ше?"),
    ],
)
def test_another_day_or_text_is_asked_the_same(assistant: Assistant, language: str, then: str) -> None:
    answer = _after(assistant, POLICE[language], then)
    assert "kz-constitution-1995#art_16__para_2" in _cited(answer)


def test_the_thread_goes_on_over_several_turns(assistant: Assistant) -> None:
    first = assistant.ask(PRESIDENT["en"])
    second = assistant.ask("Can he be re-elected?", earlier=first.thread)
    third = assistant.ask("And who replaces him?", earlier=second.thread)
    assert third.reading == "Who elects the President? And who replaces him?"
    assert _cited(third)[0].startswith("kz-constitution-2026#art_51")


@pytest.mark.parametrize(
    "then", ["How many judges has the Constitutional Court?", "Is there a death penalty?", "Thanks"]
)
def test_a_question_that_stands_by_itself_is_left_alone(assistant: Assistant, then: str) -> None:
    after, alone = _after(assistant, POLICE["en"], then), assistant.ask(then)
    assert after.reading == ""
    assert (after.abstained, _cited(after)) == (alone.abstained, _cited(alone))


@pytest.mark.parametrize("then", ["And the weather tomorrow?", "and his salary?"])
def test_a_follow_up_may_still_be_refused(assistant: Assistant, then: str) -> None:
    assert _after(assistant, PRESIDENT["en"], then).abstained is not None


def test_without_an_earlier_question_nothing_is_completed() -> None:
    question = understand("And foreigners?")
    assert followed(question, None) == question


def test_an_article_named_in_a_follow_up_keeps_the_text_and_the_day() -> None:
    earlier = Earlier("What did article 15 of the old Constitution say?", "en", "15", "kz-constitution-1995")
    question = followed(understand("And article 16?"), earlier)
    assert question.document == "kz-constitution-1995"
    assert [r.article for r in question.references] == ["16"]
    dated = followed(understand("And the Government?"), Earlier("Who was elected in 2019?", "en"))
    assert dated.as_of == date(2019, 12, 31)


@pytest.mark.parametrize(
    ("question", "alone"),
    [
        ("Кто такой Вице-Президент и что он делает?", True),
        ("Who is the Vice-President and what does he do?", True),
        ("Құрылтай деген не және ол не істейді?", True),
        ("А что он делает?", False),
        ("What does he do?", False),
        ("Who elects and dismisses him?", False),
    ],
)
def test_a_question_that_names_what_its_own_words_stand_for_stands_by_itself(question: str, alone: bool) -> None:
    earlier = Earlier("Was there a Senate in 2019?", "en", "50", "kz-constitution-1995")
    found = followed(understand(question), earlier)
    assert (found.reading == "") is alone
