"""Which documents a question is about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from corpus import Document


@dataclass(frozen=True, slots=True)
class Scope:
    """`primary` is asked first; `related` only where `primary` does not answer.

    `named`: the question names its document. `constitution`: the Constitution of the day is among `primary`.
    """

    primary: tuple[str, ...]
    related: tuple[str, ...]
    named: bool
    constitution: bool


def scope_of(documents: Mapping[str, Document], *, named: str | None, as_of: date) -> Scope:
    """The document named; else the Constitution in force on the date and the user's own documents, with the laws
    in force behind them. `documents` are the installed ones. A declaration is asked only by name: it is not the
    law of the land."""
    if named:
        return Scope((named,), (), named=True, constitution=documents[named].kind == "constitution")
    primary = [d.id for d in documents.values() if d.kind == "constitution" and d.in_force_on(as_of)]
    constitution = bool(primary)
    primary += [d.id for d in documents.values() if d.kind == "private"]
    related = [d.id for d in documents.values() if d.kind == "law" and d.status != "repealed" and d.in_force_on(as_of)]
    return Scope(tuple(primary), tuple(related), named=False, constitution=constitution)
