"""The real page in a real browser: a question in each language, its citation, the language switch, no strangers."""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

import app
from qa import Assistant

_CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
_SCREENSHOTS = os.environ.get("ATAZAN_SCREENSHOTS")

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(_CHROMIUM is None, reason="chromium is not installed (apt-get install chromium)"),
]


@pytest.fixture(scope="module")
def url(assistant: Assistant) -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    blocks = app.launch(assistant, port=port, block=False)
    yield f"http://127.0.0.1:{port}"
    blocks.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=_CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        )
        yield running
        running.close()


@pytest.fixture
def page(browser: Browser, url: str) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1100, "height": 860}, locale="en-GB", color_scheme="light")
    opened = context.new_page()
    opened.hosts = set()  # type: ignore[attr-defined]
    opened.on("request", lambda request: opened.hosts.add(urlsplit(request.url).netloc))  # type: ignore[attr-defined]
    opened.goto(url)
    opened.wait_for_selector("#question textarea")
    yield opened
    context.close()


def _ask(page: Page, question: str) -> None:
    before = page.locator(".az-how").count()
    page.fill("#question textarea", question)
    page.keyboard.press("Enter")
    page.wait_for_function(f"document.querySelectorAll('.az-how').length > {before}", timeout=30_000)


@pytest.mark.parametrize(
    ("language", "question", "label", "badge"),
    [
        ("en", "How long can the police hold me without a judge?", "Art. 18(2)", "in force"),
        ("ru", "Сколько полиция может держать меня без решения суда?", "ст. 18 п. 2", "действует"),
        ("kk", "Полиция мені сот шешімінсіз қанша уақыт ұстай алады?", "18-бап 2-тармақ", "күшінде"),
    ],
)
def test_a_question_is_answered_with_its_citation(
    page: Page, language: str, question: str, label: str, badge: str
) -> None:
    _ask(page, question)
    card = page.locator(".az-card.art_18__para_2")
    card.wait_for()
    assert card.locator("summary").inner_text().split("\n")[0].startswith(label)
    assert card.locator(".az-badge").inner_text() == badge
    if card.get_attribute("open") is None:
        card.locator("summary").click()
    assert "Без судебного решения" in card.locator("blockquote").inner_text()
    link = card.locator("a")
    assert link.get_attribute("href") == "https://adilet.zan.kz/rus/docs/K2600000000"
    assert page.locator(".az-answer").last.get_attribute("lang") == language
    page.locator(".az-how summary").last.click()
    assert page.locator(".az-how li").count() >= 5
    if _SCREENSHOTS and language == "en":
        page.locator(".az-how summary").last.click()
        page.wait_for_timeout(500)
        page.screenshot(path=str(Path(_SCREENSHOTS) / "chat.png"))


@pytest.mark.parametrize(
    ("native", "ask", "disclaimer"),
    [("Русский", "Спросить", "не юридическая консультация"), ("Қазақша", "Сұрау", "заң кеңесі емес")],
)
def test_the_whole_page_changes_its_language(page: Page, native: str, ask: str, disclaimer: str) -> None:
    page.get_by_label(native).click()
    page.get_by_role("button", name=ask, exact=True).wait_for()
    page.get_by_text(disclaimer).wait_for()


def test_the_page_starts_in_the_browsers_language(browser: Browser, url: str) -> None:
    context = browser.new_context(locale="kk-KZ")
    opened = context.new_page()
    opened.goto(url)
    opened.get_by_role("button", name="Сұрау", exact=True).wait_for()
    context.close()


def test_an_example_is_asked_by_a_click(page: Page) -> None:
    page.click("#example-q2")
    page.locator(".az-card.art_13__para_3").wait_for()


def test_what_a_user_types_is_shown_letter_for_letter_and_loads_nothing(page: Page, url: str) -> None:
    text = '<img src=x onerror="document.title=1"> ![a](http://evil.invalid/x.png) **bold** <b>joke</b>'
    _ask(page, text)
    assert page.locator(".az-plain").last.inner_text() == text
    assert page.title() == "Atazan"
    assert page.hosts == {urlsplit(url).netloc}  # type: ignore[attr-defined]


def test_a_refusal_helps(page: Page) -> None:
    _ask(page, "What is the weather like tomorrow?")
    answer = page.locator(".az-answer").last.inner_text()
    assert "no provision of the Constitution that answers this" in answer
    assert "Nearest provisions" in answer


def test_bad_input_is_answered_in_a_sentence_and_the_page_goes_on(page: Page) -> None:
    page.fill("#question textarea", "???")
    page.keyboard.press("Enter")
    page.get_by_text("The question is empty").wait_for()
    _ask(page, "Is there a death penalty?")
