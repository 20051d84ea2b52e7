"""Serving the page, the HTTP API and the MCP server over an assistant."""

from __future__ import annotations

from pathlib import Path

import gradio as gr

from corpus import Folders
from page.admission import PER_MINUTE, Admission
from page.layout import build, css, head
from page.site import Site
from qa import Assistant
from qa.setup.arrival import Arrival, AtHand
from qa.setup.installation import installed

_QUEUE = 128  # events that wait before new ones are refused
_THREADS = 64
_FONTS = ["system-ui", "Segoe UI", "Roboto", "Noto Sans", "sans-serif"]


def page(assistant: Assistant | Arrival, folders: Folders, *, per_minute: int = PER_MINUTE) -> gr.Blocks:
    """The page over an assistant, or one whose texts are still arriving; `per_minute` bounds the questions of one
    address, 0 does not."""
    arrival = assistant if isinstance(assistant, Arrival) else Arrival(AtHand(assistant, installed(folders)))
    return build(Site(arrival, Admission(per_minute), folders))


def launch(
    assistant: Assistant | Arrival,
    folders: Folders,
    *,
    host: str = "127.0.0.1",
    port: int = 7860,
    auth: list[tuple[str, str]] | None = None,
    per_minute: int = PER_MINUTE,
    block: bool = True,
) -> gr.Blocks:
    """Serve the page, the HTTP API and the MCP server; loads nothing from other hosts, opens no share link."""
    blocks = page(assistant, folders, per_minute=per_minute)
    blocks.queue(max_size=_QUEUE, default_concurrency_limit=4)
    blocks.launch(
        server_name=host,
        server_port=port,
        auth=auth,
        share=False,
        quiet=True,
        prevent_thread_lock=not block,
        max_threads=_THREADS,
        max_file_size="11mb",
        theme=gr.themes.Default(primary_hue="sky", font=_FONTS, font_mono=["ui-monospace", "monospace"]),
        css=css(),
        head=head(),
        footer_links=[],
        allowed_paths=[],
        enable_monitoring=False,
        ssr_mode=False,
        mcp_server=True,
    )
    return blocks


def read_accounts(path: Path) -> list[tuple[str, str]]:
    """Names and passwords, `name:password` a line. Raises ValueError with the line, and OSError."""
    accounts = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        name, colon, password = line.strip().partition(":")
        if not (name and colon and password):
            raise ValueError(f"{path.name}, line {number}: write name:password.")
        accounts.append((name, password))
    if not accounts:
        raise ValueError(f"{path.name} names nobody; write name:password, a line each.")
    return accounts
