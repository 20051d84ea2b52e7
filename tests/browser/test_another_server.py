"""A page whose server went away, while another behind the same proxy answers."""

from __future__ import annotations

from contextlib import ExitStack

from playwright.sync_api import Browser

from corpus import Folders
from qa import Assistant
from tests.browser.conftest import ask, keep
from tests.reverse_proxy import proxied
from tests.server import served

_LEASE = b"The landlord repairs the roof of the garden house at his own cost within two weeks.\n"


def test_the_page_goes_on_with_its_conversation_and_says_that_the_documents_are_gone(
    browser: Browser, assistant: Assistant, installed_folders: Folders
) -> None:
    servers = [ExitStack(), ExitStack()]
    urls = [server.enter_context(served(assistant, installed_folders)) for server in servers]
    with servers[0], servers[1], proxied([int(url.rsplit(":", 1)[1]) for url in urls]) as url:
        page = browser.new_page(locale="en-GB")
        page.goto(url)
        page.wait_for_selector("#tab-ask-button")
        page.set_input_files(
            "input[type=file]:has(+ #entrance)", {"name": "lease.txt", "mimeType": "text/plain", "buffer": _LEASE}
        )
        page.get_by_text("is searched from now on").first.wait_for()
        ask(page, "Who repairs the roof of the garden house?")
        page.wait_for_timeout(500)
        page.fill("#question textarea", "And who pays")
        (its_own,) = (cookie["value"] for cookie in page.context.cookies() if cookie["name"] == "server")
        with page.expect_navigation():
            servers[int(its_own)].close()
        page.locator("#added").get_by_text("Not held in this window: lease.txt.").wait_for()
        assert page.locator("#connection").is_hidden()
        page.locator("#chat .az-plain, #chat .az-asked-text").first.wait_for()
        assert page.get_by_text("Who repairs the roof of the garden house?").count() >= 1
        page.wait_for_function("document.querySelector('#question textarea').value === 'And who pays'")
        keep(page, "another-server")
        ask(page, "Is there a death penalty?")
        page.close()
