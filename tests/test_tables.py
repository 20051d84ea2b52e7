"""Data sets as spreadsheets save them: read like JSON Lines; what is amiss is told by line and column, in three
languages; a report is in its reader's language, with nothing in it that a browser or a spreadsheet would run."""

from __future__ import annotations

import codecs
import csv
import io
import re
from pathlib import Path

import pytest

from corpus import LANGUAGES, Folders
from eval.asking.dataset import DatasetError, load
from eval.asking.runner import run
from eval.asking.sample import sample
from eval.asking.validation import problems
from eval.measures import MEASURES
from eval.measures.quote_fidelity import official_texts
from eval.reports.report import Report, report
from eval.reports.told import answers, measured, report_csv, report_html
from eval.systems.product import Product
from qa import Assistant
from qa.messages import catalogue
from qa.setup.installed import installed

_HEAD = "id;question;language;answerable;gold;facts;as_of"
_BEES = "Можно ли держать пчёл; и сколько?"
_ROW = f'a;"{_BEES}";ru;ИСТИНА;d#art_1 d#art_2;два улья; 01.07.2026'


@pytest.mark.parametrize(
    "data",
    [
        f"{_HEAD}\n{_ROW}\n".encode(),
        codecs.BOM_UTF8 + f"{_HEAD}\r\n{_ROW}\r\n".encode(),
        f"{_HEAD}\r\n{_ROW}\r\n;;;;;;\r\n".encode("cp1251"),
        f"{_HEAD}\n{_ROW}\n".encode("utf-16"),
        f"sep=;\n{_HEAD}\n{_ROW}\n".encode(),
        f"{_HEAD}\n{_ROW}\n".replace(";", "\t").replace("пчёл\t", "пчёл;").encode(),
        f"ID , Question,language,answerable,gold,as_of,note\na,{_BEES},ru,yes,d#art_1; d#art_2,2026-07-01,x\n".encode(),
    ],
    ids=["plain", "mark", "windows-1251", "utf-16", "hint", "tabs", "commas"],
)
def test_a_table_is_read_as_spreadsheets_save_it(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "mine.csv"
    file.write_bytes(data)
    (item,) = load(file)
    assert (item.id, item.question, item.language, item.answerable) == ("a", _BEES, "ru", True)
    assert item.gold == ("d#art_1", "d#art_2")
    assert str(item.as_of) in ("2026-07-01", "None")


def test_cells_may_run_over_lines_and_lines_still_count(tmp_path: Path) -> None:
    file = tmp_path / "mine.csv"
    rows = ['a,"May one\nkeep bees?",en,true,d#art_1,72; two hives', 'b,"Dogs?\n\nCats?",en,perhaps,,']
    file.write_text("\n".join(["id,question,language,answerable,gold,facts", *rows]), encoding="utf-8")
    with pytest.raises(DatasetError, match=re.escape("mine.csv, line 4, column “answerable”: true or false")):
        load(file)
    file.write_text("\n".join(["id,question,language,answerable,gold,facts", rows[0]]), encoding="utf-8")
    (item,) = load(file)
    assert item.question == "May one\nkeep bees?"
    assert item.facts == ("72", "two hives")


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("id,question,language\na,Why?,en", "no_column", ("mine.csv", 1, "")),
        ('id,question,language,answerable\na,"Why?,en,false', "quotes", ("mine.csv", 2, "")),
        ("id,question,language,answerable\na,Why, sir?,en,false", "cells", ("mine.csv", 2, "")),
        ("id,question,language,answerable\na,,en,false", "text_wanted", ("mine.csv", 2, "question")),
        ("id,question,language,answerable\na,Why?,de,false", "choice", ("mine.csv", 2, "language")),
        ("id,question,language,answerable\na,Why?,en,true", "gold_wanted", ("mine.csv", 2, "answerable")),
        ("id,question,language,answerable\na,Why?,en,no\n\na,How?,en,no", "twice", ("mine.csv", 4, "id")),
        ("id,question,language,answerable,as_of\na,Why?,en,no,soon", "day_wanted", ("mine.csv", 2, "as_of")),
        ("id,question,language,answerable\n", "empty", ("mine.csv", 0, "")),
        ("", "empty", ("mine.csv", 0, "")),
        ("PK\x03\x04", "workbook", ("mine.csv", 0, "")),
    ],
)
def test_what_is_amiss_is_told_by_line_and_column_in_every_language(
    tmp_path: Path, text: str, code: str, place: tuple[str, int, str]
) -> None:
    file = tmp_path / "mine.csv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(DatasetError) as raised:
        load(file)
    error = raised.value
    assert error.code == code
    assert tuple(error.place)[:3] == place
    told = {error.told(language) for language in LANGUAGES}
    assert len(told) == len(LANGUAGES)
    assert all(str(place[1] or "mine") in sentence and place[2] in sentence for sentence in told)
    assert all("{" not in sentence for sentence in told)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sample_is_a_sound_data_set_either_way(assistant: Assistant, tmp_path: Path, language: str) -> None:
    read = []
    for kind in ("jsonl", "csv"):
        file = tmp_path / f"sample.{kind}"
        file.write_bytes(sample("csv" if kind == "csv" else "jsonl", language).encode("utf-8"))
        items = load(file)
        assert problems(items, {p.id for p in assistant.index.provisions}, assistant.index.documents) == []
        read.append(items)
    assert read[0] == read[1]
    assert {item.answerable for item in read[0]} == {True, False}


