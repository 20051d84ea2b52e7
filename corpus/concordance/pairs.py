"""Pairs of provisions that stand for each other, read from `kz-1995-2026.toml`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources
from typing import Literal, get_args

import rtoml

from corpus.errors import CorpusError
from corpus.provision import LANGUAGES

Kind = Literal["same", "moved", "narrowed", "widened", "reworded", "merged", "split", "new", "dropped"]
KINDS: tuple[Kind, ...] = get_args(Kind)
_UNSPOKEN = ("same", "moved")  # kinds that need no sentence: there is nothing to say on substance


@dataclass(frozen=True, slots=True)
class Pair:
    """Provisions, by identifier, of the older and the newer Constitution that stand for each other: whole articles, or
    finer where it matters. `changed` says by language what changed in substance; empty where nothing did."""

    old: tuple[str, ...]
    new: tuple[str, ...]
    kind: Kind
    changed: dict[str, str]

    @property
    def sides(self) -> tuple[str, ...]:
        return (*self.old, *self.new)

    @property
    def is_whole(self) -> bool:
        """Whether it is of whole articles."""
        return all("__" not in identifier for identifier in self.sides)


@dataclass(frozen=True)
class Concordance:
    """All pairs of two documents, in the older one's order."""

    old: str
    new: str
    pairs: tuple[Pair, ...]

    def of(self, identifiers: Sequence[str]) -> tuple[Pair, ...]:
        """The pairs that speak of a provision or article: the finest first, pairs as fine as each other in order.

        A pair speaks of what it names, of what contains that, and of what stands within it.
        """
        naming, within = self._places
        met = {at for i in identifiers for at in within.get(i, ())}
        met |= {at for i in identifiers for whole in containing(i) for at in naming.get(whole, ())}
        found = [self.pairs[at] for at in sorted(met)]
        return tuple(sorted(found, key=lambda pair: -max(side.count("__") for side in pair.sides)))

    @cached_property
    def _places(self) -> tuple[Mapping[str, Sequence[int]], Mapping[str, Sequence[int]]]:
        """The places of pairs, by what they name and by all that contains it."""
        naming: dict[str, list[int]] = {}
        within: dict[str, list[int]] = {}
        for at, pair in enumerate(self.pairs):
            for side in pair.sides:
                naming.setdefault(side, []).append(at)
                for whole in containing(side):
                    within.setdefault(whole, []).append(at)
        return naming, within


def containing(identifier: str) -> list[str]:
    """The provision's identifier and those of all that it stands in, the article first."""
    parts = identifier.split("__")
    return ["__".join(parts[:length]) for length in range(1, len(parts) + 1)]


@cache
def load_concordance() -> Concordance:
    """The concordance of the Constitutions of 1995 and 2026. Raises `CorpusError` where the file is unsound."""
    text = resources.files("corpus.concordance").joinpath("kz-1995-2026.toml").read_text(encoding="utf-8")
    table = rtoml.loads(text)
    old, new = table["old"], table["new"]
    pairs = []
    for row in table["pair"]:
        kind = row["kind"]
        changed = {language: row[language] for language in LANGUAGES if language in row}
        sides = (len(row["old"]), len(row["new"]))
        sound = (
            kind in KINDS
            and any(sides)
            and (kind == "new") == (sides[0] == 0)
            and (kind == "dropped") == (sides[1] == 0)
            and len(changed) in ((0, len(LANGUAGES)) if kind in _UNSPOKEN else (len(LANGUAGES),))
        )
        if not sound:
            raise CorpusError(f"The concordance's pair {row['old']} and {row['new']} is unsound; mend its row.")
        pairs.append(
            Pair(
                tuple(f"{old}#{eid}" for eid in row["old"]), tuple(f"{new}#{eid}" for eid in row["new"]), kind, changed
            )
        )
    return Concordance(old, new, tuple(pairs))
