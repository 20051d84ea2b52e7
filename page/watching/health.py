"""Whether this server can answer, and how its library's store is."""

from __future__ import annotations

import asyncio
import logging
import threading
from concurrent.futures import Future
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed_version
from typing import Any, Protocol

_LONGEST = 1.0  # seconds that a store is waited for
_LOGGER = logging.getLogger("atazan.health")


class _Health(Protocol):
    @property
    def engine(self) -> str: ...

    @property
    def version(self) -> str: ...


class Store(Protocol):
    """What is asked of a library's store here; one of `index.stores` can."""

    def health(self) -> _Health:
        """How it is; whatever it raises, it is not well. `kind`, where the exception has one, says why."""


def version() -> str:
    """This release's, "" where the package is not installed."""
    try:
        return installed_version("atazan")
    except PackageNotFoundError:
        return ""


class StoreProbe:
    """Asks a store how it is, one question at a time: a store that hangs costs one thread and no more."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._asked: Future[dict[str, Any]] | None = None

    async def state(self) -> dict[str, Any]:
        """`state` is "ready", with the engine and its version; else why not: "slow", the kind of the
        store's own failure, or "failed"."""
        if self._asked is None or self._asked.done():
            self._asked = Future()
            self._asked.set_running_or_notify_cancel()  # who waits no longer does not stop it
            threading.Thread(target=self._ask, args=(self._asked,), daemon=True).start()
        try:
            return await asyncio.wait_for(asyncio.wrap_future(self._asked), _LONGEST)
        except TimeoutError:
            return {"state": "slow"}

    def _ask(self, asked: Future[dict[str, Any]]) -> None:
        try:
            health = self._store.health()
        except Exception as error:  # noqa: BLE001 (told as the store's state)
            _LOGGER.warning("the library's store: %s", error)
            asked.set_result({"state": str(getattr(error, "kind", "failed"))})
        else:
            asked.set_result({"state": "ready", "engine": health.engine, "version": health.version})
