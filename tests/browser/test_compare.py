"""The tab on what changed: by section, filtered by its counts, both texts marked, to print and to take away."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page
from pypdf import PdfReader

from tests.browser.conftest import Open, ask, go_to, unfold_options


def _look_up(page: Page, matter: str) -> None:
    box = page.locator("#compare-find textarea, #compare-find input").first
    box.fill(matter)
    box.press("Enter")


@pytest.mark.parametrize(
    ("language", "went", "kind"), [("ru", "семидесяти двух часов", "сужено"), ("kk", "жетпіс екі сағаттан", "тарылған")]
)
def test_an_article_shows_both_texts_in_ones_language_with_what_went_and_came(
    open_page: Open, language: str, went: str, kind: str
) -> None:
    page = open_page(language)
    go_to(page, "compare")
    _look_up(page, "18(2)")
    first = page.locator("#changes details.az-change").first
    first.wait_for()
    first.locator(".az-kind", has_text=kind).wait_for()
    columns = first.locator(".az-text")
    assert {column.get_attribute("lang") for column in columns.all()} == {language}
    assert went in columns.nth(0).locator("del").all_inner_texts()[-1]
    assert columns.nth(1).locator("ins").count() >= 1


def test_an_english_reader_sees_english_and_the_marked_russian_on_demand(page: Page) -> None:
    go_to(page, "compare")
    _look_up(page, "18(2)")
    first = page.locator("#changes details.az-change").first
    first.wait_for()
    assert "72 hours" in first.locator("summary").first.inner_text()
    beside = first.locator(".az-pair").first
    assert "seventy-two hours" in beside.locator(".az-text[lang=en]").inner_text()
    assert "not the law" in beside.locator("> div").nth(1).inner_text()
    assert beside.locator("ins, del").count() == 0
    russian = first.locator(".az-other")
    assert not russian.locator("del").first.is_visible()
    russian.locator("summary").click()
    assert "семидесяти двух часов" in russian.locator("del").all_inner_texts()[-1]
    first.locator("a", has_text="Art. 16(2)").first.click()
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


def test_sections_stand_with_their_counts_and_what_is_gone_stands_last(page: Page) -> None:
    go_to(page, "compare")
    page.locator("#changes section").first.wait_for()
    headings = page.locator("#changes h2").all_inner_texts()
    assert headings[0] == "Foundations of the constitutional order"
    assert headings[-1] == "No longer in the Constitution"
    counts = [int(count) for count in page.locator("#changes .az-changes > .az-kinds b").all_inner_texts()]
    assert counts[0] == sum(counts[1:]) == page.locator("#changes .az-change").count()


def test_a_row_of_the_whole_table_unfolds_to_both_texts(open_page: Open) -> None:
    page = open_page("kk")
    go_to(page, "compare")
    page.locator("#changes .az-rows > summary").first.click()
    row = page.locator("#changes .az-change").first
    assert row.locator(".az-text").count() == 0
    row.locator("summary p").click()
    row.locator(".az-text ins").first.wait_for()
    assert row.locator(".az-text").count() == 2


def test_a_count_filters_and_the_address_keeps_it(page: Page, tmp_path: Path) -> None:
    go_to(page, "compare")
    section = page.locator("#changes section:has(h2 a:text-is('The President'))")
    section.locator(".az-kinds a", has_text="widened").click()
    page.locator("#changes .az-filtered").wait_for()
    assert page.url.endswith("?tab=compare&kind=widened&section=3")
    _shows(page, {"widened"}, 1)
    go_to(page, "about")
    page.wait_for_function("location.search === '?tab=about'")
    go_to(page, "compare")
    page.wait_for_function("location.search === '?tab=compare&kind=widened&section=3'")
    page.reload()
    page.locator("#changes .az-filtered").wait_for()
    _shows(page, {"widened"}, 1)
    page.locator("#changes .az-changes > .az-kinds a", has_text="dropped").click()
    page.wait_for_function("location.search === '?tab=compare&kind=dropped'")
    page.locator("#changes h2", has_text="No longer").wait_for()
    _shows(page, {"dropped"}, 1)
    page.wait_for_function("document.querySelectorAll('#changes .az-text').length > 1")
    with page.expect_download() as got:
        page.click("#export-csv")
    got.value.save_as(tmp_path / "changes.csv")
    rows = (tmp_path / "changes.csv").read_text(encoding="utf-8").splitlines()
    assert rows[0].startswith("old,new,kind")
    assert len(rows) == page.locator("#changes .az-change").count() + 1
    page.go_back()
    page.locator("#changes h2", has_text="The President").wait_for()
    _shows(page, {"widened"}, 1)


def _shows(page: Page, kinds: set[str], sections: int) -> None:
    assert set(page.locator("#changes .az-kind").all_inner_texts()) == kinds
    assert page.locator("#changes section").count() == sections


@pytest.mark.parametrize(("language", "told"), [("en", "there are: same"), ("ru", "есть такие"), ("kk", "мыналар бар")])
def test_an_address_that_names_no_kind_is_told_in_a_sentence(open_page: Open, language: str, told: str) -> None:
    page = open_page(language, at="/?tab=compare&kind=%3Cb%3E")
    page.locator("#changes [role=status]", has_text=told).wait_for()
    page.locator("#changes a").click()
    page.locator("#changes section").first.wait_for()


def test_a_filtered_table_is_printed_with_its_texts_black_on_white(open_page: Open, tmp_path: Path) -> None:
    page = open_page("ru", scheme="dark", at="/?tab=compare&kind=narrowed&section=3")
    page.locator("#changes .az-change").first.wait_for()
    assert page.locator("#changes .az-change[open]").count() == 0
    page.pdf(path=str(tmp_path / "changes.pdf"), format="A4")
    printed = "".join(sheet.extract_text() for sheet in PdfReader(tmp_path / "changes.pdf").pages)
    assert "Раздел III" in printed
    assert "Конституция 1995 года" in printed
    assert "section=3" in printed
    assert "Сравнить" not in printed
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    for mark, line in (("ins", "underline"), ("del", "line-through")):
        marked = page.locator(f"#changes {mark}").first
        assert marked.evaluate("(element) => getComputedStyle(element).textDecorationLine") == line
        assert marked.evaluate("(element) => getComputedStyle(element).color") == "rgb(0, 0, 0)"


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
