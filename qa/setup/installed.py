"""What is on this machine: official editions, of which a day's are asked, and the user's own documents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from corpus import LANGUAGES, Catalogue, Document, Edition, EditionText, Folders, load_catalogue
from corpus.digest import asked_checksum, digest_checksum, digests, with_questions
from corpus.identity import differing, identity_of, known_provisions
from corpus.private import parse_private
from corpus.store import NewerEdition, StoredEdition, installed_editions, newer_edition, private_documents
from index import IndexedDocument
from qa.composing.composition import Published
from qa.composing.reply import Editions
from qa.evidence.changed_text import ChangedTexts


@dataclass(frozen=True, slots=True)
class Installed:
    """What is on this machine: official editions and the user's documents.

    `official` are the editions asked, one of a document in a language; `beside` those of other days (see `on`). `newer`
    wait to be accepted; `set_aside` are the ids of the user's documents that are damaged.
    """

    catalogue: Catalogue
    official: tuple[StoredEdition, ...]
    private: tuple[tuple[Document, StoredEdition], ...]
    newer: tuple[NewerEdition, ...] = ()
    set_aside: tuple[str, ...] = ()
    beside: tuple[StoredEdition, ...] = ()

    def on(self, day: date) -> Installed:
        """The same with the editions asked that were in force on the day: of each document and language the newest
        that had begun by then, or the oldest at hand where none had."""
        if not self.beside:
            return self
        chosen: dict[tuple[str, str], StoredEdition] = {}
        for stored in sorted((*self.official, *self.beside), key=self._first_day):
            if (stored.document, stored.language) not in chosen or self._first_day(stored) <= day.isoformat():
                chosen[stored.document, stored.language] = stored
        asked = {id(stored) for stored in chosen.values()}
        official = tuple(stored for stored in self.every if id(stored) in asked)
        return replace(self, official=official, beside=tuple(s for s in self.every if id(s) not in asked))

    @property
    def every(self) -> tuple[StoredEdition, ...]:
        """The editions of all days, in the catalogue's order."""
        order: list[Edition | None] = [*self.catalogue.editions, None]
        return tuple(sorted((*self.official, *self.beside), key=lambda stored: order.index(self.edition_of(stored))))

    def edition_of(self, stored: StoredEdition) -> Edition | None:
        """Which edition of the catalogue the text is kept as; None for what the catalogue does not have."""
        document = next((d for d in self.catalogue.documents if d.id == stored.document), None)
        return document.edition_of(stored.language, stored.edition) if document else None

    def turning_days(self) -> tuple[date, ...]:
        """The days on which another edition at hand takes over, oldest first; none where there is one of each."""
        several = {(e.document, e.language) for e in self.beside}
        found = {self._first_day(e) for e in self.every if (e.document, e.language) in several}
        return tuple(date.fromisoformat(day) for day in sorted(found))

    def _first_day(self, stored: StoredEdition) -> str:
        """The first day in force in ISO 8601: of the catalogue's edition, since another text in its place is dated by
        the day on which it was found."""
        edition = self.edition_of(stored)
        return edition.edition if edition else stored.edition

    def with_private(self, document: Document, stored: StoredEdition) -> Installed:
        """The same with one more document of the user's, in the place that it has once it is saved."""
        others = [(other, text) for other, text in self.private if other.id != document.id]
        return replace(self, private=tuple(sorted([*others, (document, stored)], key=lambda own: f"{own[0].id}.json")))

    @property
    def changed(self) -> ChangedTexts:
        """The articles whose plain words are withheld, and the newer editions."""
        otherwise = {f"{e.document}#{eid.split('__')[0]}" for e in self.official for eid in self._otherwise(e)}
        documents = {name.split("#")[0] for name in otherwise}
        layered = {p.article_id for name in documents for text in digests(name) for p in text.provisions}
        return ChangedTexts(frozenset(otherwise & layered), self.newer)

    def _otherwise(self, stored: StoredEdition) -> tuple[str, ...]:
        """eIds that are not as in the newest edition, for which the plain words were written."""
        edition = self.edition_of(stored)
        if edition is None or edition.until is None or not digests(stored.document):
            return stored.differing
        newest = next(e for e in self.catalogue.document(stored.document).newest if e.language == stored.language)
        return differing(identity_of(stored.parsed().blocks), known_provisions(newest))

    @property
    def documents(self) -> tuple[IndexedDocument, ...]:
        """Documents that can be asked, the catalogue's order first: those with an official text installed or with a
        plain-language layer, then the user's own."""
        found = []
        for document in self.catalogue.documents:
            sums = [(e.language, e.checksum) for e in self.official if e.document == document.id]
            # The layer's checksum, not its text: an index that is up to date needs no parsing.
            plain = [(language, digest_checksum(document.id, language)) for language in LANGUAGES]
            layer = [(f"plain {language}", digest) for language, digest in plain if digest]
            if sums and not layer and (asked := asked_checksum(document.id)):
                sums.append(("asked", asked))
            sums += layer
            beside = (e for e in self.others if e.document == document.id)
            sums += [(f"beside {e.language} {e.edition}", e.checksum) for e in beside]
            if sums:
                found.append(IndexedDocument(document, tuple(sums)))
        found += [IndexedDocument(d, ((stored.language, stored.checksum),)) for d, stored in self.private]
        return tuple(found)

    @property
    def editions(self) -> Editions:
        """Official page and edition of every text that is asked; the page alone where only plain words are there."""
        several = {e.document for e in self.beside}
        official = {
            (e.document, e.language): Published(self._page(e), e.edition, e.document in several) for e in self.official
        }
        read = {document for document, _ in official}
        layers = {
            (d.id, text.language): Published(d.pages[text.language], "")
            for d in self.catalogue.documents
            if d.id not in read
            for text in digests(d.id)
        }
        own = {(document.id, stored.language): Published("", stored.edition) for document, stored in self.private}
        return official | layers | own

    def _page(self, stored: StoredEdition) -> str:
        """Where people read the edition: the document's own page shows the newest."""
        edition = self.edition_of(stored)
        if edition is None or edition.page or edition.until:
            return (edition.page if edition else "") or stored.source_url
        return self.catalogue.document(stored.document).pages[stored.language]

    @property
    def _past(self) -> frozenset[str]:
        """Documents of which a later edition is at hand than the one asked."""
        asked = {(e.document, e.language): self._first_day(e) for e in self.official}
        later = (e for e in self.beside if self._first_day(e) > asked[e.document, e.language])
        return frozenset(e.document for e in later)

    @property
    def others(self) -> tuple[StoredEdition, ...]:
        """Editions of other days whose notes tell what changed since the ones that are asked."""
        past = self._past
        return tuple(e for e in self.beside if e.document in past)

    @property
    def layers(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Documents with a plain-language layer, and its languages."""
        layers = ((d.id, tuple(text.language for text in digests(d.id))) for d in self.catalogue.documents)
        return tuple((document, languages) for document, languages in layers if languages)

    def texts(self) -> tuple[EditionText, ...]:
        """All texts that are asked, parsed, in the order of `documents`."""
        texts: list[EditionText] = []
        for document in self.catalogue.documents:
            official = [e.parsed() for e in self.official if e.document == document.id]
            layer = digests(document.id)
            texts += [*official, *layer] if layer else _asked(official)
        return (*texts, *(parse_private(stored) for _, stored in self.private))


def _asked(official: Sequence[EditionText]) -> list[EditionText]:
    """A document's texts with the questions people ask of it: each in its language, the first also in the languages
    that no text is in."""
    own = {text.language for text in official}
    return [
        with_questions(text, [text.language, *(code for code in LANGUAGES if at == 0 and code not in own)])
        for at, text in enumerate(official)
    ]


def installed(folders: Folders, catalogue: Catalogue | None = None, day: date | None = None) -> Installed:
    """What is on this machine, asked for the law of the day, by default of today; the user's documents that are damaged
    are set aside."""
    catalogue = catalogue or load_catalogue()
    official = installed_editions(folders, catalogue)
    present = {(stored.document, stored.language) for stored in official}
    newest = (e for document in catalogue.documents for e in document.newest if (e.document, e.language) in present)
    waiting = (newer_edition(folders, e) for e in newest)
    private = private_documents(folders)
    found = Installed(catalogue, (), private.readable, tuple(n for n in waiting if n), private.damaged, official)
    return found.on(day or date.today())
