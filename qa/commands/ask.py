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
    StoreName,
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
    store: StoreName = None,
    where: Annotated[
        str, typer.Option("--where", metavar="both|constitution|laws", help="Where to look, with a library of laws.")
    ] = "both",
    act: Annotated[list[str] | None, typer.Option("--act", metavar="ID", help="Ask this act of the library.")] = None,
    kind: Annotated[
        list[str] | None, typer.Option("--kind", metavar="KIND", help="Ask acts of this kind: code, law, decree, …")
    ] = None,
    text: Annotated[
        list[str] | None, typer.Option("--text", metavar="kk|ru|en", help="Ask texts of laws in this language only.")
    ] = None,
) -> None:
    """Answer a question with the provisions that answer it."""
    from qa.setup.settings import language_models
    from qa.turn import where_of
    from qa.understanding.question import understand

    asked = " ".join(question)
    reader = understand(asked, language=lang).language  # bad input is told before anything is fetched
    day = day_of(as_of, reader)
    names = language_models(user_folders(), generator, entailment, model_reader)
    place = where_of(where, act or (), kind or (), text or (), reader)
    assistant = opened_assistant(embedder, reader, reranker, names, store=store)
    answer = assistant.ask(asked, language=lang, as_of=day, document=document, written=True, where=place)
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
