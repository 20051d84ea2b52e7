"""The real page in a real browser: a server over the real assistant, Debian's chromium, every request seen."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from corpus import Folders
from qa import Assistant
from tests.server import served

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
SCREENSHOTS = os.environ.get("ATAZAN_SCREENSHOTS")
SIZES = {
    "desktop": {"width": 1200, "height": 900},
    "laptop": {"width": 1366, "height": 768},
    "zoomed": {"width": 683, "height": 384},  # the laptop at 200 %
    "tablet": {"width": 768, "height": 1024},
    "phone": {"width": 360, "height": 740},
}
LOCALES = {"kk": "kk-KZ", "ru": "ru-RU", "en": "en-GB"}

Open = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if CHROMIUM is None:
                item.add_marker(pytest.mark.skip(reason="chromium is not installed (apt-get install chromium)"))


@pytest.fixture(scope="session")
def url(assistant: Assistant, installed_folders: Folders) -> Iterator[str]:
    with served(assistant, installed_folders) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        )
        yield running
        running.close()


@pytest.fixture
def open_page(browser: Browser, url: str) -> Iterator[Open]:
    """Open the page as a visitor of a language, at a width, with light or dark colours. Afterwards nothing may have
    been loaded from elsewhere, nothing gone wrong in the page, and nothing in it been blocked by its policy."""
    contexts = []
    seen: set[str] = set()
    errors: list[str] = []

    def opened(
        language: str = "en", *, size: str = "desktop", scheme: str = "light", at: str = "/", touch: bool = False
    ) -> Page:
        context = browser.new_context(
            viewport=SIZES[size],  # type: ignore[arg-type]
            locale=LOCALES[language],
            color_scheme=scheme,  # type: ignore[arg-type]
            accept_downloads=True,
            has_touch=touch,
            is_mobile=touch,
        )
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: seen.add(urlsplit(request.url).netloc))
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda said: errors.append(said.text) if "Content Security Policy" in said.text else None)
        page.goto(url + at)
        page.wait_for_selector("#tab-ask-button")
        page.wait_for_function(f"document.documentElement.lang === '{language}'")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert seen <= {urlsplit(url).netloc, ""}
    assert errors == []


@pytest.fixture
def page(open_page: Open) -> Page:
    return open_page()


def ask(page: Page, question: str) -> None:
    """Ask and wait for the whole answer."""
    before = page.locator(".az-how").count()
    page.fill("#question textarea", question)
    page.keyboard.press("Enter")
    page.wait_for_function(
        f"document.querySelectorAll('.az-how').length > {before} && !document.body.classList.contains('az-busy')",
        timeout=30_000,
    )


def unfold_options(page: Page) -> None:
    """What is set seldom beside a question."""
    page.locator("#options button").first.click()
    page.locator("#day textarea, #day input").first.wait_for()


def go_to(page: Page, tab: str) -> None:
    page.locator(f"#tab-{tab}-button").click()


def keep(page: Page, name: str) -> None:
    """A screenshot, where ATAZAN_SCREENSHOTS names a folder."""
    if SCREENSHOTS:
        page.wait_for_timeout(400)
        page.screenshot(path=str(Path(SCREENSHOTS) / f"{name}.png"))
