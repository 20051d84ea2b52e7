"""The Gradio chat: `python app.py` is `atazan serve`, and `page` gives its blocks to whoever mounts them elsewhere."""

from __future__ import annotations

import sys

from page.serving import launch, page
from qa.commands.main import main as commands

__all__ = ["launch", "main", "page"]


def main() -> None:
    """`atazan serve`, with the options that follow."""
    sys.argv[1:1] = ["serve"]
    commands()


if __name__ == "__main__":
    main()
