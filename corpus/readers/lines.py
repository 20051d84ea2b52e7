"""The common stream that every reader yields: logical lines, one printed paragraph each."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from corpus.parsing.enumerators import LETTERED
from corpus.text.normalisation import normalise_line

LineKind = Literal["text", "note", "footnote"]
_BARE_NUMBER = re.compile(r"\d{1,3}\.")


@dataclass(frozen=True, slots=True)
class Line:
    """One logical line. `page` counts from 1; `anchor` is the element id on the official page, if any; `kind` is "note"
    where the source's own markup sets the line apart from the text, "footnote" for a footnote or endnote, which stands
    after the line that it is about."""

    text: str
    page: int | None = None
    anchor: str | None = None
    kind: LineKind = "text"


class OpenLine:
    """A line that printed rows are still added to, in time that grows with the rows."""

    def __init__(self, row: str, page: int | None = None) -> None:
        self.page = page
        self.first = self.last = row
        self.length = len(row)
        self._pieces = [row]

    def add(self, row: str) -> None:
        """Put the next row behind what is there, as it was before wrapping."""
        gap = "" if self._is_tight(row) else " "
        self._pieces += [gap, row]
        self.last = row
        self.length += len(gap) + len(row)

    def closed(self) -> Line:
        return Line("".join(self._pieces), page=self.page)

    def _is_tight(self, row: str) -> bool:
        """Printed lines break after "(" and around hyphens and before closing punctuation without a space there."""
        return (
            self.last.endswith("(")
            or (self.last.endswith("-") and self.last[-2:-1].strip() != "")
            or row[:1] in ",.;:!?)»”"
            or (row[:1] == "-" and row[1:2].strip() != "")
        )


def normalised(lines: list[Line]) -> list[Line]:
    """The lines in normal form, empty ones dropped; a paragraph's number that stands alone above its first lettered
    member is joined to it, as other prints have it."""
    cleaned = (replace(line, text=normalise_line(line.text)) for line in lines)
    whole: list[Line] = []
    for line in cleaned:
        if not line.text:
            continue
        if whole and _BARE_NUMBER.fullmatch(whole[-1].text) and LETTERED.match(line.text):
            whole[-1] = replace(whole[-1], text=f"{whole[-1].text} {line.text}")
        else:
            whole.append(line)
    return whole


def text_of(lines: list[Line]) -> str:
    """The normalised text of an edition: its lines, one a line."""
    return "\n".join(line.text for line in lines)
