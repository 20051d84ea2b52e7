"""A library opened when it is first asked, and again after it was away."""

from __future__ import annotations

import threading
import time

from index import Embedder
from index.stores import ProvisionStore, StoreFailure, open_store
from qa.legislation.search import Legislation

_REST = 10.0  # seconds for which a store that could not be opened is not tried again


class LegislationAtHand(Legislation):
    """A library by its store's name. `store`, and with it whatever is asked, raises `StoreFailure` while there is none,
    or none that this embedder's questions fit."""

    def __init__(self, name: str, embedder: Embedder) -> None:
        super().__init__(None, embedder)
        self.name = name
        self._opening = threading.Lock()
        self._failed: tuple[float, StoreFailure] | None = None

    @property
    def store(self) -> ProvisionStore:
        with self._opening:
            if self._store is None:
                if self._failed and time.monotonic() - self._failed[0] < _REST:
                    raise self._failed[1]
                try:
                    self._store = self._opened()
                except StoreFailure as failure:
                    self._failed = (time.monotonic(), failure)
                    raise
            return self._store

    def _opened(self) -> ProvisionStore:
        store = open_store(self.name)
        if store is None:
            raise StoreFailure("bad_name", f"There is no library in {self.name}; `atazan library add` makes one.")
        held = store.embedder()
        if held and held != self._embedder.fingerprint:
            store.close()
            raise StoreFailure("other_model", f"The library {self.name} keeps vectors of another embedding model.")
        return store
