"""`atazan doctor`: this installation, or where official texts are to be had today."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from corpus import user_folders
from qa.commands.options import Embedder, StoreName, show
from qa.setup.progress import fetching, tell

if TYPE_CHECKING:
    from corpus.fetching import SourceReport

_LONGEST_SHAPE = 60
_TITLES = ("text", "source", "reachable", "articles", "agrees", "shape")


def doctor(
    sources: Annotated[
        bool, typer.Option("--sources", help="Try every official source of every text instead; needs a network.")
    ] = False,
    embedder: Embedder = None,
    store: StoreName = None,
) -> None:
    """Check this installation: texts, weights, index, library of laws, and say what is wrong."""
    from qa.setup.doctor import examine

    if sources:
        _doctor_of_sources()
        return
    findings = examine(user_folders(), embedder, store)
    for finding in findings:
        show(f"{'ok  ' if finding.ok else 'FAIL'}  {finding.what}")
    if not all(finding.ok for finding in findings):
        raise typer.Exit(1)


def _doctor_of_sources() -> None:
    """Exit status 1 where a text can be had from none of its sources."""
    from corpus import load_catalogue
    from corpus.fetching import survey

    with fetching() as on_fetch:
        reports = survey(load_catalogue(), on_progress=on_fetch)
    for line in source_lines(reports):
        show(line)
    if lacking := without_a_source(reports):
        tell(f"No source gives {', '.join(lacking)} now; try again later, or name a mirror in ATAZAN_MIRROR.")
        raise typer.Exit(1)


def source_lines(reports: Sequence[SourceReport]) -> Iterator[str]:
    """A row a source; what came in a document's place, or where it differs, stands last, and below the table where it
    is longer than a few words."""
    notes = list(dict.fromkeys(shape for report in reports if len(shape := _shape(report)) > _LONGEST_SHAPE))
    rows = [_TITLES, *(_row(report, notes) for report in reports)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_TITLES))]
    for row in rows:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
    for number, note in enumerate(notes, start=1):
        yield f"({number}) {note}"


def without_a_source(reports: Sequence[SourceReport]) -> list[str]:
    """Texts that none of their sources gives as a whole document."""
    names = dict.fromkeys(_name(report) for report in reports)
    given = {_name(report) for report in reports if report.shape == "document"}
    return [name for name in names if name not in given]


def _shape(report: SourceReport) -> str:
    differs = f", other in {report.differs}" if report.differs and report.shape == "document" else ""
    return f"{report.shape}{differs}"


def _row(report: SourceReport, notes: list[str]) -> tuple[str, ...]:
    shape = _shape(report)
    kind = report.source.media_type.split("/")[1].upper()
    whole = report.shape == "document"
    return (
        _name(report),
        f"{report.source.host} {kind}",
        "yes" if report.reachable else "no",
        f"{report.articles} of {report.edition.articles}" if report.articles else "-",
        "yes" if report.agrees else "no" if whole else "-",
        f"({notes.index(shape) + 1})" if shape in notes else shape,
    )


def _name(report: SourceReport) -> str:
    return report.edition.name
