"""What Atazan needs of a place that keeps a library of legislation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from index.embedders.embedder import FloatArray
from index.errors import SearchIndexError
from index.stores.rows import Filters, Found, StoredAct, StoredProvision

FailureKind = Literal["away", "slow", "refused", "full", "outdated", "other_model", "damaged", "no_client", "bad_name"]


class StoreFailure(SearchIndexError):
    """A store that does not do what was asked. `kind` says why, for the reader's language; the message says it in
    English, with the store's name and what it answered."""

    def __init__(self, kind: FailureKind, message: str) -> None:
        super().__init__(message)
        self.kind: FailureKind = kind


@dataclass(frozen=True, slots=True)
class Counts:
    """How many acts (one in two languages is one), and how many provisions in all languages."""

    acts: int
    provisions: int


@dataclass(frozen=True, slots=True)
class Health:
    """How a store is: the engine's `version`, and the `schema` that its rows have. Quick to tell, however much there
    is."""

    engine: str
    version: str
    schema: int


class ProvisionStore(Protocol):
    """Keeps acts with their provisions, and finds provisions by vector and by terms. Safe to share by threads; each
    method raises `StoreFailure`.

    An act in a language is written whole: until it is, `act` does not know it, and writing it again after a kill at any
    moment leaves neither more nor less than writing it once.
    """

    @property
    def name(self) -> str:
        """What the user typed to get this store, without secrets."""

    def put(self, act: StoredAct, provisions: Sequence[StoredProvision], vectors: FloatArray, embedder: str) -> None:
        """Write an act in one language in the place of what was there of it. `vectors` are `(n, d + 1)`
        (`SearchVectors`) of the embedder with that fingerprint; another embedder's are refused."""

    def remove(self, act: str, language: str | None = None) -> int:
        """Forget an act, in one language or all; how many provisions that were."""

    def acts(self) -> Iterator[StoredAct]:
        """All acts that are whole, by id and language."""

    def act(self, identifier: str, language: str) -> StoredAct | None:
        """One act in one language, if it is there and whole."""

    def titled(self, title: str) -> tuple[StoredAct, ...]:
        """Acts whose title or short name is that one, whatever its case, spaces and look-alike letters."""

    def provisions(self, act: str, language: str, article_eid: str | None = None) -> tuple[StoredProvision, ...]:
        """The act's provisions in order, all or those of one article."""

    def rows(self, act: str, language: str) -> tuple[tuple[StoredProvision, ...], FloatArray]:
        """The act's provisions in order with their vectors `(n, d + 1)`, as `put` takes them."""

    def search(self, vector: FloatArray, terms: Sequence[str], *, filters: Filters, limit: int) -> tuple[Found, ...]:
        """The `limit` nearest to the query's vector `(d + 1,)` and the `limit` best by BM25 of the terms, each once, in
        no order that means anything."""

    def count(self) -> Counts:
        """How much is there."""

    def embedder(self) -> str:
        """Fingerprint of the embedder whose vectors it keeps; "" while it is empty."""

    def fingerprint(self) -> str:
        """Changes whenever a search could find something else; "" while it is empty."""

    def settle(self) -> None:
        """Make what was written quick to search; after many acts, not after each."""

    def health(self) -> Health:
        """How the store is."""

    def close(self) -> None:
        """Let go of files and connections."""
