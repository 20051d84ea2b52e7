"""The page tells the browser what it will need before the browser has read it."""

from __future__ import annotations

from collections.abc import Iterable

import gradio as gr

_KINDS = {"js": 'rel="modulepreload"', "css": 'rel="preload" as="style" crossorigin'}


def told_ahead(names: Iterable[str]) -> str:
    """HTML for the page's head that asks for the scripts and styles of these names (`modulepreload` and `preload`, HTML
    standard): without it a browser finds out about one when it has read the other, and waits for each. No `Link`
    header: some fifty names are more than the four kilobytes that nginx has for all the headers of an answer."""
    return "".join(f'<link {_KINDS[name.rsplit(".", 1)[-1]]} href="assets/{name}">' for name in names)


def shown_first(blocks: gr.Blocks) -> set[str]:
    """Kinds of what the page shows before another tab than the first is opened."""
    return {block.get_block_name() for block in blocks.blocks.values() if _is_shown_first(block)}


def _is_shown_first(block: object) -> bool:
    within = getattr(block, "parent", None)
    if isinstance(within, gr.Tab):
        return bool(within.parent and within.parent.children[0] is within)
    return within is None or _is_shown_first(within)
