"""A process of its own for what may take long, or too much memory."""

from __future__ import annotations

import sys


def command_of(module: str, *arguments: str) -> list[str]:
    """The command that calls `main` of the module with the arguments. The child finds its modules where this process
    does, wherever it was started from."""
    given = ", ".join(map(repr, arguments))
    return [
        sys.executable,
        "-P",
        "-c",
        f"import sys; sys.path[:] = {sys.path!r}; import {module} as m; m.main({given})",
    ]
