"""An article of an act that is not at hand is not told as the Constitution's article of that number."""

from __future__ import annotations

from datetime import date

import pytest

from qa import Assistant
from qa.understanding.beyond.other_acts import act_not_held
from qa.understanding.beyond.other_states import constitution_not_held
from qa.understanding.question import understand


@pytest.mark.parametrize(
    ("language", "question", "act"),
    [
        ("en", "Article 7 of the European Social Charter", "Charter"),
        ("en", "What does article 30 of the Tax Code say?", "Tax Code"),
        ("en", "Family code art. 12", "Family code"),
        ("ru", "ст. 30 Налогового кодекса", "Налогового кодекса"),
        ("ru", "п. 4 ст. 30 КоАП РК", "КоАП"),
        ("ru", "статья 7 Европейской социальной хартии", "хартии"),
        ("kk", "Салық кодексінің 30-бабында не жазылған?", "Салық кодексінің"),
        ("ru", "статья 30 нашего кодекса этики", ""),
        ("en", "Article 30", ""),
        ("ru", "статья 30 Конституции", ""),
        ("kk", "30-бап", ""),
        ("ru", "статья 30 тк меня задержали", ""),
        ("ru", "статья 30 тк рк", "тк рк"),
        ("en", "Does article 30 of the Constitution bind the Tax Code?", ""),
        ("en", "Is article 30 in line with what they did after they had read me the whole long criminal code?", ""),
    ],
)
def test_an_act_beside_an_article_is_known(language: str, question: str, act: str) -> None:
    assert act_not_held(question, language) == act


@pytest.mark.parametrize(
    "question", ["ст. 30 Налогового кодекса", "Article 30 of the Tax Code", "Салық кодексінің 30-бабы"]
)
def test_the_constitutions_article_is_not_told_in_its_place(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert answer.abstained
    assert answer.citations == ()
    assert act_not_held(question, answer.language) in answer.text


@pytest.mark.parametrize(
    ("language", "question", "kind"),
    [
        ("ru", "статья 5 конституции 78 года", "earlier"),
        ("en", "Article 5 of the first constitution of independent Kazakhstan", "earlier"),
        ("kk", "Алғашқы конституцияның 5-бабы", "earlier"),
        ("ru", "Статья 5 Основного закона Германии", "another_state"),
        ("en", "Article 5 of the Basic Law of Germany", "another_state"),
        ("ru", "Статья 5 Основного закона", None),
    ],
)
def test_a_constitution_that_is_not_held_is_known(language: str, question: str, kind: str | None) -> None:
    assert constitution_not_held(question, language) == kind


@pytest.mark.parametrize(
    "question",
    ["Article 5 of the 2011 constitution", "статья 5 Конституции 2011 года", "2011 жылғы Конституцияның 5-бабы"],
)
def test_the_constitution_of_a_year_is_that_of_1995_as_amended_then(question: str) -> None:
    assert understand(question).as_of == date(2011, 12, 31)
