"""What a check says against a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Check = Literal[
    "changed",
    "tag",
    "unfinished",
    "language",
    "repeated",
    "quote",
    "number",
    "body",
    "force",
    "exception",
    "support",
    "closeness",
    "entailment",
    "judge",
]


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why a sentence is not shown: the check that failed, and what it fell over."""

    check: Check
    found: str
