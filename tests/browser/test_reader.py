"""The reader's promises: hits open at their paragraph, each paragraph has an address, a document is read as a whole."""

from __future__ import annotations

import time
from io import BytesIO
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from corpus import LANGUAGES
from tests.browser.conftest import Open, go_to, keep

_NEW = "/?doc=kz-constitution-2026"
_LARGEST = "/?doc=kz-constitution-1995"
_FIND = {"kk": "Бапты нөмірі", "ru": "Найти статью", "en": "Find an article"}
_SEEN = """(selector) => { const part = document.querySelector(selector); if (!part) return false;
  const { top } = part.getBoundingClientRect(); return part.offsetParent && top >= 0 && top < innerHeight - 60; }"""


def _query(page: Page) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(page.url).query).items()}


def _find(page: Page, language: str, words: str) -> None:
    page.get_by_label(_FIND[language]).fill(words)
    page.locator(".az-found").wait_for()


def _seen(page: Page, selector: str) -> None:
    page.wait_for_function(_SEEN, arg=selector)


@pytest.mark.parametrize(
    ("language", "words", "place", "form", "size"),
    [
        ("kk", "балалар", "art_13__para_3", "балаға", "phone"),
        ("ru", "дети", "art_13__para_3", "детей", "desktop"),
        ("en", "lawyers", "art_18__para_4", "lawyer", "phone"),
    ],
)
def test_a_hit_opens_at_its_paragraph_with_its_words_marked(
    open_page: Open, language: str, words: str, place: str, form: str, size: str
) -> None:
    page = open_page(language, size=size, at=f"{_NEW}&art=96&lang={language}")
    page.locator(".az-article h2").wait_for()
    _find(page, language, words)
    article, paragraph = place.removeprefix("art_").split("__para_")
    page.locator(f".az-found a[href*='art={article}&para={paragraph}&']").first.click()
    _seen(page, f"#article #{place}.az-here")
    assert form in [text.lower() for text in page.locator(f"#{place} mark").all_inner_texts()]
    assert _query(page) == {
        "doc": "kz-constitution-2026", "art": article, "para": paragraph, "find": words, "lang": language
    }  # fmt: skip
    assert not page.locator(".az-found li").first.is_visible()
    keep(page, f"hit-{language}-{size}")
    page.locator(".az-found summary").click()
    assert page.locator(".az-found li").first.is_visible()
    page.go_back()
    page.wait_for_function("location.search.includes('art=96')")
    page.locator("#art_96__para_1, #art_96").first.wait_for()
    assert page.locator("#article mark, #article .az-here").count() == 0


def test_what_was_mended_in_a_search_is_told(open_page: Open) -> None:
    page = open_page("ru", at=f"{_NEW}&art=1&lang=ru")
    page.locator(".az-article h2").wait_for()
    _find(page, "ru", "презедент")
    page.get_by_text("«презедент» нигде нет; вот где есть «президент»").wait_for()
    page.locator(".az-found a").first.click()
    page.locator("#article mark").first.wait_for()
    assert _query(page)["find"] == "президент"


def test_a_search_can_be_asked(open_page: Open) -> None:
    page = open_page("ru", at=f"{_NEW}&art=1&lang=ru")
    page.locator(".az-article h2").wait_for()
    asked = []
    for words in ("двойное гражданство", "абракадабра"):  # the second is found nowhere
        _find(page, "ru", words)
        page.locator(".az-found", has_text="Нет статьи" if asked else words).wait_for()
        page.get_by_role("button", name="Спросить об этом").click()
        asked.append(words)
        expect(page.locator(".az-how")).to_have_count(len(asked), timeout=30_000)
        page.wait_for_function("!document.body.classList.contains('az-busy')")  # till then another would wait
        assert page.locator("#chat .az-plain").all_inner_texts() == asked
        page.wait_for_function("(words) => new URLSearchParams(location.search).get('q') === words", arg=words)
        page.go_back()
        page.wait_for_selector("#tab-read-button[aria-selected='true']")


