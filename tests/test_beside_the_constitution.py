"""What stands around the Constitution: quotes in the reader's language, the preamble, the laws, the Covenants."""

from __future__ import annotations

from pathlib import Path

import pytest

from eval.asking.dataset import load
from qa import Assistant

_CONSTITUTION = "kz-constitution-2026"


def test_a_kazakh_question_is_quoted_in_kazakh(assistant: Assistant) -> None:
    """Twenty questions on twenty articles, the Russian text one click away."""
    asked = {}
    for item in load(Path("eval/datasets/kz-2026.jsonl"), split="dev"):
        if item.language == "kk" and item.answerable and not item.as_of and item.gold[0].startswith(_CONSTITUTION):
            asked.setdefault(item.gold[0].split("__")[0], item.question)
    answers = [assistant.ask(question) for question in list(asked.values())[:20]]
    assert len(answers) == 20
    for answer in answers:
        assert answer.citations, answer.question
        for citation in answer.citations:
            assert (citation.language, [code for code, _ in citation.others]) == ("kk", ["ru"]), answer.question


@pytest.mark.parametrize(
    "question", ["О чем говорится в преамбуле?", "Кіріспеде не айтылған?", "What is the preamble about?"]
)
def test_the_preamble_is_told_quoted_and_labelled(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    first = answer.citations[0]
    assert first.provision == f"{_CONSTITUTION}#preamble"
    assert first.plain
    assert first.quote
    assert first.label in ("Преамбула", "Кіріспе", "Preamble")


@pytest.mark.parametrize(
    "question",
    ["а во франции депутата можно лишить мандата за прогулы?", "can a deputy lose the seat for absence in Japan?"],
)
def test_no_law_of_ours_answers_for_another_state(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question).abstained


def test_an_english_reader_is_told_once_of_the_missing_text_and_chooses_the_language(
    assistant: Assistant,
) -> None:
    russian, kazakh = (assistant.ask("Is there a death penalty?", quotes_in=code) for code in (None, "kk"))
    assert (russian.citations[0].language, kazakh.citations[0].language) == ("ru", "kk")
    assert russian.text.count("no official English text") == 1


@pytest.mark.parametrize(
    ("question", "provision"),
    [
        ("How are the members of the People's Council chosen?", "kz-constlaw-peoples-council-2026#art_"),
        ("What did Kazakhstan promise about slavery in international covenants?", "iccpr#art_8"),
        ("Сколько дней отпуска в году у Президента по закону о Президенте?", "kz-constlaw-president-2026#art_34"),
        (
            "Сотта тілді түсінбейтін айыпталушыға тегін аудармашы беруге Қазақстан халықаралық міндеттеме алған ба?",
            "iccpr#art_14",
        ),
    ],
)
def test_laws_and_covenants_answer_for_themselves(assistant: Assistant, question: str, provision: str) -> None:
    assert any(c.provision.startswith(provision) for c in assistant.ask(question).citations)


def test_a_law_says_which_article_of_the_constitution_it_carries_out(assistant: Assistant) -> None:
    answer = assistant.ask("How many days of leave does the President get under the law on the President?")
    assert "Art. 48" in answer.notice
    assert "of the Constitution" in answer.notice


def test_an_answer_on_a_right_names_what_other_states_were_promised(assistant: Assistant) -> None:
    answer = assistant.ask("Могут ли меня пытать в полиции?")
    assert any(item.provision.startswith("iccpr#art_7") for item in answer.see_also)
    assert "МПГПП" in next(item.label for item in answer.see_also if item.provision.startswith("iccpr"))


def test_the_constitution_keeps_what_is_its_own(assistant: Assistant) -> None:
    for question in ("Do international treaties prevail over national law?", "Кто назначает Вице-Президента?"):
        assert assistant.ask(question).citations[0].document == _CONSTITUTION


def test_the_constitution_is_never_said_to_carry_itself_out(assistant: Assistant) -> None:
    """Where a law is cited beside the Constitution, the sentence speaks of the law."""
    seen = 0
    for question in ("Как часто собираются комитеты Курултая?", "Как депутат Курултая направляет депутатский запрос?"):
        answer = assistant.ask(question)
        if any("constlaw" in c.document for c in answer.citations):
            seen += 1
            titles = assistant.index.documents[_CONSTITUTION].titles
            assert titles[answer.language] not in answer.notice
    assert seen


@pytest.mark.parametrize(
    ("question", "article"),
    [
        ("О чём говорит Конституция про воду и землю?", "art_8"),
        ("Что сказано в Конституции про налоги?", "art_38"),
        ("Конституция отбасы туралы не дейді?", "art_30"),
        ("Конституцияда табиғат туралы не айтылған?", "art_37"),
        ("What does the Constitution say about water and land?", "art_8"),
    ],
)
def test_a_subject_asked_of_the_constitution_is_not_its_preambles(
    assistant: Assistant, question: str, article: str
) -> None:
    citations = assistant.ask(question).citations
    assert citations[0].provision.split("#")[1].split("__")[0] == article


@pytest.mark.parametrize(
    "question",
    [
        "Құрылтай туралы заң бойынша депутат өкілеттігінен әлі де бас тарта ала ма?",
        "По закону о Курултае депутат всё ещё может сложить полномочия?",
        "Under the law on the Kurultai, can a deputy still give up the seat?",
    ],
)
def test_a_law_that_is_named_is_not_asked_what_changed_in_the_constitution(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question).citations[0].provision.startswith("kz-constlaw-kurultai-2026#")
