"""Which documents a question is about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from corpus import Document


@dataclass(frozen=True, slots=True)
class Scope:
    """`primary` is asked first; `related` only where `primary` does not answer.

    `named`: the question names its document, or what Kazakhstan promised other states. `constitution`: the Constitution
    of the day is among `primary`.
    """

    primary: tuple[str, ...]
    related: tuple[str, ...]
    named: bool
    constitution: bool


def scope_of(documents: Mapping[str, Document], *, named: str | None, as_of: date, commitments: bool = False) -> Scope:
    """The document named; with `commitments` the treaties; else the Constitution in force on the date and the user's
    own documents, with the laws in force behind them. `documents` are the installed ones. Treaties and declarations
    are asked only so: they are not laws of the land."""
    if named:
        return Scope((named,), (), named=True, constitution=documents[named].kind == "constitution")
    treaties = tuple(d.id for d in documents.values() if d.kind == "treaty")
    if commitments and treaties:
        return Scope(treaties, (), named=True, constitution=False)
    primary = [d.id for d in documents.values() if d.kind == "constitution" and d.in_force_on(as_of)]
    constitution = bool(primary)
    primary += [d.id for d in documents.values() if d.kind == "private"]
    related = [d.id for d in documents.values() if d.kind == "law" and d.status != "repealed" and d.in_force_on(as_of)]
    return Scope(tuple(primary), tuple(related), named=False, constitution=constitution)
