"""`atazan eval`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from corpus import user_folders
from qa.commands.options import AsJson, Embedder, RerankerName, opened_assistant, show
from qa.errors import BadReference


def evaluate(
    files: Annotated[list[Path], typer.Argument(help="Data sets, a question a line (eval/datasets/README.md).")],
    split: Annotated[str | None, typer.Option("--split", metavar="dev|test", help="Ask only this split.")] = None,
    system: Annotated[
        list[str] | None,
        typer.Option("--system", help="full, dense, bm25, rrf, windows, windows-minilm, all, or a model; repeatable."),
    ] = None,
    as_json: AsJson = False,
    out: Annotated[Path | None, typer.Option("--out", help="Write an HTML report and TREC files here.")] = None,
    embedder: Embedder = None,
    reranker: RerankerName = None,
) -> None:
    """Measure the assistant, and simpler systems beside it, on data sets of questions."""
    from eval.asking.dataset import SPLITS, DatasetError
    from eval.command import chosen_systems, printed
    from eval.command import evaluate as run

    if split is not None and split not in SPLITS:
        raise BadReference(f"There is no split {split!r}; use {' or '.join(SPLITS)}.")
    for file in files:
        if not file.is_file():
            raise BadReference(f"There is no file {str(file)!r}.")
    try:
        reports = run(
            opened_assistant(embedder, reranker=reranker),
            user_folders(),
            files,
            split=split,
            systems=chosen_systems(system or []),
            out=out,
        )
    except DatasetError as error:
        raise BadReference(str(error)) from error
    show(printed(reports, as_json=as_json))
