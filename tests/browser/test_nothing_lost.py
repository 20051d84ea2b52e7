"""What visitors would lose: the conversation on reload and on the way back, the question with a slip in it, the address
of what they read; and what they take away."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Page

from tests.browser.conftest import Open, ask, go_to, keep, unfold_options


def _asked(page: Page) -> list[str]:
    return page.locator("#chat .az-plain").all_inner_texts()


def _query(page: Page) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(page.url).query).items()}


def _selected(page: Page, tab: str) -> None:
    page.wait_for_selector(f"#tab-{tab}-button[aria-selected='true']")


def test_a_reload_keeps_the_conversation_with_its_cards(open_page: Open) -> None:
    page = open_page("kk")
    ask(page, "Президентті кім сайлайды?")
    ask(page, "Ал мерзімі қанша?")
    before = page.locator(".az-answer").all_inner_texts()
    page.wait_for_timeout(500)
    page.reload()
    page.wait_for_function("document.querySelectorAll('.az-how').length >= 2")
    page.wait_for_selector("#tab-ask-button")  # nothing is seen before the page stands in its language
    assert _asked(page) == ["Президентті кім сайлайды?", "Ал мерзімі қанша?"]
    after = page.locator(".az-answer").all_inner_texts()
    assert [text.split("Бұл қалай")[0] for text in after] == [text.split("Бұл қалай")[0] for text in before]
    keep(page, "reloaded")
    ask(page, "Сайлау қашан өтеді?")
    assert len(_asked(page)) == 3


def test_the_conversation_begun_anew_can_be_brought_back(page: Page) -> None:
    ask(page, "Is there a death penalty?")
    page.click("#clear")
    page.wait_for_function("document.querySelectorAll('.az-answer').length === 0")
    page.click("#undo")
    page.wait_for_function("document.querySelectorAll('.az-answer').length === 1")
    page.wait_for_timeout(500)
    page.click("#clear")
    page.wait_for_function("document.querySelectorAll('.az-answer').length === 0")
    page.wait_for_timeout(500)
    page.reload()
    page.wait_for_timeout(1500)
    assert _asked(page) == []


def test_back_from_the_reader_returns_to_the_answer(page: Page) -> None:
    ask(page, "Who elects the President?")
    assert _query(page) == {"q": "Who elects the President?"}
    page.locator(".az-card a.az-open").first.click()
    _selected(page, "read")
    assert _query(page)["art"] == "43"
    page.locator(".az-neighbours a").last.click()
    page.wait_for_function("location.search.includes('art=44')")
    go_to(page, "compare")
    page.wait_for_function("location.search === '?tab=compare'")
    for art in ("44", "43"):
        page.go_back()
        _selected(page, "read")
        page.wait_for_function(f"location.search.includes('art={art}')")
    page.go_back()
    _selected(page, "ask")
    assert _query(page) == {"q": "Who elects the President?"}
    assert page.locator(".az-card").first.is_visible()
    assert page.get_by_text("art_None").count() == 0


def test_a_tab_has_an_address(page: Page) -> None:
    for tab in ("read", "topics", "compare", "documents", "evaluate", "about"):
        page.goto(f"{page.url.split('?')[0]}?tab={tab}")
        _selected(page, tab)


def test_a_question_has_an_address_and_is_asked_once(open_page: Open) -> None:
    page = open_page(
        "ru",
        at="/?q=%D0%95%D1%81%D1%82%D1%8C+%D0%BB%D0%B8+%D1%81%D0%BC%D0%B5%D1%80%D1%82%D0%BD%D0%B0%D1%8F+%D0%BA%D0%B0%D0%B7%D0%BD%D1%8C%3F",
    )
    page.locator(".az-card.art_17__para_3").wait_for()
    page.wait_for_timeout(500)
    page.reload()
    page.locator(".az-card.art_17__para_3").wait_for()
    assert _asked(page) == ["Есть ли смертная казнь?"]


def test_the_language_chosen_later_outlives_that_of_the_address(open_page: Open) -> None:
    page = open_page("en", at="/?doc=kz-constitution-2026&art=18&lang=en")
    page.locator("#language").get_by_label("Қазақша").click()
    page.wait_for_function("document.documentElement.lang === 'kk'")
    page.wait_for_timeout(500)
    page.reload()
    page.wait_for_function("document.documentElement.lang === 'kk'")


def test_a_day_is_read_as_people_write_it_and_a_wrong_one_keeps_the_question(page: Page) -> None:
    unfold_options(page)
    day = page.locator("#day textarea, #day input").first
    day.fill("31.12.2025")
    page.get_by_text("Law on 31.12.2025").wait_for()
    ask(page, "Is there a Senate?")
    assert page.locator(".az-card.art_50__para_1, .az-card.art_50__para_2").count() >= 1
    day.fill("soon")
    page.fill("#question textarea", "Is there a Majilis?")
    page.keyboard.press("Enter")
    page.get_by_text("'soon' is not a date").wait_for()
    assert page.input_value("#question textarea") == "Is there a Majilis?"


def test_a_follow_up_can_be_asked_as_new_and_a_question_edited(page: Page) -> None:
    ask(page, "Who elects the President?")
    ask(page, "And how long is the term?")
    page.get_by_role("button", name="Ask as new").click()
    page.wait_for_function("document.querySelectorAll('.az-how').length >= 3")
    assert page.locator(".az-answer").last.locator(".az-reading").count() == 0
    page.get_by_role("button", name="Edit and ask again").first.click()
    assert page.input_value("#question textarea") == "Who elects the President?"


def test_an_answer_is_shared_as_plain_text_with_its_address(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate("navigator.share = undefined")
    ask(page, "Can I hold a second citizenship?")
    page.get_by_role("button", name="Share").last.click()
    page.locator(".az-actions .az-done").wait_for()
    text = page.evaluate("navigator.clipboard.readText()")
    assert text.startswith("Can I hold a second citizenship?")
    assert "«" in text
    assert "Art. 13(3)" in text
    assert page.url in text
    assert "**" not in text


def test_the_page_scrolls_as_one_and_the_question_box_stays_in_reach(open_page: Open) -> None:
    page = open_page("kk")
    ask(page, "Президенттің өкілеттіктері қандай?")
    for width, height in ((360, 740), (683, 500), (768, 1024), (1366, 768)):
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_timeout(200)
        inner = page.evaluate(
            "[...document.querySelectorAll('#chat, #chat *')].filter(e => e.scrollHeight > e.clientHeight + 4 &&"
            " ['auto', 'scroll'].includes(getComputedStyle(e).overflowY)).length"
        )
        assert inner == 0, width
        box = page.locator("#question").bounding_box()
        assert box
        assert 0 <= box["y"] < height - 30, width
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), width
        keep(page, f"whole-{width}")


def test_what_is_folded_is_printed(page: Page) -> None:
    ask(page, "What are my rights if I am arrested?")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator(".az-answer details:not([open]):not(.az-how, .az-cite)").count() == 0
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator(".az-answer details:not([open]):not(.az-how, .az-cite)").count() > 0


def test_name_languages_and_theme_stand_clear_of_each_other(open_page: Open) -> None:
    page = open_page("ru")
    for width, height in ((360, 740), (683, 384), (740, 360), (800, 1000), (1366, 768)):
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_timeout(200)
        _stands_clear(page, width)


def _stands_clear(page: Page, width: int) -> None:
    boxes = [box for name in ("#language label", "#theme") for box in _boxes(page, name)]
    name = page.evaluate(
        "() => { const range = document.createRange(); range.selectNodeContents(document.querySelector('.az-head h1'));"
        " const box = range.getBoundingClientRect(); return [box.left, box.top, box.right, box.bottom]; }"
    )
    boxes.append(tuple(name))
    assert len(boxes) == 5
    for place, one in enumerate(boxes):
        assert 0 <= one[0] < one[2] <= width
        for other in boxes[place + 1 :]:
            assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1], (one, other)


def _boxes(page: Page, selector: str) -> list[tuple[float, ...]]:
    """Left, top, right and bottom of what stands there."""
    found = [part.bounding_box() for part in page.locator(selector).all()]
    return [(box["x"], box["y"], box["x"] + box["width"], box["y"] + box["height"]) for box in found if box]
