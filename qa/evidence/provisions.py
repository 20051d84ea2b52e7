"""Provisions of an index by name: what is cited without having been searched for."""

from __future__ import annotations

from collections.abc import Sequence

from corpus import LANGUAGES, Provision
from index import Hit, SearchIndex


def hit_of(provision: Provision) -> Hit:
    """A provision cited without having been searched for."""
    return Hit(provision, 0.0, 0.0, 0.0, 0.0, (0, len(provision.body)))


def text_of(index: SearchIndex, identifier: str, language: str) -> Provision | None:
    """The provision in the reader's language or another: its official text, else its plain words; None without any."""
    texts = (at(identifier, code) for at in (index.provision, index.plain) for code in (language, *LANGUAGES))
    return next((text for text in texts if text), None)


def provisions_of(index: SearchIndex, name: str) -> tuple[str, ...]:
    """Identifiers of the provisions that a provision's or article's name names or contains; none where the document is
    not installed."""
    return tuple(i for i in index.identifiers if i == name or i.startswith(name + "__"))


def texts_of(index: SearchIndex, names: Sequence[str], language: str) -> tuple[Provision, ...]:
    """Official texts, in one language, of what the names name; none where the document is not installed in it."""
    found = (index.provision(i, language) for name in names for i in provisions_of(index, name))
    return tuple(p for p in found if p and not p.excluded)
