"""Subjects in the page: a tab to browse and filter, addresses to share, answers told as a whole, a leaflet to print."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open, ask, go_to


@pytest.mark.parametrize(
    ("language", "title", "plain", "quote"),
    [
        ("kk", "Ұстау және қамау", "Қарапайым", "Сот шешімінсіз"),
        ("ru", "Задержание и арест", "Простыми", "Без судебного решения"),
        ("en", "Detention and arrest", "In plain", "Без судебного решения"),
    ],
)
def test_an_address_opens_a_topic_in_its_language(
    open_page: Open, language: str, title: str, plain: str, quote: str
) -> None:
    page = open_page(language, at=f"/?topic=detention&lang={language}")
    page.get_by_role("heading", name=title).first.wait_for()
    leaflet = page.locator(".az-leaflet")
    expect(leaflet).to_contain_text(plain)
    expect(leaflet.locator(".art_18__para_2 blockquote")).to_contain_text(quote)


def test_the_index_is_filtered_as_one_types_and_opens_a_topic(page: Page) -> None:
    go_to(page, "topics")
    page.locator(".az-topics a").first.wait_for()
    every = page.locator(".az-topics a").count()
    assert every > 200
    page.locator("#topics-find input, #topics-find textarea").fill("schools")
    expect(page.locator(".az-topics a").first).to_be_visible()
    page.wait_for_function(f"document.querySelectorAll('.az-topics a').length < {every}")
    page.locator(".az-topics a").first.click()
    assert "topic=" in page.url
    page.locator(".az-leaflet blockquote").first.wait_for()


def test_a_whole_is_told_in_groups_with_quotes_to_unfold_and_leads_to_its_topic(page: Page) -> None:
    ask(page, "What does the Constitution say about education?")
    subject = page.locator(".az-subject")
    expect(subject.locator("h3").first).to_have_text("Education")
    assert subject.locator("h4").count() >= 1
    first = subject.locator(".az-card").first
    assert not first.locator("blockquote").first.is_visible()
    first.locator("summary").first.click()
    assert first.locator("blockquote").first.is_visible()
    page.locator(".az-chips a").first.click()
    page.locator(".az-leaflet").get_by_role("heading", name="Education").first.wait_for()


def test_a_point_names_the_topic_to_read_on_under(page: Page) -> None:
    ask(page, "How long can the police hold me without a judge?")
    expect(page.locator(".az-chips a").first).to_be_visible()
