"""While texts arrive the page says so; when they have, the sentence goes and what they bring is shown."""

from __future__ import annotations

import socket
from dataclasses import replace

import pytest
from playwright.sync_api import Browser

import app
from corpus import Folders
from qa import Assistant
from qa.messages import message
from qa.setup.arrival import Arrival, AtHand, Underway
from qa.setup.installed import installed


def test_says_what_is_still_being_read_in(browser: Browser, assistant: Assistant, installed_folders: Folders) -> None:
    state = installed(installed_folders)
    if not state.official:
        pytest.skip("needs the mirror of official texts (ATAZAN_MIRROR)")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    arrival = Arrival(AtHand(assistant, replace(state, official=())))
    arrival.underway = Underway(dict.fromkeys(("kk", "ru", "en"), "Book of walnuts"))
    blocks = app.launch(arrival, installed_folders, port=port, per_minute=0, block=False)
    try:
        page = browser.new_page(locale="ru-RU")
        page.goto(f"http://127.0.0.1:{port}")
        told = page.locator("#arriving")
        told.get_by_text(message("page.arriving", "ru")).wait_for()
        assert "Book of walnuts" in told.inner_text()
        page.get_by_role("tab", name=message("page.tab_read", "ru")).click()
        page.locator("#article .az-words-of-ours").first.wait_for()
        official = page.locator("#article .az-official")
        assert official.count() == 0
        arrival.at_hand, arrival.underway = AtHand(assistant, state), None
        told.wait_for(state="hidden")
        official.first.wait_for()
        page.close()
    finally:
        blocks.close()
