"""Measuring on one's own data set in the page: samples that work unchanged, errors in one's language, answers listed
and asked, reports saved, a run that is stopped; nothing raw, nothing too large."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from eval.asking.sample import sample
from eval.measures import MEASURES
from page.tabs.evaluate import MOST_BYTES
from page.translation import say
from tests.browser.conftest import Open, go_to, keep

_RAW = re.compile("|".join(name for name in MEASURES if "_" in name or "@" in name))


def _measure(page: Page, file: Path) -> None:
    go_to(page, "evaluate")
    with page.expect_file_chooser() as chooser:
        page.click("#dataset")
    chooser.value.set_files(file)


def _saved(page: Page, button: str, folder: Path) -> Path:
    with page.expect_download() as started:
        page.click(button)
    path = folder / started.value.suggested_filename
    started.value.save_as(path)
    return path


@pytest.mark.parametrize(("language", "kind", "size"), [("kk", "csv", "phone"), ("ru", "jsonl", "desktop")])
def test_a_sample_works_unchanged_and_its_report_is_in_the_pages_language(
    open_page: Open, tmp_path: Path, language: str, kind: str, size: str
) -> None:
    page = open_page(language, size=size)
    go_to(page, "evaluate")
    page.locator(".az-format > summary").click()
    expect(page.locator(".az-format pre")).to_have_count(2)
    keep(page, f"evaluate-format-{language}")
    file = _saved(page, f"#sample-{kind}", tmp_path)
    assert file.read_bytes().decode("utf-8") == sample("csv" if kind == "csv" else "jsonl", language)
    _measure(page, file)
    page.locator(".az-figures").wait_for(timeout=60_000)
    shown = page.locator("#measured").inner_text()
    assert say("evaluate_failures", language, count=0) in shown
    assert say("evaluate_successes", language, count=4) in shown
    assert not _RAW.search(shown)
    keep(page, f"evaluate-{language}")
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    report = _saved(page, "#measured-html", tmp_path).read_text(encoding="utf-8")
    assert f'<html lang="{language}">' in report
    assert not _RAW.search(report)
    rows = _saved(page, "#measured-csv", tmp_path).read_bytes().decode("utf-8")
    assert rows.startswith("\ufeff")
    assert len(list(csv.reader(io.StringIO(rows)))) == 5
    page.click("#language label:has-text('English')")
    page.get_by_text("Answered as expected: 4").wait_for()  # what was measured is told in another language too


def test_a_wrong_answer_is_listed_and_can_be_asked(page: Page, tmp_path: Path) -> None:
    file = tmp_path / "mine.csv"
    question = "Is there a <b>death</b> penalty?"
    file.write_text(
        f"id;question;language;answerable;gold\n1;{question};en;yes;kz-constitution-2026#art_1\n", encoding="utf-8"
    )
    go_to(page, "evaluate")
    assert page.locator(".az-bars li").count() >= 6
    _measure(page, file)
    wrong = page.locator(".az-rows").first
    wrong.wait_for(timeout=60_000)
    assert "Right article found first" in page.locator("#measured").inner_text()
    text = wrong.inner_text()
    assert "Answered otherwise than expected: 1" in text
    assert question in text
    assert "Art. 1, " in text
    assert "Art. 17" in text
    wrong.get_by_role("link", name="Ask it").click()
    page.locator("#chat .az-how").wait_for(timeout=30_000)
    assert page.locator("#chat .az-plain").last.inner_text() == question
    assert "q=Is+there+a" in page.url
    go_to(page, "evaluate")
    expect(page.locator(".az-figures")).to_be_visible()


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "line 2, column “answerable”"),
        ("ru", "строка 2, столбец «answerable»"),
        ("kk", "2-жол, «answerable» бағаны"),
    ],
)
def test_what_is_amiss_is_told_by_line_and_column(open_page: Open, tmp_path: Path, language: str, told: str) -> None:
    page = open_page(language)
    file = tmp_path / "mine.csv"
    file.write_bytes("id;question;language;answerable\n1;Можно ли держать дома пчёл?;ru;наверное\n".encode("cp1251"))
    _measure(page, file)
    expect(page.locator("#measured")).to_contain_text(told)


def test_too_large_a_file_is_refused_before_it_is_sent(page: Page, tmp_path: Path) -> None:
    file = tmp_path / "large.jsonl"
    file.write_bytes(b" " * (MOST_BYTES + 1))
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if "upload" in request.url else None)
    _measure(page, file)
    expect(page.locator("#dataset-refused")).to_have_text(re.compile(r"large\.jsonl is larger than 1 MB"))
    assert sent == []
    small = tmp_path / "small.jsonl"
    small.write_text("no\n", encoding="utf-8")
    _measure(page, small)
    expect(page.locator("#measured")).to_contain_text("The data set cannot be used")
    expect(page.locator("#measured")).to_contain_text("small.jsonl, line 1")
    expect(page.locator("#dataset-refused")).to_have_text("")


def test_a_run_that_is_stopped_keeps_what_was_asked(page: Page, tmp_path: Path) -> None:
    file = tmp_path / "long.csv"
    rows = [f"{n},How long may article {n} of law {n} be?,en,no," for n in range(200)]
    file.write_text("\n".join(["id,question,language,answerable,gold", *rows]), encoding="utf-8")
    _measure(page, file)
    page.locator("#measured progress:not([value='0'])").wait_for(timeout=60_000)
    page.click("#measuring-stop")
    page.get_by_text(re.compile(r"Stopped: \d+ of 200 questions were asked")).wait_for(timeout=30_000)
    expect(page.locator(".az-figures li").first).to_be_visible()
    expect(page.locator("#measuring-stop")).to_be_hidden()
