"""A visitor's own documents in the page: added, cited, kept from others, removed."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page

from tests.browser.conftest import Open, ask, go_to

_LEASE = """The tenant of the garden house on Poplar Street pays the rent by the fifth day of each month.

The landlord repairs the roof of the garden house at his own cost within two weeks of being told.

<b>Cats</b> and dogs may live in the garden house; parrots may not.
"""
_QUESTION = "Who repairs the roof of the garden house?"


def _add(page: Page, *files: Path) -> None:
    go_to(page, "documents")
    with page.expect_file_chooser() as chooser:
        page.click("#upload")
    chooser.value.set_files(files)
    page.wait_for_function(
        f"document.querySelectorAll('#upload-said li').length >= {len(files)}"
        " && !document.querySelector('#upload-said .az-going')",
        timeout=60_000,
    )


def _lease(folder: Path) -> Path:
    file = folder / "lease <i>.txt"
    file.write_text(_LEASE, encoding="utf-8")
    return file


def test_a_document_is_added_cited_and_removed_and_nobody_else_sees_it(open_page: Open, tmp_path: Path) -> None:
    mine, other = open_page(), open_page()
    _add(mine, _lease(tmp_path))
    go_to(mine, "ask")
    ask(mine, _QUESTION)
    assert "Your document says" in mine.locator(".az-answer").last.inner_text()
    quote = mine.locator(".az-answer blockquote", has_text="repairs the roof")
    assert quote.count() == 1
    ask(other, _QUESTION)
    assert other.locator("blockquote", has_text="repairs the roof").count() == 0
    assert not other.locator("#whose").is_visible()
    go_to(mine, "documents")
    mine.locator(".az-removal summary").click()
    mine.click(".az-forget")
    mine.get_by_text("No document is held").wait_for()
    go_to(mine, "ask")
    assert not mine.locator("#whose").is_visible()
    ask(mine, _QUESTION)
    assert "Your document" not in mine.locator(".az-answer").last.inner_text()


def test_what_is_no_document_is_refused_with_the_reason(page: Page, tmp_path: Path) -> None:
    false = tmp_path / "false.pdf"
    false.write_bytes(b"MZ\x00\x01\x02" * 200)
    _add(page, false)
    assert "false.pdf cannot be read" in page.locator("#upload-said").inner_text()
