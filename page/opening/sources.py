"""Styles and scripts of the page, as they stand in its files."""

from __future__ import annotations

from importlib import resources


def source(name: str) -> str:
    """The text of a file under `page/`, such as `styles/head.css`."""
    return resources.files("page").joinpath(name).read_text(encoding="utf-8")
