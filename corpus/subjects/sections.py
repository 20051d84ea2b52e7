"""The sections of the Constitution in force, each with what it is about in a sentence of our own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

import rtoml

from corpus.provision import LANGUAGES


@dataclass(frozen=True, slots=True)
class Section:
    """Articles from `first` to `last`; `says` is by language; `subject` is the id of the subject that the section is
    on, "" where it is on several."""

    first: str
    last: str
    says: Mapping[str, str]
    subject: str = ""


@cache
def load_sections() -> tuple[Section, ...]:
    """All sections in their order."""
    text = resources.files("corpus.subjects").joinpath("sections.toml").read_text(encoding="utf-8")
    return tuple(
        Section(row["first"], row["last"], {code: row[code] for code in LANGUAGES}, row.get("subject", ""))
        for row in rtoml.loads(text)["section"]
    )
