"""Reading in the page: deep links, contents, languages side by side, finding, going back, printing."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Open, ask, go_to

_HEADING = ".az-article h2"


@pytest.mark.parametrize(
    ("language", "label", "plain", "law"),
    [
        ("kk", "18-бап", "Қарапайым", "Сот шешімінсіз"),
        ("ru", "ст. 18", "Простыми", "Без судебного решения"),
        ("en", "Art. 18", "In plain", "Без судебного решения"),
    ],
)
def test_a_deep_link_opens_the_article_in_its_language(
    open_page: Open, language: str, label: str, plain: str, law: str
) -> None:
    page = open_page(language, at=f"/?doc=kz-constitution-2026&art=18&lang={language}")
    page.locator(_HEADING).wait_for()
    assert page.locator(_HEADING).inner_text().startswith(label)
    assert plain in page.locator(".az-names").inner_text()
    assert law in page.locator("#art_18__para_2").inner_text()
    assert page.locator(".az-contents li[aria-current] a").inner_text().startswith(label)


def test_the_language_of_a_deep_link_wins_over_the_browsers(open_page: Open, url: str) -> None:
    page = open_page("en")
    page.goto(f"{url}/?doc=kz-constitution-1995&art=94-1&lang=ru")
    page.get_by_role("button", name="Печать").wait_for()
    assert page.locator(_HEADING).inner_text().startswith("ст. 94-1")
    assert page.locator(".az-notes summary").inner_text().startswith("Примечания издания")


def test_one_reads_on_and_goes_back(open_page: Open) -> None:
    page = open_page(at="/?doc=kz-constitution-2026&art=18&lang=en")
    page.locator(".az-next").first.click()
    page.get_by_role("heading", name="Art. 19").first.wait_for()
    assert "art=19" in page.url
    page.go_back()
    page.get_by_role("heading", name="Art. 18.").wait_for()


def test_a_citation_opens_in_the_reader_and_the_conversation_stays(page: Page) -> None:
    ask(page, "Can I hold a second citizenship?")
    page.get_by_role("link", name="Open in reader").first.click()
    page.get_by_role("heading", name="Art. 13").first.wait_for()
    go_to(page, "ask")
    assert page.locator(".az-card.art_13__para_3").is_visible()


def test_texts_stand_side_by_side_in_the_languages_chosen(open_page: Open) -> None:
    page = open_page(at="/?doc=kz-constitution-1995&art=1&lang=en")
    page.locator(_HEADING).wait_for()
    assert page.locator(".az-names > div").count() == 1
    page.locator("#shown").get_by_label("Russian").check()
    page.wait_for_function("document.querySelectorAll('.az-names > div').length === 2")
    row = page.locator(".az-article section").first
    assert "Republic of Kazakhstan" in row.locator('[lang="en"]').inner_text()
    assert "Республика Казахстан" in row.locator('[lang="ru"]').inner_text()


def test_articles_are_found_as_one_types(open_page: Open) -> None:
    page = open_page("ru", at="/?doc=kz-constitution-2026&art=1&lang=ru")
    page.locator(_HEADING).wait_for()
    page.get_by_label("Найти статью").press_sequentially("адвокат")
    page.locator(".az-found a").first.wait_for()
    found = page.locator(".az-found").inner_text()
    assert "ст. 18" in found
    page.locator(".az-found a", has_text="ст. 18").click()
    page.get_by_role("heading", name="ст. 18").first.wait_for()
    page.get_by_label("Найти статью").fill("абракадабра")
    page.get_by_text("Нет статьи, где есть все эти слова").wait_for()


def test_an_article_that_is_not_there_is_told_with_what_there_is(open_page: Open) -> None:
    page = open_page(at="/?doc=kz-constitution-2026&art=250&lang=en")
    page.get_by_text("its articles run from 1 to 96").wait_for()
    contents = page.locator(".az-contents a")
    assert contents.first.inner_text().startswith("Preamble")
    assert contents.count() == 1 + 96


def test_another_document_is_opened_at_its_beginning(open_page: Open) -> None:
    page = open_page("kk", at="/?doc=udhr&lang=kk")
    page.get_by_role("heading", name="Кіріспе").first.wait_for()
    assert page.locator(".az-contents a").count() == 1 + 30


def test_the_print_view_is_the_article_alone(open_page: Open) -> None:
    page = open_page(at="/?doc=kz-constitution-2026&art=18&lang=en")
    page.locator(_HEADING).wait_for()
    page.emulate_media(media="print")
    assert page.locator(_HEADING).is_visible()
    assert not page.locator("#contents").is_visible()
    assert not page.locator(".az-tools").is_visible()
