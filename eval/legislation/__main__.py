"""`python -m eval.legislation [--split dev|test] [--failures]`: how well laws are found in a library.

The laws in reach are put into a new library on this machine and into one on the engine, and the questions of
`datasets/library.jsonl`, each written from the text of one law alone, are asked of all of them together. Prints, by
language and for all, the share whose article comes first and among the first five, in each kind of store, and how many
questions find the same article first in both.
"""

from __future__ import annotations

import sys
import tempfile
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from corpus import LANGUAGES, user_folders
from eval.asking.dataset import Item, load
from eval.legislation.laws import Law, laws, put
from index import Embedder, open_embedder
from index.stores import Filters, StoreFailure, day_number, open_store
from qa.legislation import Legislation
from qa.setup.installation import ensure_texts
from qa.setup.progress import fetching
from qa.understanding.question import understand

_DATASET = Path(__file__).parent.parent / "datasets" / "library.jsonl"
_DEPTH = 200  # hits, of which the first five articles are looked at


def articles_found(legislation: Legislation, item: Item, today: int) -> list[str]:
    """Identifiers of the articles found, best first."""
    question = understand(item.question, language=item.language)
    hits = legislation.find(question, filters=Filters(on=today), limit=_DEPTH, most_of_one_act=_DEPTH)
    return list(dict.fromkeys(hit.provision.id.split("__")[0] for hit in hits))


def table(items: Sequence[Item], found: Mapping[str, Sequence[Sequence[str]]]) -> str:
    """A row a store and language: how many, the right article first, among the first five."""
    lines = [f"{'':14s}{'':5s}{'asked':>7s}{'R@1':>8s}{'R@5':>8s}"]
    for store, ranked in found.items():
        groups = defaultdict[str, list[tuple[bool, bool]]](list)
        for item, articles in zip(items, ranked, strict=True):
            gold = set(item.gold_articles)
            row = bool(gold.intersection(articles[:1])), bool(gold.intersection(articles[:5]))
            for name in (item.language, "all"):
                groups[name].append(row)
        for name in (*LANGUAGES, "all"):
            rows = groups[name]
            first, five = (sum(column) / len(rows) for column in zip(*rows, strict=True))
            lines.append(f"{store:14s}{name:5s}{len(rows):7d}{first:8.3f}{five:8.3f}")
    return "\n".join(lines)


def main() -> None:
    split = sys.argv[sys.argv.index("--split") + 1] if "--split" in sys.argv else "test"
    items = load(_DATASET, split=split)
    folders, embedder = user_folders(), open_embedder()
    with fetching() as on_fetch:
        ensure_texts(folders, on_fetch=on_fetch)
    found = {}
    own = laws(folders, embedder)
    with tempfile.TemporaryDirectory() as folder:
        for kind, name in {"embedded": f"{folder}/here", "milvus-lite": f"milvus-lite:{folder}/engine.db"}.items():
            try:
                found[kind] = _asked(name, own, embedder, items)
            except StoreFailure as failure:
                print(f"{kind}: {failure}", file=sys.stderr)
    print(table(items, found))
    if len(found) == 2:
        alike = sum(here[:1] == there[:1] for here, there in zip(*found.values(), strict=True))
        print(f"the same article first in both: {alike} of {len(items)}")
    if "--failures" in sys.argv and split == "dev":
        for item, articles in zip(items, found["embedded"], strict=True):
            if not set(item.gold_articles).intersection(articles[:1]):
                print(f"{item.id}: {item.question} | {' '.join(item.gold)} | {' '.join(articles[:3])}")


def _asked(name: str, own: Sequence[Law], embedder: Embedder, items: Sequence[Item]) -> list[list[str]]:
    store = open_store(name, create=True)
    assert store is not None
    try:
        put(store, own, embedder)
        legislation, today = Legislation(store, embedder), day_number(date.today(), 0)
        return [articles_found(legislation, item, today) for item in items]
    finally:
        store.close()


if __name__ == "__main__":
    main()
