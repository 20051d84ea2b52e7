"""`atazan ask` and `atazan search`."""

from __future__ import annotations

from typing import Annotated

import typer

from corpus import user_folders
from qa.commands.options import (
    AsJson,
    AsOf,
    DocumentId,
    Embedder,
    EntailmentName,
    GeneratorName,
    Lang,
    ReaderName,
    RerankerName,
    day_of,
    opened_assistant,
    show,
    show_json,
)


def ask(
    question: Annotated[list[str], typer.Argument(help="The question, in Kazakh, Russian or English.")],
    lang: Lang = None,
    as_of: AsOf = None,
    document: DocumentId = None,
    as_json: AsJson = False,
    explain: Annotated[bool, typer.Option("--explain", help="Show how the answer was found.")] = False,
    embedder: Embedder = None,
    reranker: RerankerName = None,
    generator: GeneratorName = None,
    entailment: EntailmentName = None,
    model_reader: ReaderName = None,
) -> None:
    """Answer a question with the provisions that answer it."""
    from qa.setup.settings import language_models
    from qa.understanding.question import understand

    text = " ".join(question)
    reader = understand(text, language=lang).language  # bad input is told before anything is fetched
    day = day_of(as_of, reader)
    names = language_models(user_folders(), generator, entailment, model_reader)
    assistant = opened_assistant(embedder, reader, reranker, names)
    answer = assistant.ask(text, language=lang, as_of=day, document=document, written=True)
    if as_json:
        show_json(answer.to_json())
        return
    from qa.commands.rendering import plain_text

    show(plain_text(answer, explain=explain))


def search(
    words: Annotated[list[str], typer.Argument(help="Words or a sentence.")],
    document: DocumentId = None,
    limit: Annotated[int, typer.Option("--limit", min=1, max=100, help="How many provisions.")] = 10,
    as_json: AsJson = False,
    embedder: Embedder = None,
) -> None:
    """List the provisions nearest to the words, over all installed documents."""
    from qa.commands.rendering import hit_lines

    found = opened_assistant(embedder).search(" ".join(words), document=document, limit=limit)
    if as_json:
        rows = [
            {"provision": hit.provision.id, "language": hit.provision.language, "score": hit.score}
            for hit in found.hits
        ]
        show_json(rows)
        return
    show(hit_lines(found))
