"""The command line: `atazan ask`, `article`, `search`, `fetch`, `index`, `add`, `remove`, `serve`, `doctor`, `eval`."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corpus import CorpusError, user_folders
from index import SearchIndexError
from qa.errors import AnswerError, BadQuestion, BadReference
from qa.progress import building, fetching, tell

if TYPE_CHECKING:
    from corpus.concordance import Pair
    from qa import Assistant

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Questions about the Constitution of Kazakhstan, answered with the provision itself, in kk, ru and en.",
)

Embedder = Annotated[
    str | None,
    typer.Option("--embedder", metavar="MODEL", help="A sentence-transformers model instead of the bundled one."),
]
RerankerName = Annotated[
    str | None, typer.Option("--reranker", metavar="MODEL", help="A cross-encoder to rank what is found once more.")
]
GeneratorName = Annotated[
    str | None,
    typer.Option(
        "--generator",
        metavar="MODEL",
        help="A language model (name, GGUF file, http://…/v1#model, none) to write prose.",
    ),
]
EntailmentName = Annotated[
    str | None, typer.Option("--entailment", metavar="MODEL", help="An entailment model to check prose with.")
]
Lang = Annotated[str | None, typer.Option("--lang", metavar="kk|ru|en", help="Language of the answer.")]
DocumentId = Annotated[str | None, typer.Option("--document", metavar="ID", help="Ask this document only.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@app.command()
def ask(
    question: Annotated[list[str], typer.Argument(help="The question, in Kazakh, Russian or English.")],
    lang: Lang = None,
    as_of: Annotated[str | None, typer.Option("--as-of", metavar="YYYY-MM-DD", help="The law on this day.")] = None,
    document: DocumentId = None,
    as_json: AsJson = False,
    explain: Annotated[bool, typer.Option("--explain", help="Show how the answer was found.")] = False,
    embedder: Embedder = None,
    reranker: RerankerName = None,
    generator: GeneratorName = None,
    entailment: EntailmentName = None,
) -> None:
    """Answer a question with the provisions that answer it."""
    from qa.question import parse_date, understand
    from qa.settings import writing_models

    text = " ".join(question)
    reader = understand(text, language=lang).language  # bad input is told before anything is fetched
    day = parse_date(as_of, reader) if as_of else None
    assistant = _assistant(embedder, reader, reranker, *writing_models(user_folders(), generator, entailment))
    answer = assistant.ask(text, language=lang, as_of=day, document=document, written=True)
    if as_json:
        _print(json.dumps(answer.to_json(), ensure_ascii=False, indent=2))
        return
    from qa.rendering import plain_text

    _print(plain_text(answer, explain=explain))


@app.command()
def article(
    reference: Annotated[list[str], typer.Argument(help="For example: 18, 18(2), 'ст. 46 п. 17', 18-бап.")],
    document: DocumentId = None,
    lang: Lang = None,
    as_of: Annotated[str | None, typer.Option("--as-of", metavar="YYYY-MM-DD", help="The law on this day.")] = None,
    as_json: AsJson = False,
) -> None:
    """Print an article, or the part of it that is named, with its notes."""
    from qa.article import read_article
    from qa.installation import ensure_texts
    from qa.question import parse_date
    from qa.rendering import article_text

    with fetching() as on_fetch:
        state = ensure_texts(user_folders(), on_fetch=on_fetch, notice=tell)
    day = parse_date(as_of) if as_of else None
    found = read_article(state, " ".join(reference), document=document, language=lang, as_of=day)
    _print(json.dumps(found.to_json(), ensure_ascii=False, indent=2) if as_json else article_text(found))


@app.command()
def compare(
    matter: Annotated[
        list[str] | None, typer.Argument(help="An article (18, 18(2)) or a topic; none: the whole table of changes.")
    ] = None,
    document: Annotated[
        str | None, typer.Option("--document", metavar="ID", help="Whose article: kz-constitution-1995 or -2026.")
    ] = None,
    lang: Lang = None,
    kind: Annotated[
        str | None, typer.Option("--kind", metavar="KIND", help="Only new, dropped, narrowed, widened, reworded, …")
    ] = None,
    as_json: AsJson = False,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="Write the whole table as .html or .csv.")
    ] = None,
    embedder: Embedder = None,
) -> None:
    """Show what the Constitution of 2026 changed in that of 1995: an article, a topic, or all of it."""
    from qa.changes_table import comparison_text, table_lines
    from qa.comparison import changes, known_kind, pair_json
    from qa.comparison import compare as compared

    text = " ".join(matter or ())
    reader = _language(lang) or "en"
    pairs = changes(known_kind(kind, reader))
    if out:
        _write_table(out, pairs, reader)
        return
    if not text:
        table = json.dumps([pair_json(pair) for pair in pairs], ensure_ascii=False, indent=2)
        _print(table if as_json else "\n\n".join(table_lines(pairs, reader)))
        return
    found = compared(_assistant(embedder, reader), text, language=lang, document=document)
    if kind:
        found = replace(found, pairs=tuple(pair for pair in found.pairs if pair in pairs))
    _print(json.dumps(found.to_json(), ensure_ascii=False, indent=2) if as_json else comparison_text(found))


def _write_table(file: Path, pairs: Sequence[Pair], language: str) -> None:
    """The table of changes into a file of the kind that its name says."""
    from corpus.files import write_atomically
    from page.changes import changes_page
    from qa.changes_table import as_csv

    if file.suffix.lower() == ".csv":
        write_atomically(file, as_csv(pairs, language).encode("utf-8-sig"))  # spreadsheets know UTF-8 by its mark
    elif file.suffix.lower() in (".html", ".htm"):
        write_atomically(file, changes_page(pairs, language).encode("utf-8"))
    else:
        raise BadReference(f"{file.name!r} says no kind of file; name it .html or .csv.")
    _print(f"{len(pairs)} pairs written to {file}.")


def _language(value: str | None) -> str | None:
    from corpus import LANGUAGES
    from qa.messages import message

    if value is not None and value not in LANGUAGES:
        raise BadReference(message("bad.language", "en", value=repr(value)))
    return value


@app.command()
def search(
    words: Annotated[list[str], typer.Argument(help="Words or a sentence.")],
    document: DocumentId = None,
    limit: Annotated[int, typer.Option("--limit", min=1, max=100, help="How many provisions.")] = 10,
    as_json: AsJson = False,
    embedder: Embedder = None,
) -> None:
    """List the provisions nearest to the words, over all installed documents."""
    from qa.rendering import hit_lines

    found = _assistant(embedder).search(" ".join(words), document=document, limit=limit)
    if as_json:
        rows = [
            {"provision": hit.provision.id, "language": hit.provision.language, "score": hit.score}
            for hit in found.hits
        ]
        _print(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    _print(hit_lines(found))


@app.command()
def fetch(
    document: DocumentId = None,
    accept: Annotated[bool, typer.Option("--accept", help="Take texts that are not the known edition.")] = False,
    refresh: Annotated[bool, typer.Option("--refresh", help="Look for new editions of installed texts too.")] = False,
) -> None:
    """Get the official texts from their sources, or from the mirror in ATAZAN_MIRROR."""
    from corpus import load_catalogue
    from corpus.fetching import fetch_all, mirror_location, remember_unreachable
    from qa.rendering import outcome_lines, problem_lines

    folders, catalogue = user_folders(), load_catalogue()
    wanted = frozenset({catalogue.document(document).id}) if document else frozenset()
    with fetching() as on_fetch:
        outcomes = fetch_all(
            catalogue,
            folders,
            mirror=mirror_location(),
            accept=accept,
            refresh=refresh or accept,
            documents=wanted,
            on_progress=on_fetch,
        )
    remember_unreachable(folders, mirror_location(), any(o.problem for o in outcomes))
    for line in outcome_lines(outcomes, catalogue):
        _print(line)
    for line in problem_lines(outcomes):
        tell(line)
    if all(outcome.stored is None for outcome in outcomes):
        raise typer.Exit(1)


@app.command("index")
def build(embedder: Embedder = None) -> None:
    """Build the search index of everything installed, if it is not up to date."""
    assistant = _assistant(embedder)
    count = assistant.index.count
    _print(f"Index {assistant.index.fingerprint}: {count} provisions of {len(assistant.index.documents)} documents.")


@app.command()
def add(
    file: Annotated[Path, typer.Argument(help="A PDF, HTML or text file.")],
    title: Annotated[
        str | None, typer.Option("--title", help="How to call the document; default: the file's name.")
    ] = None,
    embedder: Embedder = None,
) -> None:
    """Add a private document; it stays on this machine and is searched with the Constitution."""
    from corpus.private import add_document
    from qa.language import detect_language

    document, stored = add_document(user_folders(), file, detect=detect_language, title=title)
    _print(f"Added {document.titles['en']} as {document.id} ({len(stored.lines)} paragraphs).")
    _assistant(embedder)


@app.command()
def remove(document: Annotated[str, typer.Argument(metavar="ID", help="As `atazan add` named it.")]) -> None:
    """Forget a private document."""
    from corpus.store import private_documents, remove_private

    folders = user_folders()
    if not remove_private(folders, document):
        known = ", ".join(d.id for d, _ in private_documents(folders)) or "none"
        raise BadReference(f"There is no added document {document!r}; added are: {known}.")
    _print(f"Removed {document}.")


@app.command()
def serve(
    host: Annotated[str, typer.Option("--host", help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="Port to listen on.")] = 7860,
    auth_file: Annotated[
        Path | None,
        typer.Option("--auth-file", metavar="FILE", help="Let in whom it names: name:password, a line each."),
    ] = None,
    per_minute: Annotated[
        int, typer.Option("--per-minute", min=0, help="Questions a minute from one address; 0: any number.")
    ] = 60,
    embedder: Embedder = None,
    generator: GeneratorName = None,
    entailment: EntailmentName = None,
) -> None:
    """Open the page in a browser, by default at http://127.0.0.1:7860; with an HTTP API and an MCP server."""
    import app as page
    from qa.settings import writing_models

    try:
        accounts = page.read_accounts(auth_file) if auth_file else None
    except ValueError as error:
        raise BadReference(str(error)) from error
    assistant = _assistant(embedder, "en", None, *writing_models(user_folders(), generator, entailment))
    _print(f"Atazan is at http://{host}:{port} (stop with Ctrl+C)")
    page.launch(assistant, user_folders(), host=host, port=port, auth=accounts, per_minute=per_minute)


