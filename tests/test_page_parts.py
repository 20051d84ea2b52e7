"""Parts of the page that need no browser: what a browser gives back, work that can be stopped, what is set."""

from __future__ import annotations

import html
import re
import struct
import threading
import time
from collections.abc import Iterator

import httpx
import pytest

from corpus import LANGUAGES, Folders
from page.background import ticking
from page.tabs.asking_options import chosen_view
from page.translation import say
from page.views.conversation import MOST_KEPT, Asked, Exchange, kept, to_keep
from page.views.export import as_markdown, conversation_markdown, conversation_page, to_share
from qa import Assistant
from qa.setup.private_library import PrivateLibrary
from tests.server import served


def test_what_a_browser_gives_back_is_taken_only_as_questions() -> None:
    rows = [{"q": "Why?", "day": "2020", "alone": True}, {"q": " "}, {"q": 3}, "x", None, {"q": "How?", "day": 7}]
    assert kept(rows) == [Asked("Why?", "2020", alone=True), Asked("How?")]
    for nonsense in (None, "x", {"q": "Why?"}, 3):
        assert kept(nonsense) == []
    assert len(kept([{"q": str(n)} for n in range(99)])) == MOST_KEPT
    assert len(kept([{"q": "x" * 9000}])[0].question) == 2000


def test_a_conversation_is_kept_by_its_questions(assistant: Assistant) -> None:
    answer = assistant.ask("Is there a death penalty?")
    assert kept(to_keep([Exchange(answer, None, "2020-01-01", alone=True, whose="own")])) == [
        Asked("Is there a death penalty?", "2020-01-01", alone=True, whose="own")
    ]
    assert kept([{"q": "Why?", "whose": "theirs"}]) == [Asked("Why?", whose="law")]


def test_work_gives_what_it_makes_and_ticks_while_it_makes_nothing() -> None:
    def work() -> Iterator[int]:
        yield 1
        time.sleep(0.25)
        yield 2

    made = list(ticking(work(), 0.05))
    assert [each for each in made if each is not None] == [1, 2]
    assert None in made


def test_work_that_is_stopped_is_closed_and_what_it_raises_is_raised() -> None:
    closed = threading.Event()

    def work() -> Iterator[int]:
        try:
            while True:
                yield 1
                time.sleep(0.01)
        finally:
            closed.set()

    steps = ticking(work(), 1.0)
    assert next(steps) == 1
    steps.close()
    assert closed.wait(5)

    def fails() -> Iterator[int]:
        yield 1
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        list(ticking(fails(), 1.0))


@pytest.mark.parametrize(("language", "told"), [("en", "Law on"), ("ru", "Право на"), ("kk", "Заң күні")])
def test_what_is_set_is_told(language: str, told: str) -> None:
    assert chosen_view(language, " ", consent=False, prose=False) == ""
    shown = chosen_view(language, "<b>2020", consent=True, prose=True)
    assert shown.count("az-chip") == 4
    assert told in shown
    assert "<b>" not in shown
    assert chosen_view(language, "", consent=False, prose=False, whose="own").count("az-chip") == 2


def test_what_is_taken_away_holds_ones_own_documents(assistant: Assistant, installed_folders: Folders) -> None:
    library = PrivateLibrary(assistant, installed_folders.index)
    try:
        library.add(b"Rules of the garden\n\n1. Dogs are not admitted to the garden at night.", "garden.txt", "en")
        question = "Are dogs admitted to the garden at night?"
        exchange = Exchange(assistant.ask(question), library.ask(question))
        for text in (
            as_markdown(*exchange[:2]),
            to_share(*exchange[:2]),
            conversation_markdown([exchange], "en"),
            conversation_page([exchange], "en"),
        ):
            assert "Dogs are not admitted to the garden at night." in text
            assert "garden.txt" in text or "Rules of the garden" in text
    finally:
        library.close()


def test_the_page_has_an_icon_a_manifest_and_a_card_in_three_languages(
    assistant: Assistant, installed_folders: Folders
) -> None:
    with served(assistant, installed_folders) as url:
        icon = httpx.get(f"{url}/atazan.svg")
        manifest = httpx.get(f"{url}/atazan.webmanifest")
        page = httpx.get(url).text
    assert icon.headers["content-type"].startswith("image/svg+xml")
    assert manifest.headers["content-type"].startswith("application/manifest+json")
    assert manifest.json()["icons"][0]["src"] == "atazan.svg"
    for language in LANGUAGES:
        assert say("subtitle", language) in html.unescape(page)
    assert 'property="og:title"' in page


def test_a_shared_link_has_its_card_in_the_language_of_the_address(
    assistant: Assistant, installed_folders: Folders
) -> None:
    with served(assistant, installed_folders) as url:
        kazakh = httpx.get(f"{url}/?lang=kk").text
        unnamed = httpx.get(f"{url}/").text
        picture = httpx.get(f"{url}/atazan-card.png?lang=kk")
    assert '<html\n\tlang="kk"' in kazakh
    assert f'property="og:description" content="{say("subtitle", "kk")}"' in kazakh
    assert all(html.escape(say("subtitle", code)) in unnamed for code in ("kk", "ru", "en"))
    assert re.findall('property="og:image" content="([^"]*)"', kazakh) == [f"{url}/atazan-card.png?lang=kk"]
    assert picture.headers["content-type"] == "image/png"
    assert struct.unpack(">II", picture.content[16:24]) == (1200, 630)