def test_a_paragraph_has_an_address_and_back_returns(open_page: Open) -> None:
    page = open_page(at=f"{_NEW}&art=18&para=4&lang=en")
    _seen(page, "#art_18__para_4.az-here")
    page.get_by_role("link", name="Art. 18(2)", exact=True).click()
    _seen(page, "#art_18__para_2.az-here")
    assert page.locator(".az-here").count() == 1
    assert _query(page)["para"] == "2"
    page.go_back()
    _seen(page, "#art_18__para_4.az-here")
    page.locator("#language").get_by_label("Русский").click()
    page.get_by_role("link", name="ст. 18 п. 4", exact=True).wait_for()
    page.locator("#art_18__para_4.az-here").wait_for()
    page.wait_for_url("**lang=ru**")
    assert _query(page) == {"doc": "kz-constitution-2026", "art": "18", "para": "4", "lang": "ru"}


@pytest.mark.parametrize("article", ["46", "art_46"])
def test_a_paragraph_that_is_not_there_opens_the_article(open_page: Open, article: str) -> None:
    page = open_page(at=f"{_NEW}&art={article}&para=%3Cb%3E&lang=en")
    page.locator("#article").get_by_text("46").first.wait_for()
    assert page.locator(".az-here").count() == 0


def test_another_document_has_its_address_and_back_returns(open_page: Open) -> None:
    page = open_page(at=f"{_NEW}&art=18&lang=en")
    page.get_by_role("heading", name="Art. 18.").wait_for()
    page.locator("#document input").click()
    page.get_by_role("option", name="1995").first.click()
    page.wait_for_function("location.search.includes('doc=kz-constitution-1995')")
    page.go_back()
    page.get_by_role("heading", name="Art. 18.").wait_for()
    assert _query(page)["doc"] == "kz-constitution-2026"


def test_official_texts_stand_first_and_the_readers_language_before_others(open_page: Open) -> None:
    page = open_page("en", at="/?doc=kz-constitution-2026&art=18")
    page.locator(".az-article h2").wait_for()
    for code in range(len(LANGUAGES)):
        page.locator("#shown input").nth(code).check()
    page.wait_for_function("document.querySelectorAll('#art_18__para_2 .az-pair > div').length === 5")
    for language in ("kk", "ru", "en"):
        _stands_in_order(page, language)


def _stands_in_order(page: Page, language: str) -> None:
    page.locator("#language input").nth(LANGUAGES.index(language)).check()
    page.wait_for_function(f"document.querySelector('.az-article').lang === '{language}'")
    page.locator("#shown input").nth((LANGUAGES.index(language) + 1) % 3).check()
    for code in range(len(LANGUAGES)):
        page.locator("#shown input").nth(code).check()
    page.wait_for_function("document.querySelectorAll('#art_18__para_2 .az-pair > div').length === 5")
    cells = page.locator("#art_18__para_2 .az-pair > div")
    found = [(cell.get_attribute("class"), cell.get_attribute("lang")) for cell in cells.all()]
    ours = [language, *(code for code in LANGUAGES if code != language)]
    official = ["kk", "ru"] if language == "kk" else ["ru", "kk"]
    assert found == [("az-official", code) for code in official] + [("az-words-of-ours", code) for code in ours]
    assert len({cell.get_attribute("data-name") for cell in cells.all()}) == 5


