"""Acts of an invented country for a library's shelves: rows and vectors, the same each time they are made."""

from __future__ import annotations

import sys
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from index.embedders.embedder import FloatArray
from index.stores import OPEN_END, ProvisionStore, StoredAct, StoredProvision, open_store
from index.stores.wording import stored_terms

EMBEDDER = "an-embedder-1"
DIMENSION = 24
_SUBJECTS = {
    "ru": "яблоня груша слива вишня улей забор колодец тропинка теплица грядка садовник сторож урожай полив",
    "kk": "алма алмұрт өрік шие ұя қоршау құдық жол жылыжай жүйек бағбан күзетші өнім суару",
}


@dataclass(frozen=True)
class Volume:
    """An act with its provisions and their vectors, as it is put on a shelf."""

    act: StoredAct
    provisions: tuple[StoredProvision, ...]
    vectors: FloatArray

    def onto(self, store: ProvisionStore, embedder: str = EMBEDDER) -> None:
        store.put(self.act, self.provisions, self.vectors, embedder)

    def vector(self, ordinal: int) -> FloatArray:
        return np.asarray(self.vectors[ordinal])


def volume(identifier: str, language: str = "ru", provisions: int = 12, *, filling: int = 1, **told: Any) -> Volume:
    """An act of two provisions an article. Each speaks of one thing of a garden in turn, and has a word of its own;
    `filling` makes its text longer; the rest is of the act."""
    act = StoredAct(
        **{
            "id": identifier,
            "language": language,
            "title": f"Закон о садах {identifier}",
            "short": "",
            "kind": "law",
            "status": "in_force",
            "number": "7",
            "edition": "2020-01-01",
            "since": 2020_01_01,
            "until": OPEN_END,
            "page": "",
            "source": f"{identifier}.md",
            "checksum": f"{identifier}-{provisions}",
            "provisions": provisions,
            **told,
        }
    )
    rows = tuple(_provision(act, ordinal, filling) for ordinal in range(provisions))
    return Volume(act, rows, np.stack([_vector(row.key) for row in rows]))


def _provision(act: StoredAct, ordinal: int, filling: int) -> StoredProvision:
    subjects = _SUBJECTS[act.language].split()
    said = f"{subjects[ordinal % len(subjects)]} слово{ordinal}{act.id.encode().hex()}"
    return StoredProvision.of(
        act,
        f"art_{ordinal // 2 + 1}__para_{ordinal % 2 + 1}",
        ordinal,
        f"{ordinal % 2 + 1}. {said}\n" + "«Сад» — это \\ сад. " * filling,
        stored_terms(said, act.language),
        number=f"{ordinal % 2 + 1}.",
        section="Раздел I",
        article_title=f'Статья "{ordinal // 2 + 1}"',
        anchor=f"z{ordinal}",
    )


def _vector(key: str) -> FloatArray:
    vector = np.random.default_rng(zlib.crc32(key.encode())).normal(size=DIMENSION)
    return np.asarray(vector / np.linalg.norm(vector), dtype=np.float32)


def shelf() -> tuple[Volume, ...]:
    """Acts that differ in all that is filtered by."""
    return (
        volume("garden", since=2021_01_01),
        volume("garden", "kk", 10, since=2021_01_01),
        volume("orchard-code", kind="code", short="Садовый кодекс", provisions=20, since=2015_05_05),
        volume("old", status="repealed", since=2000_01_01, until=2010_12_31),
        volume("tomorrow", kind="decree", status="not_yet", since=2030_01_01, provisions=6),
    )


class Interrupted(Sequence[StoredProvision]):
    """Provisions of which the last ones cannot be read: what happens is up to `then`."""

    def __init__(self, provisions: Sequence[StoredProvision]) -> None:
        self._provisions = provisions

    def __len__(self) -> int:
        return len(self._provisions)

    def __getitem__(self, at: Any) -> Any:
        return self._provisions[at]

    def __iter__(self) -> Iterator[StoredProvision]:
        yield from self._provisions[: len(self._provisions) * 9 // 10]
        self.then()

    def then(self) -> None:
        raise OSError("The file that is read went away.")


class _Hanging(Interrupted):
    def then(self) -> None:
        print("half", flush=True)
        sys.stdin.read()


def large() -> Volume:
    """An act that takes several requests to write."""
    return volume("large", provisions=240, filling=1500)


def _put_half(name: str) -> None:
    """Put a large act, and stop in the middle until killed."""
    store = open_store(name, create=True)
    assert store is not None
    whole = large()
    replace(whole, provisions=_Hanging(whole.provisions)).onto(store)  # type: ignore[arg-type]


if __name__ == "__main__":
    _put_half(sys.argv[1])
