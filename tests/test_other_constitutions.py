"""Who names a Constitution that is not held is told so, and is not answered from the one that is."""

from __future__ import annotations

import pytest

from qa import Assistant
from qa.messages import message
from qa.understanding.beyond.other_states import constitution_not_held
from qa.understanding.question import understand


@pytest.mark.parametrize(
    "text",
    [
        "Article 18 of the constitution of Russia",
        "What does article 5 of the Constitution of Germany say?",
        "article 10 of the US Constitution",
        "Does the French constitution allow the death penalty?",
        "article 3 of turkey's constitution",
        "статья 18 Конституции РФ",
        "ст. 18 Конституции Российской Федерации",
        "Что говорит статья 5 Конституции Германии?",
        "статья 18 российской конституции",
        "Ресей Конституциясының 18-бабы",
        "АҚШ конституциясының 5-бабы",
        "Қырғызстан Республикасының Конституциясы не дейді?",
        "Статья 18 Конституции Республики Татарстан",
        "article 1 of the constitution of California",
        "Қарақалпақстан Республикасы Конституциясының 1-бабы",
    ],
)
def test_another_states_constitution_is_not_ours(assistant: Assistant, text: str) -> None:
    answer = assistant.ask(text)
    assert answer.abstained
    assert answer.abstained.reason == "not_in_corpus"
    assert answer.citations == ()
    assert answer.text.startswith(message("abstain.constitution_another_state", answer.language))


@pytest.mark.parametrize(
    "text",
    [
        "Article 18 of the Constitution of 1993",
        "What did the 1993 constitution say about the president?",
        "Article 10 of the 1978 constitution of the Kazakh SSR",
        "article 5 of the Soviet constitution",
        "статья 18 Конституции 1993 года",
        "статья 18 Конституции Казахстана 1993 года",
        "Конституция Казахской ССР 1937 года, статья 5",
        "статья 6 Конституции СССР",
        "Чем Конституция 2026 года отличается от Конституции 1993 года?",
        "1993 жылғы Конституцияның 18-бабы",
        "1937 жылғы Қазақ КСР Конституциясы",
    ],
)
def test_an_earlier_constitution_is_not_a_later_one(assistant: Assistant, text: str) -> None:
    answer = assistant.ask(text)
    assert answer.abstained
    assert answer.abstained.reason == "not_in_corpus"
    assert answer.text.startswith(message("abstain.constitution_earlier", answer.language))


@pytest.mark.parametrize(
    "text",
    [
        "Article 18 of the Constitution of Kazakhstan",
        "Article 18 of the Constitution of 1995",
        "статья 18 Конституции Республики Казахстан",
        "Чем отличается наша Конституция от Конституции России?",
        "1995 жылғы Конституцияның 18-бабы",
        "Қазақстан Конституциясының 18-бабы",
        "Can a citizen of Russia be elected under our constitution?",
        "I came from Germany in 1993; does article 18 protect me?",
        "Конституционный суд России и статья 18",
        "Says the Constitution anything of Crimean Tatars?",
    ],
)
def test_other_questions_name_no_other_constitution(text: str) -> None:
    assert constitution_not_held(text, understand(text).written_in) is None
