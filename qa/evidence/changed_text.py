"""Texts that are not as this release of Atazan knows them: whose plain words are withheld, and of which documents a
newer edition waits to be accepted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from corpus import Document, Provision
from corpus.store import NewerEdition
from qa.labels import date_label
from qa.messages import message


@dataclass(frozen=True, slots=True)
class ChangedTexts:
    """`articles`: identifiers of the articles that have plain words and of which an installed edition has a provision
    otherwise than known; `waiting`: newer editions that the user has not accepted. By default nothing is changed."""

    articles: frozenset[str] = frozenset()
    waiting: tuple[NewerEdition, ...] = ()

    def withheld(self, identifier: str) -> bool:
        """Whether the plain words of the provision or article are not to be shown: they may not fit the text."""
        return identifier.split("__")[0] in self.articles

    def gone(self, provision: Provision) -> bool:
        """Whether nothing is left of the provision but plain words that are withheld: no installed text has it."""
        return provision.wording == "plain" and self.withheld(provision.id)

    def newer(self, document: str) -> NewerEdition | None:
        """The newer edition of the document, in any language, that an official source has."""
        return next((newer for newer in self.waiting if newer.document == document), None)

    def newer_told(self, documents: Sequence[str], known: Mapping[str, Document], language: str) -> str:
        """A sentence for each of the documents of which a newer edition was found; "" where there is none."""
        found = [newer for name in dict.fromkeys(documents) if (newer := self.newer(name))]
        return " ".join(_told(newer, known[newer.document], language) for newer in found)


AS_KNOWN = ChangedTexts()


def _told(newer: NewerEdition, document: Document, language: str) -> str:
    title = document.short_titles[language]
    try:
        day = date_label(date.fromisoformat(newer.found), language)
    except ValueError:
        return message("answer.newer", language, document=title)
    return message("answer.newer_on", language, document=title, date=day)
