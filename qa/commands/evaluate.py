"""`atazan eval`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from corpus import user_folders
from qa.commands.options import AsJson, Embedder, ReaderName, RerankerName, opened_assistant, show
from qa.errors import BadReference
from qa.setup.progress import tell


def evaluate(
    files: Annotated[list[Path], typer.Argument(help="Data sets, JSON Lines or CSV (eval/datasets/README.md).")],
    split: Annotated[str | None, typer.Option("--split", metavar="dev|test", help="Ask only this split.")] = None,
    system: Annotated[
        list[str] | None,
        typer.Option("--system", help="full, dense, bm25, rrf, windows, windows-minilm, all, or a model; repeatable."),
    ] = None,
    as_json: AsJson = False,
    out: Annotated[Path | None, typer.Option("--out", help="Write an HTML report and TREC files here.")] = None,
    embedder: Embedder = None,
    reranker: RerankerName = None,
    reader: ReaderName = None,
    batch_out: Annotated[
        Path | None,
        typer.Option("--batch-out", help="Write what a model is asked to choose, as an OpenAI batch; measure nothing."),
    ] = None,
    batch_in: Annotated[
        list[Path] | None, typer.Option("--batch-in", help="A model's replies to such a batch; repeatable.")
    ] = None,
    batch_model: Annotated[str, typer.Option("--batch-model", help="The model that the batch names.")] = "model",
) -> None:
    """Measure the assistant, and simpler systems beside it, on data sets of questions."""
    from eval.asking.batch import read_replies
    from eval.asking.dataset import SPLITS, DatasetError
    from eval.command import chosen_systems, printed, requests
    from eval.command import evaluate as run
    from qa.setup.settings import ModelNames

    if split is not None and split not in SPLITS:
        raise BadReference(f"There is no split {split!r}; use {' or '.join(SPLITS)}.")
    for file in (*files, *(batch_in or ())):
        if not file.is_file():
            raise BadReference(f"There is no file {str(file)!r}.")
    try:
        replies = read_replies(batch_in) if batch_in else None
        assistant = opened_assistant(embedder, reranker=reranker, names=ModelNames(reader=reader))
        if batch_out:
            count = requests(assistant, files, batch_out, split=split, model=batch_model, replies=replies)
            tell(f"{count} requests are in {batch_out}")
            return
        reports = run(
            assistant,
            user_folders(),
            files,
            split=split,
            systems=chosen_systems(system or []),
            out=out,
            replies=replies,
        )
    except DatasetError as error:
        raise BadReference(str(error)) from error
    except OSError as error:
        raise BadReference(f"{batch_out or out} cannot be written: {error.strerror}.") from error
    show(printed(reports, as_json=as_json))
