"""A server answers at once from what is there; what is missing is fetched and read in behind it."""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from corpus import CorpusError, Folders
from index import SearchIndexError, StaleIndex, build_index, open_embedder
from index.embedders.opening import DEFAULT
from index.storage.shipped import shipped
from qa.assistant import Assistant
from qa.setup.installation import (
    Models,
    Notice,
    assistant_over,
    ensure_texts,
    index_of,
    known_index,
)
from qa.setup.installed import Installed, installed
from qa.setup.learned_from import learned_from

if TYPE_CHECKING:
    from corpus import Edition

FIRST = ".first"  # within the folder of indexes; the whole index removes it, as it does older ones


@dataclass(frozen=True, slots=True)
class Underway:
    """What is being read in: a document's title by language and how much of it is there, or, where `titles` is empty,
    the search index, in texts."""

    titles: dict[str, str]
    done: int = 0
    total: int = 0


@dataclass(frozen=True, slots=True)
class AtHand:
    """What can be answered from now: always an assistant over just what is installed."""

    assistant: Assistant
    state: Installed


class Arrival:
    """What a server answers from: a part at first, the whole when it has arrived. Safe to share by threads.

    `underway` is None when all is there, or what failed was told.
    """

    def __init__(self, at_hand: AtHand) -> None:
        self.at_hand = at_hand
        self.underway: Underway | None = None
        self._thread: threading.Thread | None = None

    @classmethod
    def begun(cls, folders: Folders, models: Models, notice: Notice) -> Arrival:
        """Open what is there, and let the rest arrive behind it. Raises `SearchIndexError` and `CorpusError`."""
        state = installed(folders)
        try:
            index = known_index(folders, state, models.embedder)
        except StaleIndex:
            arrival = cls(_first(folders, state, models))
        else:
            arrival = cls(AtHand(assistant_over(index, state, models, folders), state))
            if len(state.every) == len(state.catalogue.editions):
                return arrival
        arrival.underway = Underway({})
        arrival._thread = threading.Thread(target=arrival._arrive, args=(folders, models, notice), daemon=True)
        arrival._thread.start()
        return arrival

    def wait(self) -> None:
        """Until nothing is underway."""
        if self._thread:
            self._thread.join()

    def _arrive(self, folders: Folders, models: Models, notice: Notice) -> None:
        try:
            state = ensure_texts(folders, on_fetch=self._fetching, notice=notice)
            index = index_of(folders, state, models.embedder, on_build=self._indexing, notice=notice)
            self.at_hand = AtHand(assistant_over(index, state, models, folders), state)
        except (CorpusError, SearchIndexError) as error:
            notice(str(error))  # what is at hand goes on answering
        finally:
            self.underway = None

    def _fetching(self, edition: Edition, stage: str, done: int, total: int | None) -> None:
        document = self.at_hand.state.catalogue.document(edition.document)
        self.underway = Underway(dict(document.short_titles), done, total or 0)

    def _indexing(self, done: int, total: int) -> None:
        self.underway = Underway({}, done, total)


def _first(folders: Folders, state: Installed, models: Models) -> AtHand:
    """Over what needs no embedding: the layer and the official texts there are, by the model whose vectors ship."""
    part = replace(state, private=())
    if shipped().model != models.embedder.fingerprint:
        models = replace(models, embedder=open_embedder(DEFAULT))
    index = build_index(folders.index / FIRST, part.documents, part.texts(), models.embedder, **learned_from())
    return AtHand(assistant_over(index, part, models, folders), part)