# Reports in their reader's language


@pytest.fixture(scope="module")
def asked(assistant: Assistant, installed_folders: Folders, tmp_path_factory: pytest.TempPathFactory) -> Report:
    """One right answer, a refusal that is due, and two that are wrong, one of them by a question like a formula."""
    file = tmp_path_factory.mktemp("told") / "<i>mine.csv"
    rows = [
        "id,question,language,answerable,gold,facts",
        "a,Can I hold a second citizenship?,en,yes,kz-constitution-2026#art_13,",
        "b,What does a cinema ticket cost in Almaty?,en,no,,",
        "c,=Is there a <b>death</b> penalty?,en,yes,kz-constitution-2026#art_1,",
        "d,Есть ли смертная казнь?,ru,yes,kz-constitution-2026#art_17,семьдесят семь",
    ]
    file.write_text("\n".join(rows), encoding="utf-8")
    texts = official_texts(installed(installed_folders).texts())
    return report(file.stem, "full", run(Product(assistant), load(file)), texts)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_measure_has_its_words_and_every_answer_its_row(
    assistant: Assistant, asked: Report, language: str
) -> None:
    documents = assistant.index.documents
    told = answers(asked, documents, language)
    assert len(told) == 4
    assert [bool(row.why) for row in told] == [True, True, False, False]
    page = report_html(asked, documents, language, is_page=True)
    for row in told:
        assert row.answer
    assert all(measure.name in page and measure.what in page for measure in measured(asked, language))
    assert not [name for name in MEASURES if not name.isalpha() and name in page]
    assert "<b>" not in page
    assert "<i>" not in page
    assert "&lt;b&gt;death" in page
    assert "href" not in page
    part = report_html(asked, documents, language, note="<u>", is_page=False)
    assert f"?q=Can+I+hold+a+second+citizenship%3F&amp;lang={language}" in part
    assert "&lt;u&gt;" in part


def test_every_measure_is_named_in_the_catalogue() -> None:
    names = {f"measure.{name.replace('@', '_')}" for name in MEASURES}
    keys = {key for key in catalogue("en") if key.startswith("measure.")}
    assert keys == names | {f"{name}_what" for name in names}


def test_the_table_of_rows_runs_nothing_in_a_spreadsheet(assistant: Assistant, asked: Report) -> None:
    text = report_csv(asked, assistant.index.documents, "en")
    assert text.startswith("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert len(rows) == 4
    assert not [cell for row in rows for cell in row.values() if cell.startswith(("=", "+", "-", "@"))]
    assert {row["Result"] for row in rows} == {"as expected", "otherwise"}


def test_a_run_that_is_stopped_keeps_what_was_asked(assistant: Assistant, tmp_path: Path) -> None:
    file = tmp_path / "mine.jsonl"
    file.write_text(sample("jsonl", "en"), encoding="utf-8")
    told: list[int] = []
    outcomes = run(Product(assistant), load(file), lambda done, total: told.append(done), lambda: len(told) == 2)
    assert [outcome.item.id for outcome in outcomes] == ["passports", "candidate"]
