"""The page by keyboard, for a screen reader, without English on Kazakh and Russian pages, and without network."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from page.translation import say
from qa.messages import message
from tests.browser.conftest import LOCALES, Open, ask, go_to, keep
from tests.browser.soundness import AXE, english, is_within_the_window, serious

# Each tab with what it shows last.
_TABS = {
    "ask": ".az-how",
    "read": "#article h2",
    "topics": ".az-topics a",
    "compare": "#changes section",
    "documents": "#choosing label",
    "evaluate": ".az-bars li",
    "about": ".az-about",
}
_SIZES = ((360, 740), (683, 384), (1366, 768))
_QUESTION = {
    "kk": "Полицияға не рұқсат?",
    "ru": "Сколько полиция может держать меня без суда?",
    "en": "Who can detain me?",
}
_IN_VAIN = {"kk": "Ертең ауа райы қандай?", "ru": "Какая завтра погода?", "en": "And the weather tomorrow?"}
_WIDE = "Math.round(document.querySelector('.tab-wrapper').getBoundingClientRect().width)"
_DRAWN = "new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))"
# All that is announced, in order.
_HEAR = """() => {
  window.heard = [];
  const place = document.getElementById('announced');
  const hear = () => place.textContent && window.heard.push(place.textContent);
  new MutationObserver(hear).observe(place, {childList: true});
}"""
# What can be seen at each picture of the page, from the first on.
_WATCH = """
window.drawn = new Set();
const look = () => {
  const cover = document.getElementById('opening');
  if (document.body) window.drawn.add((cover?.checkVisibility() ? cover : document.body).innerText.trim());
  requestAnimationFrame(look);
};
look();
"""


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_no_english_on_any_tab_nor_in_what_goes_wrong(open_page: Open, language: str) -> None:
    page = open_page(language)
    ask(page, _QUESTION[language])
    for tab, last in _TABS.items():
        go_to(page, tab)
        page.locator(last).first.wait_for()
        assert english(page, language) == set(), tab
    go_to(page, "documents")
    for name, data in (("дом.zzz", bytes(range(256))), ("том.txt", b"a" * 12 * 2**20)):
        with page.expect_file_chooser() as chooser:
            page.locator("#upload").click()
        chooser.value.set_files({"name": name, "mimeType": "application/x", "buffer": data})
        page.locator("#upload-said .az-refused", has_text=name).wait_for()
        keep(page, f"refused-{name}-{language}")
        assert english(page, language) <= {"zzz"}, name


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_a_question_that_cannot_be_read_is_told_of_in_the_pages_language_and_kept(
    open_page: Open, language: str
) -> None:
    page = open_page(language, size="phone")
    typed = "a" * 3000
    page.fill("#question textarea", typed)
    page.locator("#question .submit-button").click()
    page.get_by_text(message("bad.too_long", language, count=3000, limit=2000)).wait_for()
    expect(page.locator("#question textarea")).to_have_value(typed)
    assert is_within_the_window(page)
    page.fill("#question textarea", "")
    page.locator("#question .submit-button").click()
    page.get_by_text(message("bad.empty", language)).wait_for()


@pytest.mark.parametrize(("language", "scheme"), [("kk", "light"), ("ru", "light"), ("en", "light"), ("kk", "dark")])
def test_every_tab_fits_its_window_and_axe_finds_nothing_serious(open_page: Open, language: str, scheme: str) -> None:
    if not AXE.is_file():
        pytest.skip("axe-core is not installed (make axe)")
    page = open_page(language, scheme=scheme)
    for question in (_QUESTION[language], _IN_VAIN[language]):
        ask(page, question)
    wide: dict[int, set[int]] = {}
    for tab, last in _TABS.items():
        go_to(page, tab)
        page.locator(last).first.wait_for()
        for width, height in _SIZES:
            page.set_viewport_size({"width": width, "height": height})
            page.evaluate(_DRAWN)
            wide.setdefault(width, set()).add(page.evaluate(_WIDE))
            keep(page, f"{tab}-{language}-{scheme}-{width}")
            assert is_within_the_window(page), (tab, width)
            assert serious(page) == [], (tab, width)
    assert {width: len(pages) for width, pages in wide.items()} == {width: 1 for width, _ in _SIZES}


def test_the_theme_is_switched_and_remembered(page: Page) -> None:
    assert not page.evaluate("document.body.classList.contains('dark')")
    page.click("#theme")
    page.wait_for_function("document.body.classList.contains('dark')")
    page.reload()
    page.wait_for_function("document.body.classList.contains('dark')")


def test_the_keyboard_reaches_question_tabs_and_answer(page: Page) -> None:
    box = page.locator("#question textarea")
    expect(box).to_be_focused()
    page.keyboard.press("Escape")
    expect(box).not_to_be_focused()
    page.keyboard.press("/")
    expect(box).to_be_focused()
    expect(box).to_have_value("")
    ask(page, "Who can detain me?")
    page.locator(".az-skip[href='#chat']").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#chat .az-answer").last).to_be_focused()
    page.locator("#tab-ask-button").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#tab-read-button")).to_be_focused()
    expect(page.locator("#tab-read-button")).to_have_attribute("aria-selected", "true")
    expect(page).to_have_title(f"{say('tab_read', 'en')} · Atazan")
    page.keyboard.press("Home")
    expect(page).to_have_title("Atazan")


def test_the_first_stop_of_the_tab_key_leads_to_the_question(open_page: Open) -> None:
    page = open_page(at="/?tab=about")
    page.keyboard.press("Tab")
    expect(page.locator(".az-skip[href='#question']")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#question textarea")).to_be_focused()


def test_turns_have_headings_and_an_answer_is_announced_once(open_page: Open) -> None:
    page = open_page("kk")
    page.evaluate(_HEAR)
    ask(page, _QUESTION["kk"])
    page.wait_for_function("window.heard.length > 0")
    page.wait_for_timeout(500)
    heard = page.evaluate("window.heard")
    assert len(heard) == 1
    assert heard[0].startswith(say("answered", "kk"))
    headings = page.locator("#chat h2").all_inner_texts()
    assert headings == [say("turn_you", "kk"), say("turn_atazan", "kk")]
    assert page.locator("#chat [role=log]").get_attribute("aria-live") == "off"
    assert page.locator("#chat [data-testid][aria-label*='<']").count() == 0


def test_kazakh_letters_go_in_at_the_cursor(open_page: Open) -> None:
    page = open_page("kk", size="phone")
    box = page.locator("#question textarea")
    box.fill("Елші сайлау")
    box.press("Home")
    for letter in "өә":
        page.get_by_role("toolbar", name=say("letters", "kk")).get_by_role("button", name=letter).click()
    expect(box).to_have_value("ӨәЕлші сайлау")
    expect(box).to_be_focused()
    sizes = page.locator("#letters button").evaluate_all(
        "keys => keys.map((key) => key.getBoundingClientRect()).map((r) => Math.min(r.width, r.height))"
    )
    assert len(sizes) == 9
    assert min(sizes) >= 44


def test_other_pages_have_no_kazakh_letters(open_page: Open) -> None:
    page = open_page("ru")
    page.locator("#question textarea").click()
    expect(page.locator("#letters")).to_be_hidden()


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_before_the_page_is_there_its_language_is(browser: Browser, url: str, language: str) -> None:
    context = browser.new_context(locale=LOCALES[language])
    page = context.new_page()
    page.route("**/assets/*.js", lambda route: (page.wait_for_timeout(20), route.continue_()))
    page.add_init_script(_WATCH)
    page.goto(url)
    page.wait_for_selector("#tab-ask-button")
    page.wait_for_timeout(200)
    drawn: list[str] = page.evaluate("[...window.drawn]")
    context.close()
    assert any(say("opening", language) in text for text in drawn)
    others = {"kk", "ru", "en"} - {language}
    for key in ("opening", "tab_about", "placeholder", "welcome"):
        assert not any(say(key, other) in text for text in drawn for other in others), key


def test_a_language_chosen_before_is_there_from_the_first(open_page: Open) -> None:
    page = open_page("en")
    page.locator("#language").get_by_text("Русский").click()
    page.wait_for_function("document.documentElement.lang === 'ru'")
    page.reload(wait_until="commit")
    page.get_by_text(say("opening", "ru")).wait_for()


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_without_network_the_page_says_so_and_keeps_the_question(open_page: Open, language: str) -> None:
    page = open_page(language)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.context.set_offline(True)
    line = page.locator("#connection")
    expect(line).to_have_text(say("offline_line", language))
    page.fill("#question textarea", _QUESTION[language])
    page.keyboard.press("Enter")
    page.wait_for_timeout(1500)
    keep(page, f"offline-{language}")
    assert english(page, language) == set()
    page.context.set_offline(False)
    expect(line).to_be_hidden(timeout=15_000)
    expect(page.locator("#question textarea")).to_have_value(_QUESTION[language], timeout=15_000)
    page.context.set_offline(True)
    page.reload()
    expect(page.locator("h1")).to_have_text(say("offline_title", language))
    assert (
        page.evaluate(
            "caches.keys().then((names) => Promise.all(names.map((n) => caches.open(n).then((c) => c.keys()))))"
            ".then((kept) => kept.flat().length)"
        )
        == 1
    )
    page.context.set_offline(False)
    page.wait_for_selector("#tab-ask-button", timeout=20_000)
