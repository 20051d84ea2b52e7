"""Whom to trust with a text.

The official host, over a verified connection, is the authority: what it publishes is the law, also where it is not what
the catalogue knows. A mirror is trusted with the known edition alone. The user may accept what was refused.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from corpus.catalogue import Edition
from corpus.identity import Identity

# known: the catalogue's edition, or the one that was accepted; differs: the same act in another wording;
# short: fewer articles than the edition has; another: another act.
Standing = Literal["known", "differs", "short", "another"]

# Two different acts share 3% of their provisions at most (the two Covenants), word for word at the same place; of the
# Constitution of 1995, amended five times in 27 years, the largest reform left two thirds as they were. Half is far
# from both.
SAME_ACT_FROM = 0.5
# A user may accept an edition that lost articles, but not the first pages of one.
TORSO_BELOW = 0.5
_MOST_NAMED = 12


def standing(found: Identity, edition: Edition, known: Mapping[str, str], installed: str = "") -> Standing:
    """`known` are the checksums of the known edition's provisions, empty where none are recorded; `installed` the
    checksum of the folded text that is installed."""
    if found.checksum in (edition.checksum, installed):
        return "known"
    if found.articles < edition.articles:
        return "short"
    return "differs" if not known or agreement(found, known) >= SAME_ACT_FROM else "another"


def agreement(found: Identity, known: Mapping[str, str]) -> float:
    """The share of the known provisions that are found word for word at their place, 0 to 1."""
    same = sum(found.provisions.get(name) == digits for name, digits in known.items())
    return same / len(known) if known else 0.0


def may_be_accepted(found: Identity, edition: Edition) -> bool:
    """Whether --accept takes a text that is not the known edition."""
    return found.articles >= max(1, edition.articles * TORSO_BELOW)


def refusal(verdict: Standing, found: Identity, edition: Edition, known: Mapping[str, str]) -> str:
    """Why a text of that standing is none of the edition, as half a sentence."""
    if verdict == "short":
        return f"it holds {found.articles} of {edition.articles} articles"
    return f"it is another act ({agreement(found, known):.0%} of the known provisions are in it)"


def named_articles(eids: Sequence[str]) -> str:
    """The articles of provisions that differ, for a sentence: "article 5", "the preamble and articles 43, 72"."""
    units = list(dict.fromkeys(eid.split("__")[0] for eid in eids))
    numbers = [unit.removeprefix("art_") for unit in units if unit.startswith("art_")]
    others = ["the preamble" if unit == "preamble" else unit for unit in units if not unit.startswith("art_")]
    rest = f" and {len(numbers) - _MOST_NAMED} more" if len(numbers) > _MOST_NAMED else ""
    if numbers:
        others.append(f"article{'s' if len(numbers) > 1 else ''} {', '.join(numbers[:_MOST_NAMED])}{rest}")
    return " and ".join(others) or "nothing"
