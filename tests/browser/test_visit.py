"""A visit to every tab, in three languages, at desktop and phone width, light and dark; and what axe finds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Open, ask, go_to, keep

_AXE = Path(__file__).parents[2] / ".venv" / "axe" / "node_modules" / "axe-core" / "axe.min.js"
_TABS = ("ask", "read", "compare", "documents", "evaluate", "about")
_QUESTIONS = {
    "kk": ("Полиция мені сот шешімінсіз қанша уақыт ұстай алады?", "ал адвокат ше?"),
    "ru": ("Сколько полиция может держать меня без решения суда?", "а адвокат?"),
    "en": ("How long can the police hold me without a judge?", "And the weather tomorrow?"),
}


@pytest.mark.parametrize("size", ["desktop", "phone"])
@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_every_tab_fits_its_width(open_page: Open, language: str, size: str) -> None:
    page = open_page(language, size=size)
    for question in _QUESTIONS[language]:
        ask(page, question)
    for tab in _TABS:
        go_to(page, tab)
        page.wait_for_timeout(400)
        wide, visible = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
        assert wide <= visible, tab
        keep(page, f"{tab}-{language}-{size}")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_axe_finds_nothing_serious(open_page: Open, size: str, scheme: str) -> None:
    if not _AXE.is_file():
        pytest.skip("axe-core is not installed (make axe)")
    page = open_page("kk", size=size, scheme=scheme)
    for question in _QUESTIONS["kk"]:
        ask(page, question)
    page.evaluate(_AXE.read_text(encoding="utf-8"))
    for tab in _TABS:
        go_to(page, tab)
        page.wait_for_timeout(400)
        keep(page, f"{tab}-{scheme}-{size}")
        assert _serious(page) == [], tab


def _serious(page: Page) -> list[tuple[str, str]]:
    found: dict[str, Any] = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        (violation["id"], node["html"][:120])
        for violation in found["violations"]
        if violation["impact"] in ("serious", "critical")
        for node in violation["nodes"]
    ]


def test_the_theme_is_switched_and_remembered(page: Page) -> None:
    assert not page.evaluate("document.body.classList.contains('dark')")
    page.click("#theme")
    page.wait_for_function("document.body.classList.contains('dark')")
    page.reload()
    page.wait_for_function("document.body.classList.contains('dark')")


def test_a_keyboard_alone_asks_and_opens_what_is_cited(page: Page) -> None:
    page.focus("#question textarea")
    page.keyboard.type("Can I hold a second citizenship?")
    page.keyboard.press("Enter")
    page.locator(".az-card.art_13__para_3").wait_for()
    page.locator(".az-how").wait_for()
    page.locator(".az-card summary").first.focus()
    page.keyboard.press("Enter")
    assert page.locator(".az-card").first.get_attribute("open") is None
    page.locator("#chat [aria-live]").first.wait_for(state="attached")