@app.command("eval")
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
    from eval.command import chosen_systems, printed
    from eval.command import evaluate as run
    from eval.dataset import SPLITS, DatasetError

    if split is not None and split not in SPLITS:
        raise BadReference(f"There is no split {split!r}; use {' or '.join(SPLITS)}.")
    for file in files:
        if not file.is_file():
            raise BadReference(f"There is no file {str(file)!r}.")
    try:
        reports = run(
            _assistant(embedder, reranker=reranker),
            user_folders(),
            files,
            split=split,
            systems=chosen_systems(system or []),
            out=out,
        )
    except DatasetError as error:
        raise BadReference(str(error)) from error
    _print(printed(reports, as_json=as_json))


@app.command()
def doctor(
    sources: Annotated[
        bool, typer.Option("--sources", help="Try every official source of every text instead; needs a network.")
    ] = False,
    embedder: Embedder = None,
) -> None:
    """Check this installation: texts, weights, index, and say what is wrong."""
    from qa.doctor import examine

    if sources:
        _doctor_of_sources()
        return
    findings = examine(user_folders(), embedder)
    for finding in findings:
        _print(f"{'ok  ' if finding.ok else 'FAIL'}  {finding.what}")
    if not all(finding.ok for finding in findings):
        raise typer.Exit(1)


