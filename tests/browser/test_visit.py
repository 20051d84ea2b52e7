"""Three visits, each from arriving to leaving: on a phone over a slow line, on a tablet before an examination, and by
keyboard alone. Two more, with files of one's own, are in test_visit_with_files.py."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from page.translation import say
from tests.browser.conftest import Open, ask, go_to
from tests.browser.soundness import printed, station

_SLOW = {"offline": False, "latency": 300, "downloadThroughput": 50 * 1024, "uploadThroughput": 50 * 1024}
_SHARE = "navigator.share = (given) => { window.shared = given; return Promise.resolve(); }"  # as a phone's browser has
# Whether one sees where the keyboard is: the element's own ring or, of a field within a frame, that of the frame.
_RING = """() => {
  const focused = document.activeElement;
  if (focused === document.body) return 'nothing has the focus';
  for (let part = focused, up = 0; part && up < 5; part = part.parentElement, up++) {
    const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(part);
    if (outlineStyle !== 'none' && parseFloat(outlineWidth) >= 1 && outlineColor !== 'rgba(0, 0, 0, 0)') return '';
  }
  return focused.outerHTML.slice(0, 160);
}"""


def _copied(page: Page, button: Locator) -> str:
    button.click()
    page.locator(".az-done").first.wait_for()
    return str(page.evaluate("navigator.clipboard.readText()"))


def test_a_student_asks_on_a_phone_over_a_slow_line(open_page: Open) -> None:
    page = open_page("kk", size="phone", touch=True)
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", _SLOW)
    station(page, "student-arrives", "kk")
    questions = ["Конституция білім туралы не дейді?", "Ал ол тегін бе?"]
    ask(page, questions[0])
    expect(page.locator(".az-subject h3").first).to_have_text("Білім беру")
    station(page, "student-subject", "kk")
    ask(page, questions[1])
    answer = page.locator(".az-answer").last
    expect(answer.locator(".az-reading")).to_contain_text(" ".join(questions))
    card = answer.locator(".az-card.art_33__para_1")
    station(page, "student-follows-up", "kk")

    card.get_by_role("link", name=say("open_reader", "kk")).tap()
    expect(page.locator("#article #art_33__para_1.az-here")).to_be_in_viewport(timeout=15_000)
    station(page, "student-reads", "kk")
    page.go_back()
    expect(card.get_by_role("link", name=say("open_reader", "kk"))).to_be_in_viewport(timeout=15_000)
    page.reload()
    page.wait_for_selector("#tab-ask-button")
    expect(page.locator("#chat .az-plain")).to_have_text(questions, timeout=15_000)
    expect(page.locator(".az-subject .az-card").first).to_be_visible()
    expect(card).to_be_visible()

    page.evaluate(_SHARE)
    answer.get_by_role("button", name=say("share", "kk")).tap()
    page.wait_for_function("window.shared")
    shared = page.evaluate("window.shared")
    assert shared["text"].startswith(questions[1])
    for words in ("«", "33-бап 1-тармақ", "https://adilet.zan.kz/kaz/docs/K2600000000"):
        assert words in shared["text"]
    assert "**" not in shared["text"]
    assert shared["url"] == page.url

    offered = answer.locator(".az-following button").first
    questions.append(offered.inner_text())
    offered.tap()
    expect(page.locator(".az-how")).to_have_count(3, timeout=30_000)
    expect(page.locator("#chat .az-plain")).to_have_text(questions)
    assert answer.locator(".az-abstained").count() == 0
    station(page, "student-leaves", "kk")


def test_somebody_learns_for_an_examination_on_a_tablet(open_page: Open) -> None:
    page = open_page("ru", size="tablet", touch=True)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    go_to(page, "read")
    page.get_by_label("Найти статью").fill("презедент присяга")
    hit = page.locator(".az-found a[href*='para=']").first
    hit.wait_for()
    station(page, "learner-finds", "ru")
    hit.tap()
    here = page.locator("#article .az-here")
    expect(here).to_be_in_viewport()
    expect(here.locator("mark").first).to_be_visible()
    station(page, "learner-reads", "ru")
    article = page.locator("#article .az-article > header h2").inner_text().split(".")[1].strip()
    here.locator(".az-cite summary").tap()
    citation = _copied(page, here.get_by_role("button", name="ГОСТ"))
    assert f"Ст. {article}" in citation or f"ст. {article}" in citation
    assert "// Әділет" in citation
    station(page, "learner-cites", "ru")
    paper = printed(page)
    assert f"ст. {article}" in paper
    for control in ("Найти статью", "Сослаться", "Содержание", "Документ целиком", "Тема"):
        assert control not in paper

    page.get_by_role("link", name="Документ целиком").tap()
    expect(page.locator(f".az-part[data-article='{article}']")).to_be_in_viewport()
    expect(page.locator(".az-part")).to_have_count(97)
    station(page, "learner-whole", "ru")

    go_to(page, "compare")
    page.locator("#changes .az-changes > .az-kinds a", has_text="сужено").tap()
    page.locator("#changes .az-filtered").wait_for()
    row = page.locator("#changes .az-change", has_text="ст. 18 п. 2").first
    row.locator("summary .az-kind").tap()
    expect(row.locator("del").last).to_be_visible()
    assert set(page.locator("#changes .az-kind").all_inner_texts()) == {"сужено"}
    station(page, "learner-compares", "ru")
    paper = printed(page)
    for words in ("Что стало с Конституцией 1995 года", "семидесяти двух часов", "сроков, предусмотренных законом"):
        assert words in paper
    for control in ("Сравнить", "Сослаться", "Печать", "Сохранить"):
        assert control not in paper


def _walk(page: Page, to: str, *, back: bool = False) -> None:
    """Press Tab until what has the focus is such; at each stop one sees where one is."""
    for _ in range(80):
        page.keyboard.press("Shift+Tab" if back else "Tab")
        assert page.evaluate(_RING) == ""
        if page.evaluate(f"document.activeElement.matches({to!r})"):
            return
    raise AssertionError(f"the keyboard does not reach {to}")


def _answered(page: Page, question: str) -> None:
    """Type the question where one is and wait for the whole answer."""
    before = page.locator(".az-how").count()
    page.keyboard.type(question)
    page.keyboard.press("Enter")
    expect(page.locator(".az-how")).to_have_count(before + 1, timeout=30_000)
    page.wait_for_function("!document.body.classList.contains('az-busy')")


def test_a_diplomat_asks_reads_and_shares_by_keyboard_alone(open_page: Open) -> None:
    page = open_page("en", size="laptop")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    expect(page.locator("#question textarea")).to_be_focused()
    assert page.evaluate(_RING) == ""
    _answered(page, "What rights do foreigners have?")
    station(page, "diplomat-asks", "en")
    _walk(page, ".az-row-told .az-card > summary", back=True)
    page.keyboard.press("Enter")
    card = page.locator(".az-card[open]").last
    expect(card.locator("blockquote").first).to_be_visible()
    _walk(page, ".az-card[open] a.az-open")
    page.keyboard.press("Enter")
    here = page.locator("#article .az-here")
    expect(here).to_be_in_viewport()
    page.wait_for_function("document.activeElement.closest('.az-here')")
    assert page.evaluate(_RING) == ""
    station(page, "diplomat-reads", "en")
    page.go_back()
    expect(page.locator("#tab-ask-button")).to_have_attribute("aria-selected", "true")
    link = card.locator("a.az-open").first
    expect(link).to_be_focused()
    expect(link).to_be_in_viewport()

    _walk(page, "#tab-ask-button", back=True)
    for tab in ("read", "topics", "compare"):
        page.keyboard.press("ArrowRight")
        expect(page.locator(f"#tab-{tab}-button[aria-selected=true]")).to_be_focused()
        assert page.evaluate(_RING) == ""
    page.locator("#changes .az-rows > summary").first.wait_for()
    _walk(page, "#changes .az-rows > summary")
    page.keyboard.press("Enter")
    _walk(page, "#changes .az-change > summary")
    page.keyboard.press("Enter")
    assert page.url.endswith("?tab=compare")
    expect(page.locator("#changes .az-change[open] .az-text").first).to_be_visible()
    station(page, "diplomat-compares", "en")

    page.keyboard.press("/")
    expect(page.locator("#question textarea")).to_be_focused()
    _answered(page, "Who signs international treaties?")
    _walk(page, "button.az-share", back=True)
    page.keyboard.press("Enter")
    page.locator(".az-share.az-done").wait_for()
    shared = page.evaluate("navigator.clipboard.readText()")
    assert shared.startswith("Who signs international treaties?")
    assert "Art. 46" in shared
    assert shared.endswith(page.url)
    station(page, "diplomat-shares", "en")
