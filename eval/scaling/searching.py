"""How long a fresh process takes to search a library, and the memory that it takes: `python -m eval.scaling.searching
STORE QUESTIONS` prints it as JSON. `QUESTIONS` is a file of `[text, terms]`, a JSON array a line."""

from __future__ import annotations

import json
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import psutil

from index import open_embedder
from index.embedders.embedder import FloatArray
from index.stores import Filters, ProvisionStore, open_store
from index.stores.embedding import SEARCHED

IN_FORCE = Filters(statuses=("in_force",), on=2026_11_01)
LIMIT = 50  # found by each way of searching
_ASKERS = 32
_WARMING = 5
_PASSAGES = 32  # embedded at once, to know the rate

Asked = tuple[FloatArray, list[str]]


def searched(name: str, questions: list[tuple[str, list[str]]]) -> dict[str, Any]:
    """Milliseconds, megabytes, and for each question the keys of the ten nearest."""
    embedder = open_embedder()
    embedding, asked = list[float](), list[Asked]()
    for text, terms in questions:
        started = time.perf_counter()
        vector = embedder.embed_queries([text])[0]
        embedding.append(time.perf_counter() - started)
        asked.append((SEARCHED.query(vector), terms))
    alone = _megabytes()
    started = time.perf_counter()
    store = open_store(name)
    if store is None:
        raise SystemExit(f"{name} holds no library.")
    _search(store, asked[-1])
    opening = time.perf_counter() - started
    for each in asked[:_WARMING]:
        _search(store, each)
    found = [_search(store, each) for each in asked]
    with ThreadPoolExecutor(_ASKERS) as askers:
        together = list(askers.map(lambda each: _search(store, each)[0], asked * 2))
    result = {
        "embedding": _percentiles(embedding),
        "one": _percentiles([seconds for seconds, _ in found]),
        "many": _percentiles(together),
        "opening": opening,
        "megabytes": _megabytes(),
        "megabytes_without_library": alone,
        "nearest": [keys for _, keys in found],
        "passages": _rate(embedder, [text for text, _ in questions[:_PASSAGES]]),
    }
    store.close()
    return result


def _search(store: ProvisionStore, asked: Asked) -> tuple[float, list[str]]:
    started = time.perf_counter()
    hits = store.search(*asked, filters=IN_FORCE, limit=LIMIT)
    seconds = time.perf_counter() - started
    nearest = sorted(
        (hit for hit in hits if hit.dense is not None), key=lambda hit: (-(hit.dense or 0), hit.provision.key)
    )
    return seconds, [hit.provision.key for hit in nearest[:10]]


def _percentiles(seconds: list[float]) -> list[float]:
    """The median and the 95th percentile, in milliseconds."""
    return [float(np.quantile(seconds, at)) * 1000 for at in (0.5, 0.95)]


def _rate(embedder: Any, texts: list[str]) -> float:
    """Passages embedded in a second; questions are shorter than provisions, so that this is the most."""
    started = time.perf_counter()
    embedder.embed_passages(texts)
    return len(texts) / (time.perf_counter() - started)


def _megabytes() -> float:
    """Of this process and of those that it started, which is where milvus-lite lives."""
    own = psutil.Process()
    return float(sum(each.memory_info().rss for each in (own, *own.children(recursive=True)))) / 2**20


if __name__ == "__main__":
    lines = Path(sys.argv[2]).read_text(encoding="utf-8").splitlines()
    print(json.dumps(searched(sys.argv[1], [tuple(json.loads(line)) for line in lines])))
