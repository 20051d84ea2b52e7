"""A constitution names offices and no persons: who holds one now is not told as what the office is."""

from __future__ import annotations

import pytest

from qa import Assistant
from qa.understanding.beyond.office_holder import asks_who_holds_office


@pytest.mark.parametrize(
    ("language", "question", "is_asked"),
    [
        ("en", "who's our prime minister these days", True),
        ("en", "For the invitation I need the full name of the current Speaker, who is it?", True),
        ("en", "What is the name of the Prosecutor General?", True),
        ("en", "Who appoints the Prosecutor General now?", False),
        ("en", "Who is the Ombudsman?", False),
        ("en", "In whose name do the judges speak today?", False),
        ("ru", "кто щас спикер", True),
        ("ru", "Подскажите фамилию председателя Верховного Суда, нужно в адрес письма", True),
        ("ru", "Кто у нас сейчас генеральный прокурор?", True),
        ("ru", "Кто сейчас назначает генпрокурора?", False),
        ("ru", "Депутат назвал в эфире мою фамилию. Можно ли так?", False),
        ("kk", "қазір спикер кім екен", True),
        ("kk", "Бас прокурордың аты-жөні қалай?", True),
        ("kk", "Хатқа керек еді: казир адам кукыктары жониндеги уакил ким, фамилиясы кандай?", True),
        ("kk", "Бас прокурорды кім тағайындайды?", False),
        ("kk", "Қағаздың астында министрдің фамилиясы тұр, қолды кім қояды?", False),
    ],
)
def test_a_person_in_an_office_is_asked_after(language: str, question: str, is_asked: bool) -> None:
    assert asks_who_holds_office(question, language) is is_asked


@pytest.mark.parametrize(
    ("question", "subject"),
    [
        ("Who is the Ombudsman at the moment? I am addressing a letter", "ombudsman"),
        ("Как зовут нынешнего омбудсмена?", "ombudsman"),
        ("Қазір омбудсмен кім, аты-жөні қалай?", "ombudsman"),
    ],
)
def test_it_is_said_that_no_persons_are_named_and_where_the_office_is_told(
    assistant: Assistant, question: str, subject: str
) -> None:
    answer = assistant.ask(question)
    assert answer.abstained
    assert not answer.citations
    assert [told.id for told in answer.more_on] == [subject]


def test_what_the_office_is_is_told_as_before(assistant: Assistant) -> None:
    answer = assistant.ask("Who is the Ombudsman?")
    assert answer.citations[0].provision.startswith("kz-constitution-2026#art_85")
