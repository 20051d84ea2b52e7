"""Understanding questions: bad input, languages, documents, dates, institutions that are gone."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.errors import BadQuestion, BadReference
from qa.understanding.question import LONGEST, parse_date, understand


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        ("   \n\t ", "empty"),
        ("???", "empty"),
        ("\u200b\ufeff", "empty"),
        ("x" * 100_000, "100000 characters"),
        ("Can I \x07 vote?", "control characters"),
        ("Can I \u202e vote?", "direction marks"),
        ("vote \u200f", "direction marks"),
        ("vote \ud800", "broken characters"),
        ("هل يمكنني التصويت؟", "script I do not read"),
        ("我可以投票吗", "script I do not read"),
    ],
)
def test_bad_input_gets_a_clear_sentence(text: str, reason: str) -> None:
    with pytest.raises(BadQuestion, match=reason):
        understand(text)


@pytest.mark.parametrize(("language", "word"), [("en", "empty"), ("ru", "пуст"), ("kk", "бос")])
def test_the_sentence_is_in_the_language_asked_for(language: str, word: str) -> None:
    with pytest.raises(BadQuestion, match=word):
        understand(" ", language=language)


def test_a_long_russian_question_is_refused_in_russian() -> None:
    with pytest.raises(BadQuestion, match="знаков"):
        understand("можно ли " * LONGEST)


@given(st.text(alphabet=st.characters(codec=None), max_size=60))
def test_any_text_is_understood_or_refused_in_a_sentence(text: str) -> None:
    try:
        question = understand(text)
    except (BadQuestion, BadReference) as error:
        told = str(error)
    else:
        told = "Understood."
        assert question.text
        assert question.language in {"kk", "ru", "en"}
    assert told.endswith(".")
    assert "\n" not in told


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Can I hold a second citizenship?", "en"),
        ("death penalty", "en"),
        ("Можно ли иметь второе гражданство?", "ru"),
        ("смертная казнь", "ru"),
        ("Екінші азаматтық алуға бола ма?", "kk"),
        ("Казакстанда олим жазасы бар ма?", "kk"),
        ("18-бап", "kk"),
        ("ст. 46 п. 17", "ru"),
        ("article 53", "en"),
    ],
)
def test_languages(text: str, language: str) -> None:
    assert understand(text).language == language


def test_a_language_asked_for_wins_for_the_answer_only() -> None:
    question = understand("Can I vote?", language="kk")
    assert (question.language, question.written_in) == ("kk", "en")
    with pytest.raises(BadReference, match="kk, ru or en"):
        understand("Can I vote?", language="fr")


@pytest.mark.parametrize(
    ("text", "document"),
    [
        ("What did the old Constitution say about detention?", "kz-constitution-1995"),
        ("Что было в Конституции 1995 года?", "kz-constitution-1995"),
        ("по старой Конституции", "kz-constitution-1995"),
        ("1995 жылғы Конституцияда не айтылған?", "kz-constitution-1995"),
        ("Бұрынғы Конституция бойынша", "kz-constitution-1995"),
        ("the new Constitution", "kz-constitution-2026"),
        ("What does the Universal Declaration say about torture?", "udhr"),
        ("Всеобщая декларация прав человека", "udhr"),
        ("закон о правовых актах", "kz-law-on-legal-acts-2016"),
        ("Can I vote?", None),
        ("Кто назначает членов Конституционного Суда?", None),
        ("Чем занимался бывший Конституционный Совет?", None),
        ("Жаңа Конституциялық Сот қашан құрылады?", None),
        ("Жаңа Конституция қашан күшіне енді?", "kz-constitution-2026"),
    ],
)
def test_documents_named(text: str, document: str | None) -> None:
    assert understand(text).document == document


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("How long was the President's term in 2024?", date(2024, 12, 31)),
        ("Сколько было депутатов в 2019 году?", date(2019, 12, 31)),
        ("2020 жылы президент неше жылға сайланды?", date(2020, 12, 31)),
        ("on 2026-06-30", date(2026, 6, 30)),
        ("на 30.06.2026", date(2026, 6, 30)),
        ("Конституция 1995 года", None),
        ("1995 жылғы Конституция", None),
        ("Can I vote?", None),
        ("Who appointed akims before 2026?", date(2025, 12, 31)),
        ("Are laws passed before 2026 still valid?", None),
        ("Действуют ли законы, принятые до 2026 года?", None),
        ("2026 жылға дейін қабылданған заңдар күшінде ме?", None),
        ("Which law was adopted before 2026?", date(2025, 12, 31)),
        ("What held the day before the vote of 5 June 2022?", date(2022, 6, 4)),
        ("Что действовало за день до голосования 1 июля 2021 года?", date(2021, 6, 30)),
        ("2020 жылғы 1 наурыздағы дауыс беруден бір күн бұрын не қолданылды?", date(2020, 2, 29)),
        ("Could one strike the day before the referendum of 5 June 2022?", date(2022, 6, 4)),
        ("Сколько комитетов было в далёком 1999 году?", date(1999, 12, 31)),
        ("How was it back in 1999?", date(1999, 12, 31)),
        ("May they cut off the network, like in March 2021?", None),
        ("Могут ли закрыть границу, как в марте 2020 года?", None),
        ("2020 жылғы наурыздағыдай шекараны жаба ала ма?", None),
        ("2020 жылғы наурыз сияқты жағдайда кім басқарады?", None),
        ("Is the term still like it was in 2018?", date(2018, 12, 31)),
        ("Порядок такой же, как в 2018 году?", date(2018, 12, 31)),
        ("How were senators chosen, like in 2011?", date(2011, 12, 31)),
    ],
)
def test_dates_named(text: str, day: date | None) -> None:
    assert understand(text).as_of == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        (
            "I came to this town in 2017 with one suitcase and a cat. Since then I pay for all. May I vote?",
            None,
        ),
        ("Меня взяли на завод в 2015 году, тогда ещё был цех с печью. Теперь бригадир велит молчать. Он вправе?", None),
        (
            "2018 жылы көшіп келген едім, содан бері базарда тұрамын, балаларым осында оқиды. Маған сайлауға бола ма?",
            None,
        ),
        ("In 2021 I lost my thumb at the mill and now they cut my payments, may they leave me with nothing?", None),
        (
            "В 2018 году мне дали участок у реки, а теперь там роют канал и меня никто не спросил, так можно?",
            None,
        ),
        (
            "They took my cousin on 3 March 2014, we never learned why. How long could one be held then?",
            date(2014, 3, 3),
        ),
        (
            "Меня призвали в 1998 году прямо с поля, не дали сложить вещи. Была ли тогда служба обязанностью?",
            date(1998, 12, 31),
        ),
        (
            "2012 жылы ағамды ұстап кетті, бір апта хабарсыз болды. Сол кезде неше сағат ұстауға болатын еді?",
            date(2012, 12, 31),
        ),
        ("We were all at the square with our flags and songs. Was one free to gather in 2016?", date(2016, 12, 31)),
        (
            "The head of the district wants to read every issue of ours before it goes to print. Is this 1937?",
            None,
        ),
        (
            "Начальник запретил нам собираться и велит доносить друг на друга, и всё письменно. Мы что, в 1937 году?",
            None,
        ),
        (
            "Әкім газетіміздің әр санын баспаға бермей тұрып өзім оқимын деп отыр, бәрі қорқады. Біз не, 1937 жылы ма?",
            None,
        ),
        (
            "My grandfather was sentenced then and we have the papers from the archive. What did the law say in 1937?",
            date(1937, 12, 31),
        ),
    ],
)
def test_when_something_happened_is_not_the_day_asked_about(text: str, day: date | None) -> None:
    assert understand(text).as_of == day


def test_a_document_named_by_the_way_is_not_the_one_asked() -> None:
    told = "Our judge was put in under the old Constitution, and my boss says that such people are nobody now. "
    assert understand(f"{told}Does he stay?").document is None
    assert understand(f"{told}What did the old Constitution say?").document == "kz-constitution-1995"


def test_the_time_of_acts_spoken_of_stays_in_the_topic() -> None:
    assert understand("Do laws passed before 2026 apply?").topic == "Do laws passed before 2026 apply?"
    assert "2019" not in understand("Who made the laws in 2019?").topic


def test_parliament_asked_about_is_not_asked_after() -> None:
    assert understand("Who does parliament elect?").gone is None
    assert understand("What became of the old parliament?").gone is not None


def test_a_date_that_does_not_exist() -> None:
    with pytest.raises(BadReference, match="2026-02-30"):
        understand("What held on 2026-02-30?")
    with pytest.raises(BadReference, match="YYYY-MM-DD"):
        parse_date("yesterday")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("How many senators are there?", "The Senate"),
        ("Сколько депутатов в Мажилисе?", "The Majilis"),
        ("Қазақстан халқы Ассамблеясы", "The Assembly of the People of Kazakhstan"),
        ("How many deputies are there?", None),
    ],
)
def test_institutions_that_are_gone(text: str, name: str | None) -> None:
    gone = understand(text).gone
    assert (gone.names["en"] if gone else None) == name
