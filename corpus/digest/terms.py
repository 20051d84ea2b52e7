"""The layer's terms: one name for each thing, in each language."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

import rtoml

from corpus.provision import LANGUAGES


@dataclass(frozen=True, slots=True)
class Term:
    """Stems of a term in the official Russian, of its names in the layer, and of what the layer does not call it."""

    official: tuple[str, ...]
    names: Mapping[str, tuple[str, ...]]
    avoid: Mapping[str, tuple[str, ...]]


def names(stems: Sequence[str], text: str) -> bool:
    """Whether one of the names stands in the text. A name is stems, word by word, in any ending and case."""
    return any(_pattern(stem).search(text) for stem in stems)


@cache
def terms_of() -> tuple[Term, ...]:
    """The terms of `terms.toml`."""
    table = rtoml.loads(resources.files("corpus.digest").joinpath("terms.toml").read_text(encoding="utf-8"))
    return tuple(
        Term(
            tuple(row["official"]),
            {language: tuple(row[language]) for language in LANGUAGES},
            {language: tuple(row.get("avoid", {}).get(language, ())) for language in LANGUAGES},
        )
        for row in table["term"]
    )


@cache
def _pattern(stem: str) -> re.Pattern[str]:
    # A Vice-President is no President.
    return re.compile(
        r"(?<!\w)(?<!vice-)(?<!вице-)" + r"\w*\s+".join(re.escape(word) for word in stem.split()), re.IGNORECASE
    )
