"""The tab on what changed: an article with both texts marked, a topic, a kind of change, the table to take away."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Open, ask, go_to, unfold_options


def _look_up(page: Page, matter: str) -> None:
    box = page.locator("#compare-find textarea, #compare-find input").first
    box.fill(matter)
    box.press("Enter")


def test_an_article_shows_both_texts_with_what_went_and_came(page: Page) -> None:
    go_to(page, "compare")
    _look_up(page, "18(2)")
    first = page.locator("#changes details.az-change").first
    first.wait_for()
    assert "72 hours" in first.locator("summary").inner_text()
    assert first.locator(".az-kind").inner_text() == "narrowed"
    columns = first.locator(".az-text")
    assert "семидесяти двух часов" in columns.nth(0).locator("del").all_inner_texts()[-1]
    assert columns.nth(1).locator("ins").count() >= 1
    first.locator("a", has_text="Art. 16(2)").click()
    page.locator("#article h2", has_text="Art. 16").wait_for()
    assert "doc=kz-constitution-1995" in page.url


@pytest.mark.parametrize(
    ("language", "matter", "words"),
    [
        ("ru", "забастовка", "право на забастовку"),
        ("kk", "қос азаматтық", "Екінші азаматтық"),
        ("en", "250", "has no Art. 250"),
    ],
)
def test_a_topic_or_a_wrong_number_in_each_language(open_page: Open, language: str, matter: str, words: str) -> None:
    page = open_page(language)
    go_to(page, "compare")
    _look_up(page, matter)
    page.locator("#changes", has_text=words).wait_for()


def test_a_kind_of_change_is_chosen_and_the_table_saved(page: Page, tmp_path: Path) -> None:
    go_to(page, "compare")
    page.locator("#compare-kind input").click()
    page.locator("[role=option]", has_text="dropped").click()
    page.locator("#changes details.az-change").first.wait_for()
    assert set(page.locator("#changes .az-kind").all_inner_texts()) == {"dropped"}
    with page.expect_download() as got:
        page.click("#export-csv")
    got.value.save_as(tmp_path / "changes.csv")
    rows = (tmp_path / "changes.csv").read_text(encoding="utf-8").splitlines()
    assert rows[0].startswith("old,new,kind")
    assert len(rows) == page.locator("#changes .az-change").count() + 1


def test_a_day_beside_the_question_chooses_the_constitution(page: Page) -> None:
    unfold_options(page)
    page.locator("#day textarea, #day input").first.fill("2020-01-01")
    ask(page, "Is there a death penalty?")
    assert page.locator(".az-badge").first.inner_text() == "repealed"
    page.locator("#day textarea, #day input").first.fill("2020-13-01")
    page.fill("#question textarea", "Is there a death penalty?")
    page.press("#question textarea", "Enter")
    page.locator(".az-told", has_text="is not a date").wait_for()


def test_what_changed_is_answered_in_the_chat(page: Page) -> None:
    ask(page, "What changed about detention by the police?")
    answer = page.locator(".az-answer").last
    assert "72 hours" in answer.inner_text()
    assert set(answer.locator("> .az-card .az-badge").all_inner_texts()) == {"in force", "repealed"}
