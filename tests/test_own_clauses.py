"""Clauses of one's own documents by their numbers, in three languages; the Constitution's numbers are not meant."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from corpus import Folders
from qa import Assistant
from qa.setup.private_library import PrivateLibrary
from qa.understanding.references import own_clause

_CONTRACT = {
    "ru": "Договор о пчёлах\n\n1. Предмет\n\n1.1. Пасечник ухаживает за пчёлами.\n\n1.2. Ульи остаются у хозяина.\n\n"
    "4. Оплата\n\n4.1. За улей платят мёдом.\n\n4.2. Мёд отдают осенью."
    "\n\nПоздний мёд не берут.\n\n14. Срок\n\n14.1. Год.",
    "en": "Bee contract\n\n1. Subject\n\n1.1 The keeper tends the bees.\n\n2. Pay\n\n2.1 A hive is paid for in honey."
    "\n\n2.2 Honey is handed over in autumn.\n\n22. Term\n\n22.1 One year.",
    "kk": "Ара шарты\n\n1. Нысанасы\n\n1.1. Омарташы араны бағады.\n\n3. Ақысы\n\n3.1. Ұя үшін бал беріледі.\n\n"
    "3.2. Бал күзде өткізіледі.\n\n13. Мерзімі\n\n13.1. Бір жыл.",
}


@pytest.fixture
def library(assistant: Assistant, installed_folders: Folders) -> Iterator[PrivateLibrary]:
    made = PrivateLibrary(assistant, installed_folders.index)
    yield made
    made.close()


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("статья 4 договора", "4"),
        ("Что в пункте 3.2 моего трудового договора?", "3.2"),
        ("п. 7.1.2 договора аренды нарушили", "7.1.2"),
        ("clause 2.2 of my contract", "2.2"),
        ("What does section 5 of the lease say?", "5"),
        ("шарттың 3-тармағы", "3"),
        ("Еңбек шартының 3.1-тармағында не жазылған?", "3.1"),
        ("жарғының 5-бабы не дейді?", "5"),
        ("статья 4 Конституции", ""),
        ("What does article 18 say about a contract?", ""),
        ("Конституцияның 5-бабы", ""),
        ("I signed a contract for 2 years, article 27 forbids that", ""),
        ("пункт 3 статьи 27", ""),
    ],
)
def test_a_clause_of_ones_own_document_is_told_from_an_article(text: str, number: str) -> None:
    assert own_clause(text) == number


@pytest.mark.parametrize(
    ("language", "question", "first", "count"),
    [
        ("ru", "пункт 4 договора", "4. Оплата", 4),
        ("ru", "Что сказано в пункте 4.2 моего договора?", "4.2. Мёд отдают осенью.", 2),
        ("ru", "статья 1 договора", "1. Предмет", 3),
        ("en", "clause 2.2 of my contract", "2.2 Honey is handed over in autumn.", 1),
        ("en", "section 2 of the contract", "2. Pay", 3),
        ("kk", "шарттың 3-тармағы", "3. Ақысы", 3),
        ("kk", "Шарттың 3.2-тармағында не жазылған?", "3.2. Бал күзде өткізіледі.", 1),
    ],
)
def test_the_clause_is_shown_with_what_stands_under_it(
    library: PrivateLibrary, language: str, question: str, first: str, count: int
) -> None:
    library.add(_CONTRACT[language].encode(), f"contract-{language}.txt", language)
    answer = library.ask(question)
    assert answer
    assert not answer.abstained
    assert len(answer.citations) == count
    assert first in (answer.citations[0].quote or "")


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_a_clause_that_is_not_there_and_a_document_that_is_not_there_are_told(
    assistant: Assistant, library: PrivateLibrary, language: str
) -> None:
    question = {"ru": "пункт 9 договора", "en": "clause 9 of my contract", "kk": "шарттың 9-тармағы"}[language]
    library.add(_CONTRACT[language].encode(), "contract.txt", language)
    for answer in (library.ask(question), assistant.ask(question)):
        assert answer
        assert answer.abstained
        assert answer.abstained.reason == "not_in_corpus"
        assert answer.language == language
    assert "9" in (library.ask(question) or answer).text
