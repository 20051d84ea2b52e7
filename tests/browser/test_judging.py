"""Feedback on an answer that is not right: asked at the answer, shown before it is sent, kept as shown; by keyboard
alone."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from corpus import Folders
from page.translation import say
from tests.browser.conftest import Open, ask, keep

_QUESTION = "Is there a death penalty?"


def _kept(folders: Folders) -> list[dict[str, Any]]:
    path = folders.data / "feedback.jsonl"
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.is_file() else []


@pytest.fixture(autouse=True)
def nothing_kept(installed_folders: Folders) -> None:
    (installed_folders.data / "feedback.jsonl").unlink(missing_ok=True)


def _shown(page: Page) -> dict[str, str]:
    """What the form says will be kept, by field."""
    rows: list[tuple[str, str]] = page.evaluate(
        "[...document.querySelectorAll('#chat .az-judging [data-field]')].filter((row) => !row.hidden)"
        ".map((row) => [row.dataset.field, row.lastElementChild.textContent])"
    )
    return dict(rows)


def test_what_was_wrong_is_said_by_keyboard_and_kept_as_shown(page: Page, installed_folders: Folders) -> None:
    ask(page, _QUESTION)
    button = page.get_by_role("button", name="Not right")
    button.focus()
    page.keyboard.press("Enter")
    form = page.locator("#chat form.az-judging")
    expect(form.get_by_role("group", name="What was not right?")).to_be_visible()
    expect(button).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")  # from the first reason, which has the focus, to the second
    page.keyboard.press("Tab")
    words = "<b>Which</b> law?\n" + "x" * 600
    page.keyboard.insert_text(words)
    shown = _shown(page)
    assert _kept(installed_folders) == []
    assert "question" not in shown
    keep(page, "judging-en")
    for _ in range(2):  # past the consent, which is not given
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#chat .az-judged")).to_be_focused()
    (row,) = _kept(installed_folders)
    assert (row["verdict"], row["reason"], row["words"]) == ("wrong", "incomplete", words[:500])
    assert shown == {
        "verdict": "Not right",
        "reason": "Not complete",
        "said": row["words"],
        "language": row["language"],
        "citations": "\n".join(row["citations"]),
        "fingerprint": row["fingerprint"],
    }
    assert "question" not in row
    expect(button).to_be_disabled()


def test_the_question_is_kept_only_where_its_asker_says_so(page: Page, installed_folders: Folders) -> None:
    ask(page, _QUESTION)
    page.get_by_role("button", name="Not right").click()
    form = page.locator("#chat form.az-judging")
    form.get_by_label("Something else").check()
    form.get_by_label("Keep my question").check()
    assert _shown(page)["question"] == _QUESTION
    form.get_by_role("button", name="Send").click()
    page.locator("#chat .az-judged").wait_for()
    assert [row["question"] for row in _kept(installed_folders)] == [_QUESTION]


def test_a_form_is_put_away_and_wants_a_reason(page: Page, installed_folders: Folders) -> None:
    ask(page, _QUESTION)
    button = page.get_by_role("button", name="Not right")
    button.click()
    page.locator("#chat form.az-judging").get_by_role("button", name="Send").click()
    expect(page.locator("#chat .az-judging-told")).to_have_text("Choose what was not right.")
    page.keyboard.press("Escape")
    expect(page.locator("#chat form.az-judging")).to_have_count(0)
    expect(button).to_be_focused()
    assert _kept(installed_folders) == []


def test_what_cannot_be_kept_is_not_lost(page: Page, installed_folders: Folders) -> None:
    path = installed_folders.data / "feedback.jsonl"
    path.mkdir(parents=True)
    try:
        ask(page, _QUESTION)
        page.get_by_role("button", name="Not right").click()
        form = page.locator("#chat form.az-judging")
        form.get_by_label("Unclear").check()
        form.locator("textarea").fill("Which law?")
        form.get_by_role("button", name="Send").click()
        expect(form.locator(".az-judging-told")).to_contain_text("nothing of it is lost")
        expect(form.locator("textarea")).to_have_value("Which law?")
    finally:
        path.rmdir()
    form.get_by_role("button", name="Send").click()
    page.locator("#chat .az-judged").wait_for()
    assert [row["words"] for row in _kept(installed_folders)] == ["Which law?"]


@pytest.mark.parametrize(("language", "scheme"), [("kk", "light"), ("ru", "dark")])
def test_the_form_speaks_the_pages_language_on_a_phone(open_page: Open, language: str, scheme: str) -> None:
    page = open_page(language, size="phone", scheme=scheme)
    ask(page, _QUESTION)
    page.locator(".az-verdict.wrong").click()
    form = page.locator("#chat form.az-judging")
    expect(form.locator("legend")).to_have_text(say("feedback_title", language))
    heights = form.locator("fieldset label, .az-row button").evaluate_all("all => all.map((e) => e.offsetHeight)")
    assert min(heights) >= 44
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    keep(page, f"judging-{language}")
