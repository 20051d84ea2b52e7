"""With a library of laws the page asks where to look, and shows laws with their official pages."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from corpus import Folders
from index import open_embedder
from index.stores import open_store
from qa import open_assistant
from qa.messages import message
from tests.browser.conftest import ask, unfold_options
from tests.codes import LABOUR, put_codes
from tests.conftest import TODAY
from tests.server import served


@pytest.fixture(scope="module")
def library_url(installed_folders: Folders, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = str(tmp_path_factory.mktemp("codes"))
    store = open_store(folder, create=True)
    assert store is not None
    put_codes(store, open_embedder())
    store.close()
    assistant = open_assistant(installed_folders, store=folder, today=lambda: TODAY)
    with served(assistant, installed_folders) as address:
        yield address


def test_laws_are_asked_where_there_is_a_library(browser: Browser, library_url: str, page: Page) -> None:
    unfold_options(page)
    assert page.locator("#where").count() == 0 or not page.locator("#where").is_visible()
    context = browser.new_context(locale="en-GB")
    here = context.new_page()
    here.goto(library_url)
    here.wait_for_function("document.documentElement.lang === 'en'")
    ask(here, "How long is maternity leave?")
    first = here.locator(".az-card").first
    assert "Labour Code, Art. 99" in first.inner_text()
    assert first.locator(f'a[href^="https://laws.example/{LABOUR}/ru"]').count() == 1
    assert first.locator("a.az-open").count() == 0  # the reader has no acts of a library
    unfold_options(here)
    here.get_by_label(message("page.where_constitution", "en"), exact=True).check()
    here.wait_for_selector(f"#chosen >> text={message('page.where_constitution', 'en')}")
    ask(here, "How many days is maternity leave?")
    assert "Labour Code" not in here.locator(".az-answer").last.inner_text()
    context.close()
