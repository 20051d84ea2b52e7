"""A library on Milvus, whatever kind of it.

A search is two requests sent at once, by vector and by words, each answered with whole rows: it takes one way there and
back, and as long as the slower of the two. The client's hybrid search would be one request, but tells only the fused
score, and fusing here needs both.
"""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from itertools import groupby
from typing import Any

import numpy as np

from index.embedders.embedder import FloatArray
from index.stores.milvus.failures import is_absent, is_not_loaded, telling
from index.stores.milvus.schema import (
    ACT_FIELDS,
    ACTS,
    PROVISION_FIELDS,
    PROVISIONS,
    SCHEMA,
    TOLD,
    Told,
    act_key,
    act_of,
    act_row,
    batches,
    collection_schema,
    equals,
    expression,
    missing_indexes,
    provision_of,
    provision_row,
    told_of,
    told_row,
    words_to_search,
)
from index.stores.provision_store import Counts, Health, StoreFailure
from index.stores.rows import Filters, Found, StoredAct, StoredProvision
from index.stores.wording import title_key

_SEARCHING, _READING, _WRITING, _SETTLING = 5.0, 30.0, 60.0, 1800.0  # seconds after which a call is given up
_BATCH = 4 << 20  # bytes of rows in one request; a server takes 64 MiB
_PAGE = 2_000  # acts read at a time
_MOST = 16_384  # hits that a server returns
_AT_ONCE = 32  # searches by vector on their way