def test_a_whole_document_is_read_on_one_page_and_its_contents_follow(open_page: Open) -> None:
    page = open_page("ru", at=f"{_LARGEST}&art=61&lang=ru")
    page.locator(".az-article h2").wait_for()
    for code in range(len(LANGUAGES)):
        page.locator("#shown input").nth(code).check()
    page.wait_for_function("document.querySelectorAll('.az-article section .az-official').length > 20")
    page.wait_for_timeout(500)
    begun = time.perf_counter()
    page.get_by_role("link", name="Документ целиком").click()
    _seen(page, ".az-part[data-article='61']")
    assert time.perf_counter() - begun < 20  # a hang; how fast it is depends on the machine
    assert page.locator(".az-part").count() == 103
    assert page.url.endswith("&whole=1&lang=ru#art_61")
    page.locator(".az-contents a", has_text="ст. 49").first.click()
    _seen(page, ".az-part[data-article='49']")
    page.wait_for_function("document.querySelector('.az-contents li[aria-current]')?.dataset.article === '49'")
    page.mouse.move(900, 500)
    page.mouse.wheel(0, 4000)
    page.wait_for_function("!['#art_49', '#art_61'].includes(location.hash)")
    current = page.locator(".az-contents li[aria-current]").get_attribute("data-article")
    assert page.url.endswith(f"#art_{current}")
    assert page.locator(".az-contents li[aria-current]").is_visible()
    page.go_back()
    _seen(page, ".az-part[data-article='61']")
    page.get_by_role("link", name="По одной статье").click()
    page.locator(".az-whole").wait_for(state="detached")
    assert page.locator(".az-article h2").inner_text().startswith("ст. 61")


def test_on_a_phone_the_contents_of_a_whole_document_fold(open_page: Open) -> None:
    page = open_page("kk", size="phone", at=f"{_NEW}&whole=1&lang=kk#art_18__para_2")
    _seen(page, "#art_18__para_2.az-here")
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    page.wait_for_function("document.querySelector('.az-now').textContent === '18-бап'")
    assert not page.locator(".az-contents-list").is_visible()
    keep(page, "whole-phone")
    page.locator(".az-fold").click()
    entry = page.locator(".az-contents li", has_text="19-бап")
    box = entry.locator("a").bounding_box()
    assert box
    assert box["height"] >= 44
    entry.locator("a").click()
    _seen(page, ".az-part[data-article='19']")
    assert not page.locator(".az-contents-list").is_visible()


def test_the_browsers_own_find_reaches_all_of_a_whole_document(open_page: Open) -> None:
    page = open_page("ru", at=f"{_NEW}&whole=1&lang=ru")
    page.locator(".az-part").first.wait_for()
    page.wait_for_function("!reader.arriving")  # the page has scrolled to where the address leads
    assert page.evaluate("window.find('ст. 96 п. 1')") or page.evaluate("window.find('ст. 96')")
    _seen(page, ".az-part[data-article='96']")


@pytest.mark.parametrize(("place", "first", "last"), [("art=18", "18(1)", "18(4)"), ("whole=1", "Art. 1.", "Art. 96.")])
def test_printing_gives_all_of_the_text_and_no_controls(open_page: Open, place: str, first: str, last: str) -> None:
    page = open_page(at=f"{_NEW}&{place}&lang=en")
    page.locator(".az-article h2").wait_for()
    _find(page, "en", "lawyer")
    sheets = PdfReader(BytesIO(page.pdf())).pages
    ends = sheets if len(sheets) < 4 else [*sheets[:2], *sheets[-2:]]  # a sheet takes a third of a second to read
    printed = "\n".join(sheet.extract_text() for sheet in ends)
    assert first in printed
    assert last in printed
    for control in ("Contents", "Copy link", "Ask this", "Whole document", "One article", "Show in", "Articles found"):
        assert control not in printed


def test_the_text_is_reached_from_a_hit_by_keyboard(open_page: Open) -> None:
    page = open_page(at=f"{_NEW}&art=1&lang=en")
    page.locator(".az-article h2").wait_for()
    _find(page, "en", "lawyer")
    page.locator(".az-found a").first.focus()
    page.keyboard.press("Enter")
    page.locator(".az-here").wait_for()
    page.wait_for_function("document.activeElement.closest('.az-here') !== null")
    go_to(page, "ask")
    page.wait_for_function("location.search === ''")
    page.go_back()
    _seen(page, ".az-here")
