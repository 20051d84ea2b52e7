"""What a browser gets before Gradio runs in it, and where there is no network: the first page's language and words, the
card of a shared link, the page for being offline. Never: tabs, answers, anything that Gradio draws."""

from page.opening.addresses import add_addresses
from page.opening.first_page import open_with

__all__ = ["add_addresses", "open_with"]
