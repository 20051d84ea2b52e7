"""One's own documents on the page: which texts are asked, both sides told apart, the clause opened where it stands,
files dropped anywhere, and all of it kept with the conversation and taken away with it."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page

from tests.browser.conftest import Open, ask, go_to, keep, unfold_options

_LEASE = """<h1>Lease</h1><h2>1. Subject</h2>
<p>1.1. The landlord lets the garden house on Poplar Street to the tenant for a year from today.</p>
<h2 style="break-before: page">5. Entry</h2>
<p>5.1. The landlord may enter the tenant's home only with consent or by decision of a court.</p>"""
_HOME = "May anyone enter my home without consent or a decision of a court?"
_CLAUSE = "The landlord may enter the tenant's home"
_GARDEN = "Rules of the garden\n\n1. Dogs are not admitted to the garden at night."


@pytest.fixture(scope="module")
def lease(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A PDF of two pages, as a browser prints it."""
    file = tmp_path_factory.mktemp("lease") / "lease.pdf"
    page = browser.new_page()
    page.set_content(_LEASE)
    page.pdf(path=file)
    page.close()
    return file


@pytest.fixture
def holding(open_page: Open, lease: Path) -> Page:
    """A visitor who holds the lease, about to ask."""
    page = open_page()
    _drop(page, {lease.name: lease.read_bytes()})
    _told(page, "#added", 1)
    return page


def _drop(page: Page, files: dict[str, bytes | int]) -> None:
    """Files of these contents, or of so many empty bytes, let go over the page."""
    page.evaluate(
        """(files) => {
            const dataTransfer = new DataTransfer();
            for (const [name, bytes] of files) // a number makes so many zeros
                dataTransfer.items.add(new File([new Uint8Array(bytes)], name));
            const given = { dataTransfer, cancelable: true, bubbles: true };
            document.body.dispatchEvent(new DragEvent('dragover', given));
            document.body.dispatchEvent(new DragEvent('drop', given));
        }""",
        [[name, data if isinstance(data, int) else list(data)] for name, data in files.items()],
    )


def _told(page: Page, where: str, count: int) -> list[str]:
    page.wait_for_function(
        f"document.querySelectorAll('{where} li').length >= {count} && !document.querySelector('{where} .az-going')",
        timeout=60_000,
    )
    return page.locator(f"{where} li").all_inner_texts()


def _y(part: Locator) -> float:
    return float(part.evaluate("part => part.getBoundingClientRect().y"))


def _height(part: Locator) -> float:
    return float(part.evaluate("part => part.getBoundingClientRect().height"))


def _choose(page: Page, whose: str) -> None:
    page.locator("#whose").get_by_label(whose, exact=True).check()
    page.wait_for_timeout(500)


def _last(page: Page) -> str:
    return page.locator(".az-answer").last.inner_text()


def test_both_are_told_apart_side_by_side_and_under_each_other_on_a_phone(holding: Page) -> None:
    ask(holding, _HOME)
    own, law = holding.locator(".az-sides .az-side").all()
    assert own.locator("h3").inner_text() == "Your document says"
    assert law.locator("h3").inner_text() == "The Constitution says"
    assert _CLAUSE in own.inner_text()
    keep(holding, "own-both")
    assert _y(own) == _y(law)
    holding.set_viewport_size({"width": 360, "height": 740})
    assert _y(own) + _height(own) <= _y(law)
    assert holding.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_ones_own_documents_alone_are_asked_and_refuse_for_themselves(holding: Page) -> None:
    _choose(holding, "My documents")
    assert holding.locator("#chosen").inner_text().strip() == "only my documents"
    ask(holding, _HOME)
    assert _CLAUSE in _last(holding)
    assert "Constitution" not in _last(holding).split("How was this found?")[0]
    ask(holding, "What does article 18 say?")
    assert "Your documents do not say this." in _last(holding)
    ask(holding, "clause 9 of my contract")
    assert "I find no clause 9 in your documents." in _last(holding)
    _choose(holding, "The Constitution")
    ask(holding, _HOME)
    assert _CLAUSE not in _last(holding)


def test_a_card_tells_the_page_and_the_heading_and_opens_the_clause_for_its_holder_alone(
    holding: Page, open_page: Open
) -> None:
    ask(holding, _HOME)
    card = holding.locator(".az-side .az-card").first
    assert card.locator("> summary").inner_text().startswith("page 2 · 5. Entry")
    card.get_by_role("link", name="Open in reader").click()
    clause = holding.locator("#own-text [aria-current]")
    clause.wait_for()
    assert _CLAUSE in clause.inner_text()
    holding.wait_for_function(
        "(() => { const at = document.querySelector('#own-text [aria-current]').getBoundingClientRect();"
        " return at.top >= 0 && at.bottom <= innerHeight; })()"
    )
    keep(holding, "own-reader")
    assert not holding.locator("#article").is_visible()
    other = open_page(at=holding.url.removeprefix(holding.url.split("/?")[0]))
    other.get_by_text("There is no such document in this window.").wait_for()
    assert _CLAUSE not in other.content()
    holding.get_by_role("link", name="To the laws").click()
    holding.locator("#article .az-article").wait_for()
    assert holding.locator("#own-text [aria-current]").count() == 0


def test_files_dropped_are_told_of_one_by_one(open_page: Open) -> None:
    page = open_page("ru")
    files: dict[str, bytes | int] = {"сад.txt": _GARDEN.encode(), "large.pdf": 11 * 2**20, "note.rtf": b"{\\rtf1 x}"}
    _drop(page, {**files, "empty.txt": b""})
    told = _told(page, "#added", 4)
    assert told == [
        "сад.txt теперь тоже ищется, пунктов: 2. Спрашивайте на вкладке «Вопрос».",
        "large.pdf больше 10 МБ; разделите файл.",
        "note.rtf не читается: Это файл RTF; сохраните его как DOCX или PDF.",
        "empty.txt не читается: Файл пуст.",
    ]
    _drop(page, {"1.txt": b"One line of text.", "2.txt": b"Another line of text.", "3.txt": b"A third line."})
    page.get_by_text("3.txt не добавлен. Не больше 3 документов сразу").first.wait_for(timeout=60_000)
    go_to(page, "documents")
    rows = page.locator(".az-shelf li")
    assert rows.count() == 3
    assert "текст · пунктов: 2 · добавлен в " in rows.first.inner_text()
    page.set_viewport_size({"width": 360, "height": 740})
    for pressed in page.locator(".az-shelf a, .az-shelf summary, #upload").all():
        assert _height(pressed) >= 44
    keep(page, "own-shelf-phone")


def test_the_conversation_kept_says_that_the_documents_are_gone(holding: Page) -> None:
    ask(holding, _HOME)
    _choose(holding, "My documents")
    ask(holding, _HOME)
    holding.wait_for_timeout(500)
    holding.reload()
    holding.wait_for_function("document.querySelectorAll('.az-how').length >= 2")
    both, own = holding.locator(".az-answer").all_inner_texts()
    assert "Your documents were asked beside" in both
    assert "This was asked of your documents" in own
    holding.locator("#added").get_by_text("Not held in this window: lease.pdf").wait_for()
    assert not holding.locator("#whose").is_visible()


def test_what_is_taken_away_is_what_the_screen_shows(holding: Page) -> None:
    holding.context.grant_permissions(["clipboard-read", "clipboard-write"])
    holding.evaluate("navigator.share = undefined")
    ask(holding, _HOME)
    _choose(holding, "My documents")
    ask(holding, _HOME)
    unfold_options(holding)
    taken = []
    for button in ("#export-markdown", "#export-print"):
        with holding.expect_download() as started:
            holding.click(button)
        taken.append(Path(started.value.path()).read_text(encoding="utf-8"))
    for name in ("Copy answer", "Share"):
        holding.get_by_role("button", name=name).first.click()
        holding.wait_for_timeout(300)
        taken.append(holding.evaluate("navigator.clipboard.readText()"))
    for text in taken:
        at = [text.index(part) for part in ("Your document says", "page 2 · 5. Entry", "The Constitution says")]
        assert at[0] < at[2]
    for text in taken[:2]:
        assert text.count("Your document says") == 2
        assert text.count("The Constitution says") == 1
