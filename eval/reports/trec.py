"""Qrels and runs as TREC files, for any other evaluation tool."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from corpus.files import write_atomically
from eval.asking.response import Outcome
from eval.measures.ranking import qrels, run


def write_trec(folder: Path, name: str, outcomes: Sequence[Outcome]) -> tuple[Path, Path]:
    """Write `<name>.qrels` and `<name>.run`; both are returned. Identifiers of articles hold no white space."""
    judged = "".join(f"{q.query_id} 0 {q.doc_id} {q.relevance}\n" for q in qrels(outcomes))
    ranks: dict[str, int] = {}
    lines = []
    for scored in run(outcomes):
        rank = ranks[scored.query_id] = ranks.get(scored.query_id, 0) + 1
        lines.append(f"{scored.query_id} Q0 {scored.doc_id} {rank} {scored.score:g} {name}\n")
    paths = folder / f"{name}.qrels", folder / f"{name}.run"
    for path, text in zip(paths, (judged, "".join(lines)), strict=True):
        write_atomically(path, text.encode("utf-8"))
    return paths
