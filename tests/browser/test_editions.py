"""Reading a document that has several editions: which one is read can be chosen, and the text names it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from corpus import Folders
from qa.setup.arrival import Arrival, AtHand
from tests.browser.conftest import Open, keep
from tests.orchards import LAW, among_real_documents, assistant_of_orchards, installed_orchards
from tests.server import served


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A page over an invented law of two editions."""
    folder = tmp_path_factory.mktemp("orchards")
    folders = Folders(folder / "cache", folder / "data")
    state = installed_orchards(folders)
    at_hand = AtHand(assistant_of_orchards(folders, state), among_real_documents(state))
    with served(Arrival(at_hand), folders) as address:
        yield address


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_one_chooses_the_edition_to_read(open_page: Open, size: str) -> None:
    page = open_page("ru", size=size, at=f"/?doc={LAW}&art=2&lang=ru")
    text = page.locator("#article .az-article")
    text.get_by_text("утром").wait_for()
    assert "редакция от 1 марта 2022 года" in text.inner_text()
    keep(page, f"editions-{size}")
    page.locator("#edition input").click()
    page.get_by_role("option", name="1 января 2020 года").click()
    text.get_by_text("вечером").wait_for()
    assert "редакция от 1 января 2020 года" in text.inner_text()
    assert page.locator("#contents li").count() == 2
    page.locator("#document input").click()
    page.get_by_role("option", name="Конституция 2026 года").click()
    page.locator("#edition").wait_for(state="hidden")
    assert page.locator("#article h2").inner_text().startswith("Преамбула")
    page.locator("#document input").click()
    page.get_by_role("option", name="Сад", exact=True).click()
    page.locator("#edition").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
