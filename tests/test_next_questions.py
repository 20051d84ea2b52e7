"""What is offered to be asked next is answered by the assistant itself, is new, and is in the answer's language."""

from __future__ import annotations

import pytest

from corpus.text.folding import fold_run
from qa import Assistant
from qa.composing.next_questions import next_questions
from qa.understanding.language import detect_language

_ASKED = [
    ("en", "How long can the police hold me without a judge?"),
    ("en", "education"),
    ("en", "What is the weather like tomorrow?"),
    ("ru", "Можно ли иметь второе гражданство?"),
    ("ru", "Какой размер пенсии?"),
    ("kk", "Құрылтайда қанша депутат бар?"),
    ("kk", "Ертең ауа райы қандай?"),
]


@pytest.mark.parametrize(("language", "question"), _ASKED)
def test_what_is_offered_is_answered_and_never_asked_twice(assistant: Assistant, language: str, question: str) -> None:
    def cited_for(text: str) -> list[str]:
        answer = assistant.ask(text, language=language)
        return [] if answer.abstained else [cited.provision for cited in answer.citations]

    answer = assistant.ask(question)
    offered = next_questions(answer, [question], cited_for)
    assert 2 <= len(offered) <= 3
    assert offered == next_questions(answer, [question], cited_for)
    assert not {fold_run(text) for text in next_questions(answer, [question, *offered], cited_for)} & {
        fold_run(text) for text in offered
    }
    for text in offered:
        assert detect_language(text) == language
        found = assistant.ask(text)
        assert not found.abstained
        assert found.citations


def test_nothing_is_offered_that_is_not_known_to_be_answered(assistant: Assistant) -> None:
    answer = assistant.ask("Who elects the President?")
    assert next_questions(answer, [], lambda _: []) == []
    assert next_questions(assistant.ask("Hello"), [], lambda _: ["kz-constitution-2026#art_1"]) == []
