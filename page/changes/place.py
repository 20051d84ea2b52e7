"""What the table of changes shows, and the address of that."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import parse_qsl, urlencode

_LONGEST = 200  # letters of what is compared


class Place(NamedTuple):
    """One kind of change or "", one section's key or "", or else a `matter`: an article or a topic."""

    kind: str = ""
    section: str = ""
    matter: str = ""

    @property
    def is_whole(self) -> bool:
        return self == Place()

    @property
    def address(self) -> str:
        """`/?tab=compare&…`, relative to where the page is served."""
        named = {"kind": self.kind, "section": self.section, "find": self.matter}
        return "?" + urlencode({"tab": "compare", **{key: value for key, value in named.items() if value}})


def place_of(asked: Mapping[str, str]) -> Place:
    """The place of an address's parameters."""
    matter = asked.get("find", "").strip()[:_LONGEST]
    return Place(matter=matter) if matter else Place(asked.get("kind", ""), asked.get("section", ""))


def place_at(address: str) -> Place:
    """The place of an address that begins with its question mark."""
    return place_of(dict(parse_qsl(address.removeprefix("?"))))
