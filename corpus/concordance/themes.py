"""The most important changes, by theme."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

import rtoml

from corpus.concordance.pairs import Pair, load_concordance
from corpus.errors import CorpusError
from corpus.provision import LANGUAGES


@dataclass(frozen=True, slots=True)
class Theme:
    """A heading by language, and the pairs that bear it out."""

    heading: Mapping[str, str]
    pairs: tuple[Pair, ...]


@cache
def load_themes() -> tuple[Theme, ...]:
    """All themes in the order of telling. Raises `CorpusError` where one names no pair."""
    text = resources.files("corpus.concordance").joinpath("themes.toml").read_text(encoding="utf-8")
    return tuple(
        Theme({code: row[code] for code in LANGUAGES}, tuple(map(_pair, row["pairs"])))
        for row in rtoml.loads(text)["theme"]
    )


def _pair(eid: str) -> Pair:
    concordance = load_concordance()
    for pair in concordance.pairs:
        if pair.new == (f"{concordance.new}#{eid}",) and pair.changed:
            return pair
    raise CorpusError(f"No pair of the concordance stands for {eid} alone; mend corpus/concordance/themes.toml.")