class MilvusStore:
    """A library on the server that the client is connected to; `let_go` is called once it is closed.

    What this process wrote it finds at once; what another wrote, a fraction of a second later.
    """

    def __init__(self, name: str, client: Any, let_go: Callable[[], None]) -> None:
        self._name = name
        self._client = client
        self._writing = threading.Lock()
        self._searching = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="milvus")
        self._closing = ExitStack()
        for step in (let_go, client.close, self._searching.shutdown):
            self._closing.callback(step)

    @property
    def name(self) -> str:
        return self._name

    def holds_library(self) -> bool:
        """Whether anything was ever written."""
        return self._told() is not None

    def put(self, act: StoredAct, provisions: Sequence[StoredProvision], vectors: FloatArray, embedder: str) -> None:
        with self._writing:
            told = self._ready(embedder, vectors.shape[1])
            self._ask("delete", ACTS, filter=equals("key", act_key(act.id, act.language)), timeout=_WRITING)
            begun = self._turn(told)
            rows = (provision_row(p, vector, begun.turn) for p, vector in zip(provisions, vectors, strict=True))
            for batch in batches(rows, _BATCH):
                self._ask("upsert", PROVISIONS, batch, timeout=_WRITING)
            others = f"{_of(act.id, act.language)} and turn != {begun.turn!r}"
            self._ask("delete", PROVISIONS, filter=others, timeout=_WRITING)
            self._ask("upsert", ACTS, [act_row(act), told_row(_next(told))], timeout=_WRITING)

    def remove(self, act: str, language: str | None = None) -> int:
        with self._writing:
            told = self._told()
            if told is None:
                return 0
            gone = self._count(PROVISIONS, _of(act, language))
            self._ask("delete", ACTS, filter=_of(act, language, field="id"), timeout=_WRITING)
            if gone:
                self._turn(told)
                self._ask("delete", PROVISIONS, filter=_of(act, language), timeout=_WRITING)
            self._turn(told)
            return gone

    def acts(self) -> Iterator[StoredAct]:
        return map(act_of, self._markers(ACT_FIELDS))

    def act(self, identifier: str, language: str) -> StoredAct | None:
        found = self._acts(equals("key", act_key(identifier, language)))
        return found[0] if found else None

    def titled(self, title: str) -> tuple[StoredAct, ...]:
        key = title_key(title)
        found = self._acts(f"{equals('title_key', key)} or {equals('short_key', key)}") if key else ()
        return tuple(sorted(found, key=lambda act: (act.id, act.language)))

    def provisions(self, act: str, language: str, article_eid: str | None = None) -> tuple[StoredProvision, ...]:
        where = _of(act, language) + (f" and {equals('article', article_eid)}" if article_eid else "")
        return tuple(
            sorted(map(provision_of, self._rows(PROVISIONS, where, PROVISION_FIELDS)), key=lambda p: p.ordinal)
        )

    def rows(self, act: str, language: str) -> tuple[tuple[StoredProvision, ...], FloatArray]:
        found = self._rows(PROVISIONS, _of(act, language), [*PROVISION_FIELDS, "vector"])
        found.sort(key=lambda row: int(row["ordinal"]))
        vectors = np.array([row["vector"] for row in found], dtype=np.float32)
        return tuple(map(provision_of, found)), vectors.reshape(len(found), -1)

    def search(self, vector: FloatArray, terms: Sequence[str], *, filters: Filters, limit: int) -> tuple[Found, ...]:
        near = self._searching.submit(self._hits, "vector", vector.tolist(), filters, limit, ["vector"])
        worded = self._hits("words", words_to_search(" ".join(terms)), filters, limit, []) if terms else []
        found = dict[str, Found]()
        for hit in near.result():
            # The index compares in 8 bits; the score is of the vector itself.
            dense = float(np.dot(np.asarray(hit["entity"]["vector"], dtype=np.float32), vector))
            found[hit["key"]] = Found(provision_of(hit["entity"]), round(dense, 6), None)
        for hit in worded:
            known = found.get(hit["key"]) or Found(provision_of(hit["entity"]), None, None)
            # The embedded kind tells the score below zero, as a distance.
            found[hit["key"]] = replace(known, bm25=round(abs(float(hit["distance"])), 6))
        return tuple(found.values())

    def count(self) -> Counts:
        acts = sum(1 for _ in groupby(row["id"] for row in self._markers(["id"])))
        return Counts(acts, self._count(PROVISIONS, ""))

    def embedder(self) -> str:
        told = self._told()
        return told.embedder if told else ""

    def fingerprint(self) -> str:
        told = self._told()
        return f"{told.embedder}-{told.turn}" if told else ""

    def settle(self) -> None:
        if self._told() is None:
            return
        for collection in (PROVISIONS, ACTS):
            for step in ("flush", "compact", "load_collection"):
                self._ask(step, collection, timeout=_SETTLING)

    def health(self) -> Health:
        version = str(self._ask("get_server_version", timeout=_READING))
        lite = version.startswith("milvus_lite-")
        self._told()  # whether the library itself can be read
        return Health("Milvus Lite" if lite else "Milvus", version.removeprefix("milvus_lite-"), SCHEMA)

    def close(self) -> None:
        self._closing.close()

    def _told(self) -> Told | None:
        """What the library says of itself; None while nothing was written."""
        rows = self._rows(ACTS, equals("key", TOLD), ["told"])
        if not rows:
            return None
        told = told_of(rows[0])
        if told.schema != SCHEMA:
            raise StoreFailure(
                "outdated",
                f"The library {self.name} has schema {told.schema}, this release {SCHEMA}: sync it anew elsewhere.",
            )
        return told

    def _ready(self, embedder: str, dimension: int) -> Told:
        """What the library says of itself, once it can take such vectors."""
        told = self._told()
        if told and (told.embedder, told.dimension) != (embedder, dimension):
            raise StoreFailure(
                "other_model",
                f"The library {self.name} keeps vectors of another embedding model ({told.embedder}).",
            )
        if told is None:
            for collection in (PROVISIONS, ACTS):
                if not self._ask("has_collection", collection, timeout=_READING):
                    # What was written in this session is found; what the library says of itself is always the latest.
                    level = "Session" if collection == PROVISIONS else "Strong"
                    made = collection_schema(collection, dimension)
                    self._ask("create_collection", collection, schema=made, consistency_level=level, timeout=_WRITING)
                indexes = missing_indexes(collection, self._ask("list_indexes", collection, timeout=_READING))
                if indexes:
                    self._ask("create_index", collection, indexes, sync=False, timeout=_WRITING)
                self._ask("load_collection", collection, timeout=_SETTLING)
        return told or Told(SCHEMA, embedder, dimension, "")

    def _turn(self, told: Told) -> Told:
        """Note that what is found may have changed."""
        turned = _next(told)
        self._ask("upsert", ACTS, [told_row(turned)], timeout=_WRITING)
        return turned

    def _markers(self, names: list[str]) -> Iterator[dict[str, Any]]:
        """All markers in the order of their keys, a page at a time."""
        if self._told() is None:
            return
        with telling(self.name):
            pages = self._client.query_iterator(
                ACTS, _PAGE, filter='id != ""', output_fields=["key", *names], timeout=_READING
            )
        try:
            while True:
                with telling(self.name):
                    page = pages.next()
                if not page:
                    return
                yield from page
        finally:
            pages.close()

    def _acts(self, where: str) -> tuple[StoredAct, ...]:
        return tuple(map(act_of, self._rows(ACTS, where, ACT_FIELDS)))

    def _count(self, collection: str, where: str) -> int:
        rows = self._rows(collection, where, ["count(*)"])
        return int(rows[0]["count(*)"]) if rows else 0

    def _rows(self, collection: str, where: str, names: list[str]) -> list[dict[str, Any]]:
        """The rows that satisfy an expression; none where there is no such collection."""
        return list(self._ask("query", collection, where, names, timeout=_READING, absent=[]))

    def _hits(self, by: str, wanted: Any, filters: Filters, limit: int, more: list[str]) -> list[dict[str, Any]]:
        found = self._ask(
            "search",
            PROVISIONS,
            [wanted],
            anns_field=by,
            filter=expression(filters),
            limit=min(limit, _MOST),
            output_fields=[*PROVISION_FIELDS, *more],
            search_params={"params": {"ef": max(2 * limit, 128)}} if by == "vector" else {},
            timeout=_SEARCHING,
            absent=[[]],
        )
        return list(found[0])

    def _ask(self, what: str, *values: Any, absent: Any = None, **named: Any) -> Any:
        """What the client's method returns; `absent`, if given, where the collection is not there."""
        from pymilvus.exceptions import MilvusException

        method = getattr(self._client, what)
        with telling(self.name):
            try:
                return method(*values, **named)
            except MilvusException as error:
                if absent is not None and is_absent(error):
                    return absent
                if not is_not_loaded(error):
                    raise
            # A server of the embedded kind forgets what it had loaded when it is started again.
            for collection in (PROVISIONS, ACTS):
                self._client.load_collection(collection, timeout=named["timeout"])
            return method(*values, **named)


def _next(told: Told) -> Told:
    return replace(told, turn=uuid.uuid4().hex)


def _of(act: str, language: str | None, field: str = "act") -> str:
    """The expression for an act's rows, in one language or all."""
    return equals(field, act) + (f" and {equals('language', language)}" if language else "")
