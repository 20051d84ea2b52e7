"""JSON as the official sites' interfaces answer: one act, its text as HTML inside.

Two shapes are known: an object with the whole act in `text_content` (adilet.zan.kz; sometimes wrapped in `document`),
and one with `content`, a list of blocks that have HTML in `text` (the national reference bank).
"""

from __future__ import annotations

import json
from typing import Any

from corpus.errors import UnreadableFile
from corpus.readers.html.document import read_html
from corpus.readers.lines import Line

_NOTE = "note"


def read_json(data: bytes) -> list[Line]:
    """Normalised lines of the act. Raises `UnreadableFile` where the JSON is none or holds no act."""
    try:
        found = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise UnreadableFile("json") from None
    html = _act(found)
    if not html:
        raise UnreadableFile("json_no_act")
    return read_html(html.encode("utf-8"))


def _act(found: Any) -> str:
    """The act's HTML, "" where there is none."""
    if not isinstance(found, dict):
        return ""
    if isinstance(found.get("document"), dict):
        return _act(found["document"])
    title = _html("h1", found.get("title"))
    if isinstance(text := found.get("text_content"), str) and text.strip():
        return f"<body>{title}<article>{text}</article></body>"
    if isinstance(blocks := found.get("content"), list):
        parts = [_block(block) for block in blocks if isinstance(block, dict)]
        if any(parts):
            return f"<body>{title}<article>{''.join(parts)}</article></body>"
    return ""


def _html(tag: str, text: object) -> str:
    return f"<{tag}>{text}</{tag}>" if isinstance(text, str) and text.strip() else ""


def _block(block: dict[str, Any]) -> str:
    """A block as an element of its own; what the bank calls a note keeps its mark."""
    text = block.get("text")
    if not isinstance(text, str) or not text.strip():
        return ""
    is_note = _NOTE in str(block.get("type", "")).lower()
    return f'<div class="note">{text}</div>' if is_note else f"<div>{text}</div>"