def _doctor_of_sources() -> None:
    """Exit status 1 where a text can be had from none of its sources."""
    from corpus import load_catalogue
    from corpus.fetching import survey
    from qa.sources_table import source_lines, without_a_source

    with fetching() as on_fetch:
        reports = survey(load_catalogue(), on_progress=on_fetch)
    for line in source_lines(reports):
        _print(line)
    if lacking := without_a_source(reports):
        tell(f"No source gives {', '.join(lacking)} now; try again later, or name a mirror in ATAZAN_MIRROR.")
        raise typer.Exit(1)


def _assistant(
    embedder: str | None,
    reader: str = "en",
    reranker: str | None = None,
    generator: str | None = None,
    entailment: str | None = None,
) -> Assistant:
    from qa.installation import open_assistant

    with fetching() as on_fetch, building() as on_build:
        return open_assistant(
            user_folders(),
            embedder=embedder,
            reranker=reranker,
            generator=generator,
            entailment=entailment,
            reader=reader,
            on_fetch=on_fetch,
            on_build=on_build,
            notice=tell,
        )


def _print(text: str) -> None:
    sys.stdout.write(text + "\n")


@contextmanager
def _one_line_errors() -> Iterator[None]:
    """Exit status 2 for bad usage, 1 for a failure, one line on stderr and no traceback."""
    try:
        yield
    except (BadQuestion, BadReference) as error:
        tell(str(error))
        sys.exit(2)
    except (AnswerError, CorpusError, SearchIndexError) as error:
        tell(str(error))
        sys.exit(1)
    except BrokenPipeError:
        # The reader of our output has gone (`atazan ask … | head`); nothing is left to say.
        sys.stderr.close()
        sys.exit(0)
    except OSError as error:
        tell(f"{error.strerror or error}: {error.filename or ''}".rstrip(": "))
        sys.exit(1)


def main() -> None:
    """Entry point of the console script."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    with _one_line_errors():
        app()


if __name__ == "__main__":
    main()
