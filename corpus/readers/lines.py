"""The common stream that every reader yields: logical lines, one printed paragraph each."""

from __future__ import annotations

from dataclasses import dataclass, replace

from corpus.normalisation import normalise_line


@dataclass(frozen=True, slots=True)
class Line:
    """One logical line. `page` counts from 1; `anchor` is the element id on the official page, if any.

    `note`: a footnote or endnote, which stands after the line that it is about and is not the text itself.
    """

    text: str
    page: int | None = None
    anchor: str | None = None
    note: bool = False


def joined(left: str, right: str) -> str:
    """Two halves of a wrapped line as they were before wrapping.

    Printed lines break after "(" and around hyphens and before closing punctuation without a space there.
    """
    tight = (
        left.endswith("(")
        or (left.endswith("-") and left[-2:-1].strip() != "")
        or right[:1] in ",.;:!?)»”"
        or (right[:1] == "-" and right[1:2].strip() != "")
    )
    return left + ("" if tight else " ") + right


def normalised(lines: list[Line]) -> list[Line]:
    """The lines in normal form, empty ones dropped."""
    cleaned = (replace(line, text=normalise_line(line.text)) for line in lines)
    return [line for line in cleaned if line.text]


def text_of(lines: list[Line]) -> str:
    """The normalised text of an edition: its lines, one a line."""
    return "\n".join(line.text for line in lines)
