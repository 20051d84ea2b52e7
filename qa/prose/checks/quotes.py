"""Quoted words must stand in a cited official text, letter for letter."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.prose.checks.doubt import Doubt
from qa.prose.checks.source import Source

_SHORTEST_QUOTE = 2  # words; a single word in quotation marks is a name
_QUOTED = re.compile(r"“([^”]+)”|«([^»]+)»|„([^“”]+)[“”]|\"([^\"]+)\"")


def misquoted(sentence: str, sources: Sequence[Source]) -> list[Doubt]:
    """Quoted words must stand in a cited official text, letter for letter."""
    quotes = [next(filter(None, match.groups())) for match in _QUOTED.finditer(sentence)]
    official = [p.text for source in sources for p in source.texts if p.wording == "official"]
    return [
        Doubt("quote", quote)
        for quote in quotes
        if len(quote.split()) >= _SHORTEST_QUOTE and not any(quote.rstrip(" .,;") in text for text in official)
    ]
