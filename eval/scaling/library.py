"""One library of one size in one kind of store: built, searched, measured."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from eval.scaling.provisions import MadeAct, Material, Question
from eval.scaling.searching import IN_FORCE
from index.embedders.embedder import FloatArray
from index.stores import StoreFailure, open_store

_NEAREST = 10
_TELL = 10.0  # seconds

Tell = Callable[[str], None]


class _Exact:
    """The nearest provisions in force of all that were made, by comparing each."""

    def __init__(self, questions: list[Question]) -> None:
        self._asked = np.stack([question.vector for question in questions])
        self._scores: FloatArray = np.empty((len(questions), 0), dtype=np.float32)
        self._keys: list[list[str]] = [[] for _ in questions]
        self._waiting: list[MadeAct] = []

    def add(self, made: MadeAct) -> None:
        if made.act.status in IN_FORCE.statuses:
            self._waiting.append(made)
        if len(self._waiting) >= 200:
            self.settle()

    def settle(self) -> None:
        if not self._waiting:
            return
        keys = [provision.key for made in self._waiting for provision in made.provisions]
        new = self._asked @ np.concatenate([made.vectors for made in self._waiting]).T
        scores = np.hstack([self._scores, new])
        first = np.argsort(-scores, axis=1, kind="stable")[:, :_NEAREST]
        before = self._scores.shape[1]
        self._keys = [
            [known[place] if place < before else keys[place - before] for place in places]
            for known, places in zip(self._keys, first.tolist(), strict=True)
        ]
        self._scores = np.take_along_axis(scores, first, axis=1)
        self._waiting = []

    def recall(self, found: list[list[str]]) -> float:
        shares = [len(set(keys) & set(right)) / len(right) for keys, right in zip(found, self._keys, strict=True)]
        return sum(shares) / len(shares)


def measured(
    material: Material, questions: list[Question], kind: str, size: int, folder: Path, *, seconds: float, tell: Tell
) -> dict[str, Any]:
    """The figures of a library of so many provisions in a store of the kind, made in the folder. A store that takes
    longer than so many seconds to fill, or fails, has figures up to there and `stopped`, which says why."""
    place = folder / f"{kind}-{size}"
    name = str(place) if kind == "embedded" else f"{kind}:{place}"
    figures: dict[str, Any] = {"store": kind, "provisions": size}
    exact = _Exact(questions)
    try:
        filled = _filled(material, name, size, exact, seconds, tell)
    except StoreFailure as error:
        return {**figures, "stopped": str(error)}
    figures |= filled
    if "stopped" not in filled:
        figures |= _searched(name, questions, folder, exact)
    files = [place] if place.is_file() else [path for path in place.rglob("*") if path.is_file()]
    return figures | {"disk": sum(path.stat().st_size for path in files) / 2**20}


def _filled(material: Material, name: str, size: int, exact: _Exact, seconds: float, tell: Tell) -> dict[str, Any]:
    store = open_store(name, create=True)
    if store is None:
        raise StoreFailure("bad_name", f"{name} cannot be created.")
    writing = told = 0.0
    done = 0
    for made in material.acts(size):
        started = time.perf_counter()
        store.put(made.act, made.provisions, made.vectors, material.embedder.fingerprint)
        writing += time.perf_counter() - started
        exact.add(made)
        done += len(made.provisions)
        if time.monotonic() - told > _TELL:
            told = time.monotonic()
            tell(f"{name}: {done:,} of {size:,} written, {done / writing:,.0f} a second")
        if writing > seconds:
            store.close()
            return {"writing": writing, "stopped": f"{done:,} provisions were written in {writing:.0f} s"}
    exact.settle()
    started = time.perf_counter()
    store.settle()
    settling = time.perf_counter() - started
    store.close()
    tell(f"{name}: settled in {settling:.0f} s")
    return {"writing": writing, "settling": settling}


def _searched(name: str, questions: list[Question], folder: Path, exact: _Exact) -> dict[str, Any]:
    asked = folder / "questions.jsonl"
    lines = (json.dumps([question.text, question.terms], ensure_ascii=False) for question in questions)
    asked.write_text("\n".join(lines), encoding="utf-8")
    command = [sys.executable, "-m", "eval.scaling.searching", name, str(asked)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        return {"stopped": f"searching failed: {done.stderr.strip().splitlines()[-1]}"}
    found = json.loads(done.stdout.splitlines()[-1])
    recall = exact.recall(found.pop("nearest"))
    return {**found, "recall": recall}
