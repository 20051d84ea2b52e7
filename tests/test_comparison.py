"""What changed between the Constitutions: understood in a question, compared by article and topic, exported."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from page.changes.row import pair_view
from page.changes.saved import changes_page
from qa import Assistant, BadReference
from qa.commands.changes import comparison_text
from qa.reading.changes_table import as_csv
from qa.reading.comparison import changes, compare, known_kind
from qa.reading.word_difference import word_difference
from qa.understanding.question import understand

OLD, NEW = "kz-constitution-1995", "kz-constitution-2026"


@pytest.mark.parametrize(
    ("question", "matter"),
    [
        ("What changed about detention?", "detention"),
        ("Is it still true that the death penalty is banned?", "the death penalty is banned"),
        ("Was dual citizenship allowed before?", "dual citizenship allowed"),
        ("Can people still strike?", "Can people strike"),
        ("Что изменилось в выборах президента?", "выборах президента"),
        ("Смертная казнь по-прежнему запрещена?", "Смертная казнь запрещена"),
        ("Президент сайлауында не өзгерді?", "Президент сайлауында"),
        ("Өлім жазасына әлі де тыйым салынған ба?", "Өлім жазасына тыйым салынған ба"),
        ("How many deputies are there?", None),
        ("Сколько депутатов в Курултае?", None),
        ("Құрылтайда неше депутат бар?", None),
        ("How long was the Prosecutor General's term before 2026?", None),
    ],
)
def test_a_question_on_what_changed_is_known_and_its_matter_found(question: str, matter: str | None) -> None:
    understood = understand(question)
    assert understood.compares == (matter is not None)
    if matter is not None:
        assert understood.topic == matter


@pytest.mark.parametrize(
    ("question", "day"),
    [
        ("How many deputies were there before the referendum?", date(2026, 3, 14)),
        ("Референдумға дейін неше депутат болды?", date(2026, 3, 14)),
        ("Кто был спикером 15 марта 2020 года?", date(2020, 3, 15)),
        ("2025 жылғы 1 наурызда қандай заң болды?", date(2025, 3, 1)),
        ("What was the law on March 5, 2021?", date(2021, 3, 5)),
        ("Сколько депутатов было в феврале 2024 года?", date(2024, 2, 29)),
        ("What was allowed before 2026?", date(2025, 12, 31)),
        ("2026 жылға дейін қандай еді?", date(2025, 12, 31)),
        ("В 2019 году Конституция запрещала казнь?", date(2019, 12, 31)),
        ("What does the Constitution of 1995 say?", None),
        ("What may a deputy do?", None),
        ("Who checks amendments before the referendum?", None),
        ("Референдумға дейін түзетуді кім тексереді?", None),
        ("How was the Constitution amended before the referendum?", date(2026, 3, 14)),
    ],
)
def test_a_day_in_words_is_read(question: str, day: date | None) -> None:
    assert understand(question).as_of == day


@pytest.mark.parametrize("question", ["31 февраля 2020 года", "on 32 May 2020", "2020-13-01"])
def test_a_day_that_does_not_exist_is_told(question: str) -> None:
    with pytest.raises(BadReference):
        understand(question)


@pytest.mark.parametrize(
    ("question", "old", "new", "word"),
    [
        ("What changed about detention by the police?", "16", "18", "72"),
        ("Можно ли ещё бастовать, осталось ли право на забастовку?", "24", "27", "забастовк"),
        ("Қос азаматтық туралы не өзгерді?", "10", "13", "азаматтық"),
        ("What changed in article 9?", "7", "9", "Russian"),
    ],
)
def test_such_a_question_is_answered_with_both_provisions(
    assistant: Assistant, question: str, old: str, new: str, word: str
) -> None:
    answer = assistant.ask(question)
    cited = {c.provision.split("__")[0] for c in answer.citations}
    assert {f"{OLD}#art_{old}", f"{NEW}#art_{new}"} <= cited
    assert word in answer.notice
    assert answer.notice in answer.text
    assert all(c.quote for c in answer.citations)


@pytest.mark.parametrize(
    ("first", "then", "old"),
    [
        ("How long can the police hold me without a judge?", "And what changed?", "16"),
        ("Сколько депутатов в Курултае?", "а раньше?", "50"),
        ("Екінші азаматтық алуға бола ма?", "ал бұрын ше?", "10"),
    ],
)
def test_what_changed_is_asked_on(assistant: Assistant, first: str, then: str, old: str) -> None:
    answer = assistant.ask(then, earlier=assistant.ask(first).thread)
    assert f"{OLD}#art_{old}" in {c.provision.split("__")[0] for c in answer.citations}
    assert answer.notice


@pytest.mark.parametrize(
    ("question", "body", "article"),
    [
        ("Does the Senate confirm judges?", "The Senate no longer exists", "56"),
        ("Чем занимается Ассамблея народа Казахстана?", "такого органа больше нет", "71"),
        ("Конституциялық Кеңеске қалай жүгінемін?", "мұндай орган енді жоқ", "73"),
    ],
)
def test_a_gone_body_is_told_with_its_article_and_what_does_its_work(
    assistant: Assistant, question: str, body: str, article: str
) -> None:
    answer = assistant.ask(question)
    assert body in answer.notice
    assert "2026" in answer.notice
    assert "1995" in answer.notice
    assert f"{NEW}#art_{article}" in {c.provision.split("__")[0] for c in answer.citations}


@pytest.mark.parametrize(
    ("question", "article"),
    [
        ("Does the Senate still exist?", "52"),
        ("What happened to the old parliament?", "95"),
        ("Сохранились ли две палаты?", "95"),
        ("Мәжіліс не болды, енді заңды кім қабылдайды?", "52"),
        ("Who chairs the Majilis?", "57"),
        ("Where did the Senate go?", "52"),
        ("Who now does what the Senate did?", "52"),
        ("Is it Majilis or Kurultai now?", "52"),
        ("Когда прекратились полномочия Сената?", "52"),
        ("Есеп комитеті кімге есеп береді?", "56"),
        ("Кто назначает членов Конституционного Совета?", "72"),
    ],
)
def test_what_became_of_a_body_its_successor_answers_and_other_matters_the_text(
    assistant: Assistant, question: str, article: str
) -> None:
    answer = assistant.ask(question)
    assert answer.notice
    assert answer.citations[0].provision.split("__")[0] == f"{NEW}#art_{article}"


@pytest.mark.parametrize(
    "question",
    [
        "Is there a State Counsellor?",
        "Who appoints the State Counsellor?",
        "Чем занимается госсекретарь?",
        "Мемлекеттік кеңесші бар ма?",
    ],
)
def test_of_a_body_that_nothing_replaced_nothing_is_cited(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert answer.abstained
    assert answer.abstained.reason == "repealed_only"
    assert "44" in answer.abstained.message  # where it stood
    assert not answer.citations


@pytest.mark.parametrize("question", ["Can parliament be dissolved?", "Парламент таратыла ма?"])
def test_parliament_is_a_name_of_the_kurultai_too(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert not answer.notice
    assert any(cited.provision.startswith(f"{NEW}#art_62") for cited in answer.citations[:2])


def test_of_a_gone_body_in_its_own_time_the_old_text_speaks(assistant: Assistant) -> None:
    answer = assistant.ask("How were senators elected?")
    assert {c.document for c in answer.citations} == {OLD}
    assert "no longer exists" in answer.notice


def test_before_the_first_constitution_there_is_no_answer(assistant: Assistant) -> None:
    answer = assistant.ask("How many deputies were there in 1994?")
    assert answer.abstained
    assert "5 September 1995" in answer.abstained.message


@pytest.mark.parametrize(
    ("question", "article"),
    [
        ("2020 жылы сотсыз неше сағат ұстауға болатын?", "16"),
        ("2021 жылы ереуілге шығу құқығы болды ма?", "24"),
    ],
)
def test_everyday_kazakh_finds_the_old_text_by_its_counterpart(
    assistant: Assistant, question: str, article: str
) -> None:
    answer = assistant.ask(question)
    assert answer.citations[0].provision.split("__")[0] == f"{OLD}#art_{article}"


@pytest.mark.parametrize(
    ("matter", "document", "old", "new", "kind"),
    [
        ("18", None, "art_16", "art_18", "reworded"),
        ("18(2)", None, "art_16__para_2", "art_18__para_2", "narrowed"),
        ("50", OLD, "art_50", "art_53", "merged"),
        ("84", OLD, "art_84", "", "dropped"),
        ("detention by the police", None, "art_16__para_2", "art_18__para_2", "narrowed"),
    ],
)
def test_compare_gives_the_pair(
    assistant: Assistant, matter: str, document: str | None, old: str, new: str, kind: str
) -> None:
    found = compare(assistant, matter, language="en", document=document)
    record = found.to_json()
    first = record["pairs"][0]
    for side, eid in ((first["old"], old), (first["new"], new)):
        assert bool(side) == bool(eid)
        assert all(i.split("#")[1].startswith(eid) for i in side)
        assert set(side) <= {*record["provisions"], f"{OLD}#art_84"}  # of that article only a note is left
    assert first["kind"] == kind
    assert set(first["changed"]) == {"kk", "ru", "en"}
    assert "→" in comparison_text(found)


@pytest.mark.parametrize(
    ("matter", "document", "told"),
    [
        ("250", None, "from 1 to 96"),
        ("18-9", None, "from 1 to 96"),
        ("250", OLD, "from 1 to 99"),
        ("18", "udhr", f"{NEW}, {OLD}"),
        ("18(9)", None, "Art. 18"),
    ],
)
def test_a_reference_to_nothing_is_told_with_the_nearest_choice(
    assistant: Assistant, matter: str, document: str | None, told: str
) -> None:
    with pytest.raises(BadReference, match=told.replace("(", r"\(").replace(")", r"\)")):
        compare(assistant, matter, document=document)


def test_an_unknown_kind_is_told_with_the_known_ones() -> None:
    with pytest.raises(BadReference, match="narrowed"):
        known_kind("smaller")
    assert {pair.kind for pair in changes("new")} == {"new"}


@given(old=st.text(" аб,\n", max_size=40), new=st.text(" аб,\n", max_size=40))
def test_marking_words_loses_nothing(old: str, new: str) -> None:
    left, right = word_difference(old, new)
    assert "".join(words for _, words in left) == old.rstrip()
    assert "".join(words for _, words in right) == new.rstrip()
    assert {mark for mark, _ in left} <= {"same", "gone"}
    assert {mark for mark, _ in right} <= {"same", "came"}


def test_words_that_went_and_came_are_marked_and_a_lone_word_in_common_is_not_kept() -> None:
    left, right = word_difference("Held for seventy-two hours at most.", "Held for a term that the law sets at most.")
    assert left == (("same", "Held for"), ("gone", " seventy-two hours"), ("same", " at most."))
    assert right[1] == ("came", " a term that the law sets")


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_table_exports_whole(language: str) -> None:
    rows = list(csv.DictReader(io.StringIO(as_csv(changes(), language))))
    assert len(rows) == len(changes()) > 140
    assert all(row["changed"] and (row["old_ids"] or row["new_ids"]) for row in rows)
    page = changes_page(changes(), language)
    assert page.count("<tr>") == len(rows) + 1
    assert f'lang="{language}"' in page
    assert "http" not in page


def test_a_pair_shows_both_texts_escaped_and_marked(assistant: Assistant) -> None:
    (pair,) = (p for p in changes() if p.old == (f"{OLD}#art_16__para_2",))
    view = pair_view(pair, assistant, "kk", number=0)
    assert "<del>" in view
    assert "<ins>" in view
    assert 'href="?doc=kz-constitution-1995&amp;art=16&amp;para=2&amp;lang=kk"' in view
