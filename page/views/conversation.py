"""A visitor's conversation: what was asked and answered, and how much of it the visitor's browser keeps.

The browser keeps questions alone. The same question has the same answer, so a conversation is told again by asking
again; what a language model wrote, and what was found in documents that are gone, is not.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from page.own.whose import Whose, whose_of
from qa.answer import Answer
from qa.turn import EVERYWHERE, Where

MOST_KEPT = 20  # questions, the latest ones
_LONGEST = 2000  # letters of a question that is taken back


class Exchange(NamedTuple):
    """A question with its answers: the law's, or that of the visitor's own documents where they alone were asked; and
    `yours`, what they said beside the law. `day` is the day asked about as it was typed beside the question; `alone`:
    it was to be read as new; `whose` texts were asked; `following`: what is offered to be asked next;
    `where` it was to look."""

    answer: Answer
    yours: Answer | None = None
    day: str = ""
    alone: bool = False
    whose: Whose = "law"
    following: tuple[str, ...] = ()
    where: Where = EVERYWHERE


class Asked(NamedTuple):
    """A question as the browser keeps it."""

    question: str
    day: str = ""
    alone: bool = False
    whose: Whose = "law"
    place: str = ""
    kind: str = ""


def to_keep(exchanges: Sequence[Exchange]) -> list[dict[str, Any]]:
    """What the browser is given to keep."""
    return [
        {"q": e.answer.question, "day": e.day, "alone": e.alone, "whose": e.whose} | _looked_in(e.where)
        for e in exchanges[-MOST_KEPT:]
    ]


def _looked_in(where: Where) -> dict[str, str]:
    """Where a question looked, if not everywhere."""
    return {} if where == EVERYWHERE else {"place": where.place, "kind": "".join(where.kinds)}


def kept(value: object) -> list[Asked]:
    """The questions in what a browser gives back; whatever else stands there is left out."""
    rows: Iterable[object] = value if isinstance(value, list) else ()
    found = []
    for row in rows:
        if isinstance(row, dict) and isinstance(row.get("q"), str) and row["q"].strip():
            day = row.get("day")
            found.append(
                Asked(
                    row["q"][:_LONGEST],
                    day if isinstance(day, str) else "",
                    row.get("alone") is True,
                    whose_of(row.get("whose")),
                    *(value if isinstance(value := row.get(name), str) else "" for name in ("place", "kind")),
                )
            )
    return found[-MOST_KEPT:]
