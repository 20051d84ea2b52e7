"""The group of commands `atazan library`."""

from __future__ import annotations

from collections.abc import Callable

import typer

from qa.commands.library.adding import add, sync
from qa.commands.library.keeping import backup, listed, remove, restore

group = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="A library of legislation beside the Constitution."
)
_COMMANDS: dict[str, Callable[..., None]] = {
    "add": add,
    "sync": sync,
    "list": listed,
    "remove": remove,
    "backup": backup,
    "restore": restore,
}
for _name, _command in _COMMANDS.items():
    group.command(_name)(_command)
