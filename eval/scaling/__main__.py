"""`make scale`: how libraries of ten thousand to a million provisions are built and searched, in each kind of store.

    python -m eval.scaling [--sizes 10000,100000,1000000] [--store embedded,milvus-lite] [--write]

Prints the table of `docs/scale.md`; `--write` keeps the figures in `docs/scale.json`, and makes the document's table
and its plot of all that it holds.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from eval.scaling.library import measured
from eval.scaling.picture import plot
from eval.scaling.provisions import Material
from eval.scaling.table import table, written_into

_DOCS = Path(__file__).parents[2] / "docs"
_SIZES, _STORES = "10000,100000,1000000", "embedded,milvus-lite"


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m eval.scaling", description="Measures libraries of many sizes.")
    options.add_argument("--sizes", default=_SIZES, help=f"numbers of provisions (default {_SIZES})")
    options.add_argument("--store", default=_STORES, help=f"kinds of store (default {_STORES})")
    options.add_argument("--questions", type=int, default=200, help="how many are asked (default 200)")
    options.add_argument("--minutes", type=float, default=10, help="the longest to fill a store for (default 10)")
    options.add_argument("--folder", type=Path, help="where libraries are made, and kept (default: nowhere)")
    options.add_argument("--write", action="store_true", help="write docs/scale.json, docs/scale.md and docs/scale.svg")
    chosen = options.parse_args()
    material = Material()
    questions = material.questions(chosen.questions)
    results: list[dict[str, Any]] = []
    folder = Path(chosen.folder or tempfile.mkdtemp(prefix="atazan-scale-"))
    folder.mkdir(parents=True, exist_ok=True)
    try:
        for size in map(int, chosen.sizes.split(",")):
            for kind in chosen.store.split(","):
                seconds = chosen.minutes * 60
                results.append(measured(material, questions, kind, size, folder, seconds=seconds, tell=_tell))
                if chosen.write:
                    _write(results[-1])
                if not chosen.folder:
                    shutil.rmtree(folder / f"{kind}-{size}", ignore_errors=True)
    finally:
        if not chosen.folder:
            shutil.rmtree(folder, ignore_errors=True)
    print(table(results))


def _write(result: dict[str, Any]) -> None:
    """Keep a result in the place of an earlier one of its store and size, and draw all anew."""
    kept = _DOCS / "scale.json"
    results = json.loads(kept.read_text(encoding="utf-8")) if kept.exists() else []
    known = {(each["provisions"], each["store"]): each for each in [*results, result]}
    results = [known[name] for name in sorted(known)]
    kept.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    written_into(_DOCS / "scale.md", results)
    (_DOCS / "scale.svg").write_text(plot(results), encoding="utf-8")


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
