"""What the page's visitors may do in a minute, counted tab by tab."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from corpus import Folders
from qa import Assistant
from tests.browser.conftest import go_to
from tests.server import served

_TOO_OFTEN = "more than 4 questions in a minute"
_ITEM = {"language": "en", "answerable": True, "gold": ["kz-constitution-2026#art_13"]}


@pytest.fixture
def page(browser: Browser, assistant: Assistant, installed_folders: Folders) -> Iterator[Page]:
    """A page of a server on which four questions a minute may be asked; each test has one of its own."""
    with served(assistant, installed_folders, per_minute=4) as url:
        page = browser.new_page(locale="en-GB")
        page.goto(url)
        page.wait_for_selector("#tab-ask-button")
        page.wait_for_function("document.documentElement.lang === 'en'")
        yield page
        page.close()


def test_reading_and_comparing_count(page: Page) -> None:
    go_to(page, "read")
    told = page.locator("#found").get_by_text(_TOO_OFTEN)
    for number in range(300):  # of what is typed while an answer is awaited, only the last is looked up
        page.fill("#find input, #find textarea", f"right {number}")
        page.wait_for_timeout(100)
        if told.count():
            break
    assert told.count() == 1
    go_to(page, "compare")
    page.fill("#compare-find input, #compare-find textarea", "detention")
    page.keyboard.press("Enter")
    page.locator("#changes").get_by_text(_TOO_OFTEN).wait_for()


def test_a_data_set_waits_for_the_minute_and_counts_its_questions(
    page: Page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [_ITEM | {"id": str(number), "question": f"Who elects the President of {number}?"} for number in range(8)]
    file = tmp_path / "mine.jsonl"
    file.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    go_to(page, "evaluate")
    with page.expect_file_chooser() as chooser:
        page.click("#dataset")
    chooser.value.set_files(file)
    page.locator("#measured progress").wait_for(timeout=60_000)
    go_to(page, "ask")
    said = page.locator("#chat .az-how, #chat .az-told")
    for asked in range(4):  # of the minute's questions some may be left to ask
        page.fill("#question textarea", "Who elects the President?")
        page.keyboard.press("Enter")
        expect(said).to_have_count(asked + 1, timeout=30_000)
        if page.get_by_text(_TOO_OFTEN).count():
            break
    page.locator("#chat").get_by_text(_TOO_OFTEN).wait_for()
    go_to(page, "evaluate")
    assert page.locator(".az-figures").count() == 0
    clock = time.time
    for minutes in (1, 2):  # eight questions and ours, four of them a minute: the minutes go by at once
        monkeypatch.setattr(time, "time", lambda minutes=minutes: clock() + 61 * minutes)
        page.wait_for_timeout(2000)
    page.locator(".az-figures").wait_for(timeout=60_000)
