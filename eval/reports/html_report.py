"""The report as one HTML page that opens from disk with no network."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from importlib import resources
from itertools import groupby
from pathlib import Path

import jinja2
from markupsafe import Markup

from corpus.files import write_atomically
from eval.measures import MEASURES
from eval.reports.plots import bars, heat_map, languages
from eval.reports.report import Report
from eval.reports.tables import number, with_interval
from eval.statistics.comparison import Comparison, compare

_TRACED = 300  # failures shown with their trace; a page of more is not read


def write_report(folder: Path, reports: Sequence[Report]) -> Path:
    """Write `report.html` into the folder and return its path. Questions and answers are escaped."""
    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True)
    source = resources.files("eval").joinpath("report.html").read_text(encoding="utf-8")
    datasets = [_dataset(name, list(found)) for name, found in groupby(reports, key=lambda r: r.dataset)]
    page = environment.from_string(source).render(
        datasets=datasets,
        measures=MEASURES,
        number=number,
        with_interval=with_interval,
        made=datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        most=_TRACED,
    )
    path = folder / "report.html"
    write_atomically(path, page.encode("utf-8"))
    return path


def _dataset(name: str, reports: list[Report]) -> dict[str, object]:
    first = reports[0]
    others = [compare(first, other) for other in reports[1:]]
    comparisons: list[Comparison] = [found for found in others if found]
    return {
        "name": name,
        "reports": reports,
        "count": len(first.outcomes),
        "bars": Markup(bars(reports)),  # drawn here, from numbers and escaped names
        "comparisons": comparisons,
        "drawn": [
            {"report": found, "languages": Markup(languages(found)), "heat": Markup(heat_map(found))}
            for found in reports
        ],
    }
