"""Around a question: something moves at once, what to ask next is answered, the day is picked and taken away."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open, ask, keep, unfold_options

_LATENCY = 1500  # milliseconds to the server and back: what moves before that moves by itself, however slow the machine
_WATCH = """() => {
  window.times = {};
  addEventListener("keydown", (event) => { if (event.key === "Enter") window.times.enter = performance.now(); }, true);
  new MutationObserver(() => {
    if (!window.times.shown && document.querySelector(".az-asked")) window.times.shown = performance.now();
  }).observe(document.body, { childList: true, subtree: true });
}"""


def test_something_moves_at_once_and_stop_shows_only_meanwhile(page: Page) -> None:
    page.locator("#stop").wait_for(state="hidden")
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    slow = {"offline": False, "latency": _LATENCY, "downloadThroughput": -1, "uploadThroughput": -1}
    line.send("Network.emulateNetworkConditions", slow)
    line.send("Emulation.setCPUThrottlingRate", {"rate": 3})
    page.evaluate(_WATCH)
    page.fill("#question textarea", "Who elects the President?")
    page.keyboard.press("Enter")
    waiting = page.locator(".az-asked")
    waiting.wait_for()
    assert waiting.inner_text() == "Who elects the President?"
    assert page.evaluate("window.times.shown - window.times.enter") < _LATENCY
    expect(page.locator("#question button").first).to_be_disabled()
    expect(page.locator("#stop")).to_be_visible()
    keep(page, "waiting")
    page.locator(".az-how").first.wait_for(timeout=30_000)
    page.locator("#stop").wait_for(state="hidden", timeout=30_000)
    assert waiting.count() == 0
    expect(page.locator("#question button").first).to_be_enabled()


@pytest.mark.parametrize(
    ("language", "question"),
    [
        ("en", "Can I hold a second citizenship?"),
        ("ru", "Какая завтра погода?"),
        ("kk", "Президентті кім сайлайды?"),
    ],
)
def test_what_is_offered_next_is_asked_by_a_tap_and_answered(open_page: Open, language: str, question: str) -> None:
    page = open_page(language, size="phone")
    ask(page, question)
    page.locator(".az-following").wait_for()
    asked = [question]
    for _ in range(2):
        offered = page.locator(".az-following").last.locator("button").all_inner_texts()
        assert len(offered) in {2, 3}
        assert not set(offered) & set(asked)
        before = page.locator(".az-following").count()
        page.locator(".az-following").last.locator("button").first.click()
        asked.append(offered[0])
        page.wait_for_function(f"document.querySelectorAll('.az-following').length > {before}")
        last = page.locator(".az-answer").last
        assert last.locator(".az-abstained").count() == 0
        assert last.get_attribute("lang") == language
        assert last.locator(".az-card").count() >= 1
    assert page.locator("#chat .az-plain").all_inner_texts() == asked
    keep(page, f"next-{language}")


def test_the_day_is_picked_from_a_calendar_and_taken_away_by_its_mark(page: Page) -> None:
    unfold_options(page)
    page.locator("#calendar input").fill("2019-12-31")
    chosen = page.locator("#chosen .az-chip")
    page.get_by_text("Law on 31 December 2019").wait_for()
    ask(page, "Is there a Senate?")
    assert page.locator(".az-card.art_50__para_1, .az-card.art_50__para_2").count() >= 1
    chosen.get_by_role("button").click()
    chosen.wait_for(state="hidden")
    assert page.locator("#day textarea, #day input").first.input_value() == ""
    assert page.locator("#calendar input").input_value() == ""
    page.get_by_role("button", name="Before 1 July 2026").click()
    page.get_by_text("Law on 30 June 2026").wait_for()
    page.get_by_role("button", name="Today", exact=True).click()
    chosen.wait_for(state="hidden")
    keep(page, "day")


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_on_a_phone_all_of_use_stands_above_the_fold(open_page: Open, language: str) -> None:
    page = open_page(language, size="phone")
    page.wait_for_timeout(500)  # the words of the language take the place of the English ones
    for place in (".az-welcome", ".az-covered", ".az-welcome .az-chips", "#example-q1", "#example-q4", "#question"):
        box = page.locator(place).bounding_box()
        assert box, place
        assert box["y"] + box["height"] <= 740, place
        assert box["x"] >= 0, place
        assert box["x"] + box["width"] <= 360, place
    keep(page, f"first-{language}")
    ask(page, "Конституция")
    assert not page.locator("#example-q1").is_visible()
    assert not page.locator(".az-covered").is_visible()
