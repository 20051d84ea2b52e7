"""Prose by a language model in the page: on demand, sentence by sentence; what was dropped unfolds."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from corpus import Folders
from qa import Assistant
from qa.prose.generators.endpoint_generator import EndpointGenerator
from qa.prose.writing import Writer
from tests.browser.conftest import LOCALES, SIZES, ask, keep
from tests.chat_server import ChatServer, chat_server
from tests.server import served

ASKED = {
    "en": (
        "Is there a death penalty?",
        "The death penalty is banned [1]. It was abolished in 1999 [1]. Trust <b>me</b>.",
    ),
    "ru": (
        "Есть ли в Казахстане смертная казнь?",
        "Смертная казнь запрещена [1]. Ее отменили в 1999 году [1]. Поверьте <b>мне</b>.",
    ),
    "kk": (
        "Қазақстанда өлім жазасы бар ма?",
        "Өлім жазасына тыйым салынған [1]. Ол 1999 жылы жойылды [1]. Маған <b>сеніңіз</b>.",
    ),
}


@pytest.fixture(scope="module")
def slow() -> Iterator[ChatServer]:
    """The server behind the page, which a test may slow down."""
    with chat_server() as server:
        yield server


@pytest.fixture(scope="module")
def url(assistant: Assistant, installed_folders: Folders, slow: ChatServer) -> Iterator[str]:
    """A page whose generator is a server that says one true thing and two that nobody should believe."""
    says = dict(ASKED.values())
    for server in (slow,):
        server.says = lambda body: next(
            text for question, text in says.items() if question in body["messages"][1]["content"]
        )
        writing = Assistant(
            assistant.index, {}, writer=Writer(assistant.index, EndpointGenerator(f"{server.url}#parrot"))
        )
        with served(writing, installed_folders) as address:
            yield address


@pytest.mark.parametrize(("language", "size"), [("kk", "phone"), ("ru", "desktop"), ("en", "phone")])
def test_prose_is_written_when_asked_for(browser: Browser, url: str, language: str, size: str) -> None:
    context = browser.new_context(viewport=SIZES[size], locale=LOCALES[language])  # type: ignore[arg-type]
    try:
        page = context.new_page()
        page.goto(url)
        page.wait_for_function(f"document.documentElement.lang === '{language}'")
        question, _ = ASKED[language]
        ask(page, question)
        assert page.locator(".az-prose").count() == 0
        page.locator("#prose input").check()
        ask(page, question)
        prose = page.locator(".az-answer").last.locator(".az-prose")
        prose.locator("summary").wait_for()
        true = ASKED[language][1].split(" [1]")[0]
        assert prose.locator("p").inner_text().startswith(true)
        assert "1999" not in prose.locator("p").inner_text()
        assert prose.locator(".az-refs a").first.get_attribute("href")
        prose.locator("summary").click()
        dropped = prose.locator("li").all_inner_texts()
        assert len(dropped) == 2
        assert "1999" in dropped[0]
        assert "<b>" in dropped[1]  # shown letter for letter
        keep(page, f"prose-{language}-{size}")
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    finally:
        context.close()


def test_stop_shows_while_a_model_works_and_what_is_there_stays(browser: Browser, url: str, slow: ChatServer) -> None:
    context = browser.new_context(viewport=SIZES["desktop"], locale=LOCALES["en"])  # type: ignore[arg-type]
    try:
        page = context.new_page()
        page.goto(url)
        page.wait_for_function("document.documentElement.lang === 'en'")
        assert not page.locator("#stop").is_visible()
        page.locator("#prose input").check()
        slow.late = 20.0
        page.fill("#question textarea", ASKED["en"][0])
        page.keyboard.press("Enter")
        page.get_by_text("The language model is at work").wait_for()
        page.click("#stop", timeout=5000)
        page.wait_for_selector("#stop", state="hidden")
        assert page.locator(".az-card").count() >= 1
        page.locator("#prose input").uncheck()
        ask(page, ASKED["en"][0])
        assert not page.locator("#stop").is_visible()
    finally:
        slow.late = 0.0
        context.close()
