"""What changed, by section of the Constitution in force; what is gone stands apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from corpus.concordance import KINDS, Kind, Pair, load_concordance
from qa.reading.reading_room import ReadingRoom

GONE = "gone"  # in the place of a section's number


@dataclass(frozen=True, slots=True)
class ChangedSection:
    """A section's pairs in the order of its articles. `key` is its number from 1 on, `title` as the text or the
    plain-language layer has it; of what is gone `GONE` and "", in the order of the Constitution of 1995."""

    key: str
    title: str
    pairs: tuple[Pair, ...]


def changed_sections(room: ReadingRoom, language: str) -> tuple[ChangedSection, ...]:
    """Every pair of the concordance, in the section of what it names first."""
    concordance = load_concordance()
    printed = [section for section in room.contents(concordance.new, language) if section.title]
    section_of = {entry.article: at for at, section in enumerate(printed) for entry in section.entries}
    filed: dict[int, list[Pair]] = {at: [] for at in range(len(printed))}
    for pair in sorted((pair for pair in concordance.pairs if pair.new), key=_place):
        article = pair.new[0].split("#art_")[1].split("__")[0]
        # An article that a newer text no longer has stands at the end.
        filed[section_of.get(article, len(printed) - 1)].append(pair)
    gone = tuple(pair for pair in concordance.pairs if not pair.new)
    return (
        *(ChangedSection(str(at + 1), printed[at].title.replace("\n", ". "), tuple(filed[at])) for at in filed),
        ChangedSection(GONE, "", gone),
    )


def counted(pairs: Iterable[Pair]) -> Mapping[Kind, int]:
    """How many there are of each kind there is, in the order of `KINDS`."""
    of_kind = [pair.kind for pair in pairs]
    return {kind: of_kind.count(kind) for kind in KINDS if kind in of_kind}


def _place(pair: Pair) -> list[int]:
    """Where its first provision stands: articles and their parts are numbered in order."""
    return [int(number) for number in re.findall(r"\d+", pair.new[0].split("#")[1])]
