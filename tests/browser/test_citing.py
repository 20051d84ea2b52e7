"""A provision is cited from its card, in the reader and beside what changed, in the style that was chosen before."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page

from tests.browser.conftest import Open, ask


def _copied(page: Page, menu: Locator, style: str) -> str:
    menu.locator("button", has_text=style).click()
    menu.locator("button.az-done", has_text=style).wait_for()
    return str(page.evaluate("navigator.clipboard.readText()"))


@pytest.mark.parametrize(
    ("language", "question", "cite", "gost", "citation"),
    [
        ("en", "Can I hold a second citizenship?", "Cite", "GOST", "Art. 13(3) // Adilet"),
        ("ru", "Можно ли иметь второе гражданство?", "Сослаться", "ГОСТ", "Ст. 13 п. 3 // Әділет"),
        ("kk", "Екінші азаматтық алуға бола ма?", "Сілтеме жасау", "МЕМСТ", "13-бап 3-тармақ // «Әділет»"),
    ],
)
def test_a_card_is_cited_in_each_language(
    open_page: Open, language: str, question: str, cite: str, gost: str, citation: str
) -> None:
    page = open_page(language, size="phone")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ask(page, question)
    menu = page.locator(".az-card .az-cite").first
    menu.locator("summary").click()
    assert menu.locator("summary").inner_text() == cite
    assert menu.locator(".az-copied:visible").count() == 1
    assert citation in _copied(page, menu, gost)
    assert menu.locator(".az-copied:visible").inner_text().startswith(_copied(page, menu, gost)[:40])
    assert _copied(page, menu, "BibTeX").startswith("@misc{kz-constitution-2026:art_13__para_3,\n")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_the_style_is_remembered_and_the_identifier_comes_with_the_page(open_page: Open) -> None:
    page = open_page("ru", at="/?doc=kz-constitution-2026&art=18")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    menu = page.locator("#art_18__para_2 .az-cite")
    menu.locator("summary").click()
    identifier, address = _copied(page, menu, "Идентификатор").split("\n")
    assert identifier == "kz-constitution-2026#art_18__para_2"
    assert address.startswith("http://127.0.0.1:")
    assert address.endswith("/?doc=kz-constitution-2026&art=18&lang=ru")
    page.goto(page.url.split("?")[0] + "?tab=compare&find=18(2)")
    beside = page.locator("#changes .az-cite", has_text="ст. 16 п. 2 (1995)").first
    beside.locator("summary").click()
    assert beside.locator(".az-copied:visible").inner_text().startswith("kz-constitution-1995#art_16__para_2")
