"""`atazan compare`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corpus import user_folders
from qa.commands.options import AsJson, Embedder, Lang, opened_assistant, show, show_json
from qa.errors import BadReference
from qa.setup.progress import fetching, tell

if TYPE_CHECKING:
    from corpus.concordance import Pair


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
    editions: Annotated[
        tuple[str, str] | None,
        typer.Option("--editions", metavar="DAY DAY", help="Compare the document's editions that began on these days."),
    ] = None,
    embedder: Embedder = None,
) -> None:
    """Show what the Constitution of 2026 changed in that of 1995, or one edition of a document in another: an article,
    a topic, or all of it."""
    from qa.commands.changes import comparison_text, table_lines
    from qa.reading.comparison import changes, known_kind, pair_json
    from qa.reading.comparison import compare as compared
    from qa.understanding.language import spoken

    text = " ".join(matter or ())
    reader = spoken(lang) or "en"
    if editions:
        if kind or out:
            raise BadReference("--editions goes with neither --kind nor --out.")
        _compare_editions(text, editions, document, lang, as_json=as_json)
        return
    pairs = changes(known_kind(kind, reader))
    if out:
        _write_table(out, pairs, reader)
        return
    if not text:
        if as_json:
            show_json([pair_json(pair) for pair in pairs])
        else:
            show("\n\n".join(table_lines(pairs, reader)))
        return
    found = compared(opened_assistant(embedder, reader), text, language=lang, document=document)
    if kind:
        found = replace(found, pairs=tuple(pair for pair in found.pairs if pair in pairs))
    if as_json:
        show_json(found.to_json())
    else:
        show(comparison_text(found))


def _compare_editions(
    text: str, days: tuple[str, str], document: str | None, lang: str | None, *, as_json: bool
) -> None:
    from qa.commands.changes import editions_text
    from qa.reading.edition_comparison import compare_editions
    from qa.setup.installation import ensure_texts
    from qa.understanding.question import parse_date

    reader = lang or "en"
    old, new = (parse_date(day, reader) for day in days)
    with fetching() as on_fetch:
        state = ensure_texts(user_folders(), reader=reader, on_fetch=on_fetch, notice=tell)
    found = compare_editions(state, text, (old, new), document=document, language=lang)
    if as_json:
        show_json(found.to_json())
    else:
        show(editions_text(found))


def _write_table(file: Path, pairs: Sequence[Pair], language: str) -> None:
    """The table of changes into a file of the kind that its name says."""
    from corpus.files import write_atomically
    from page.changes.saved import changes_page
    from qa.reading.changes_table import as_csv

    if file.suffix.lower() == ".csv":
        write_atomically(file, as_csv(pairs, language).encode("utf-8-sig"))  # spreadsheets know UTF-8 by its mark
    elif file.suffix.lower() in (".html", ".htm"):
        write_atomically(file, changes_page(pairs, language).encode("utf-8"))
    else:
        raise BadReference(f"{file.name!r} says no kind of file; name it .html or .csv.")
    show(f"{len(pairs)} pairs written to {file}.")
