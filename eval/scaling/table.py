"""The table of a run, in Markdown."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

_HEAD = (
    "provisions",
    "store",
    "written a second",
    "with embedding",
    "settled in",
    "disk",
    "memory",
    "one search, p50 / p95",
    "32 at once, p50 / p95",
    "query embedding, p50 / p95",
    "recall@10",
)
_BEGIN, _END = "<!-- the table of `make scale` -->", "<!-- its end -->"


def table(results: Sequence[dict[str, Any]]) -> str:
    """A row for each result; what stopped one, below."""
    lines = [_line(_HEAD), _line(["---"] * len(_HEAD))]
    lines += [_line(_cells(result)) for result in results if "stopped" not in result]
    stopped = [f"- {r['store']}, {r['provisions']:,}: {r['stopped']}." for r in results if "stopped" in r]
    return "\n".join([*lines, *([""] if stopped else []), *stopped])


def written_into(path: Path, results: Sequence[dict[str, Any]]) -> None:
    """Put the table between its marks in the document. Raises ValueError where they are missing."""
    text = path.read_text(encoding="utf-8")
    start, end = text.index(_BEGIN) + len(_BEGIN), text.index(_END)
    path.write_text(f"{text[:start]}\n\n{table(results)}\n\n{text[end:]}", encoding="utf-8")


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _cells(result: dict[str, Any]) -> list[str]:
    rate = result["provisions"] / (result["writing"] + result["settling"])
    return [
        f"{result['provisions']:,}",
        result["store"],
        f"{rate:,.0f}",
        f"{1 / (1 / rate + 1 / result['passages']):.1f}",
        f"{result['settling']:.0f} s",
        f"{result['disk']:,.0f} MB",
        f"{result['megabytes']:,.0f} MB",
        *(f"{result[name][0]:.1f} / {result[name][1]:.1f} ms" for name in ("one", "many", "embedding")),
        f"{result['recall']:.3f}",
    ]
