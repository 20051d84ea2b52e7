"""A visitor's own documents in the page: added, cited, kept from others, removed; and measuring a data set."""

from __future__ import annotations

import json
from pathlib import Path

from playwright.sync_api import Page

from tests.browser.conftest import Open, ask, go_to

_LEASE = """The tenant of the garden house on Poplar Street pays the rent by the fifth day of each month.

The landlord repairs the roof of the garden house at his own cost within two weeks of being told.

<b>Cats</b> and dogs may live in the garden house; parrots may not.
"""
_DOCUMENT = "kz-constitution-2026#"
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


def test_a_data_set_is_measured_with_its_failures(page: Page, tmp_path: Path) -> None:
    rows = [
        {"id": article, "question": question, "language": "en", "answerable": True, "gold": [_DOCUMENT + article]}
        for article, question in (
            ("art_13", "Can I hold a second citizenship?"),
            ("art_1", "Is there a death penalty?"),
        )
    ]
    file = tmp_path / "mine.jsonl"
    file.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    go_to(page, "evaluate")
    assert page.locator(".az-bars li").count() >= 6
    with page.expect_file_chooser() as chooser:
        page.click("#dataset")
    chooser.value.set_files(file)
    page.locator(".az-figures").wait_for(timeout=60_000)
    text = page.locator("#measured").inner_text()
    assert "Right article found first" in text
    assert "Answered otherwise than expected: 1" in text
    assert "Is there a death penalty?" in text


def test_a_data_set_that_is_none_is_told_in_a_sentence(page: Page, tmp_path: Path) -> None:
    file = tmp_path / "mine.jsonl"
    file.write_text("not a question\n", encoding="utf-8")
    go_to(page, "evaluate")
    with page.expect_file_chooser() as chooser:
        page.click("#dataset")
    chooser.value.set_files(file)
    page.get_by_text("The data set cannot be used").wait_for(timeout=30_000)
