"""What is known of an act before its text is read, and after."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal

from corpus.provision import Provision

ActKind = Literal["constitutional_law", "code", "law", "decree", "resolution", "order", "treaty", "other"]
ActStatus = Literal["in_force", "repealed", "not_yet", "unknown"]

_LONGEST_ID = 120


@dataclass(frozen=True, slots=True)
class ActMetadata:
    """What is told of an act beside its text; "" and None where nothing is. Titles, short names and pages stand by
    language, under "" where none is said."""

    id: str = ""
    titles: dict[str, str] = field(default_factory=dict)
    short_titles: dict[str, str] = field(default_factory=dict)
    kind: ActKind | None = None
    status: ActStatus | None = None
    number: str = ""
    edition: date | None = None
    adopted: date | None = None
    since: date | None = None
    until: date | None = None
    pages: dict[str, str] = field(default_factory=dict)

    def of(self, names: dict[str, str], language: str) -> str:
        """The title, short name or page in the language, or the one of whatever language."""
        return names.get(language) or names.get("", "")


@dataclass(frozen=True, slots=True)
class ActFile:
    """A file that holds an act in one language. `act` is the act's id, the same in each language; `language` is None
    where only the text can tell it; `is_official`: it lies as official places publish acts, which withdraw repealed
    ones or say so."""

    path: Path
    act: str
    language: str | None = None
    told: ActMetadata = field(default_factory=ActMetadata)
    is_official: bool = False


@dataclass(frozen=True, slots=True)
class Unread:
    """A file whose act cannot be had, and why, in one sentence."""

    path: Path
    reason: str


@dataclass(frozen=True, slots=True)
class Act:
    """An act read in one language. `edition` is the first day of its wording; `since` and `until` bound when it is in
    force, both days included, None where that is open or unknown. `checksum` is of the text and of what is told of it.
    """

    id: str
    language: str
    title: str
    short: str
    kind: ActKind
    status: ActStatus
    number: str
    edition: date | None
    since: date | None
    until: date | None
    page: str
    checksum: str
    provisions: tuple[Provision, ...]


def act_id(name: str) -> str:
    """An identifier from a number or a name: letters of any script, digits, "_", "-" and "."; a bare number is one of
    the reference bank."""
    plain = re.sub(r"[^\w.-]+", "-", unicodedata.normalize("NFC", name)).strip("-.")[:_LONGEST_ID]
    return f"zan-{plain}" if plain.isdecimal() else plain
