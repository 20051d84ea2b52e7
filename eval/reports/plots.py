"""Plots of a report, as SVG that stands inside the page."""

from __future__ import annotations

import io
from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas

from eval.reports.report import Figure, Report

_PLOTTED = ("recall@1", "recall@5", "citation_precision", "citation_recall", "abstention_recall", "false_refusal_rate")
_HEAT = ("recall@1", "recall@5", "citation_precision", "citation_recall", "abstention_recall", "fact_match")
_COLOURS = ("#0b6e8f", "#e0a100", "#8a3ffc", "#6f6f6f", "#198038", "#b81922", "#a56eff", "#33b1ff")


def bars(reports: Sequence[Report]) -> str:
    """Systems side by side, measure by measure, with 95 % intervals."""
    names = [name for name in _PLOTTED if any(found.figures[name].mean is not None for found in reports)]
    canvas, axes = _canvas(1.4 * max(len(names), 3) + 2, 3.6)
    width = 0.8 / len(reports)
    for place, found in enumerate(reports):
        at = np.arange(len(names)) + (place - (len(reports) - 1) / 2) * width
        _bars(axes, at, [found.figures[name] for name in names], width, _COLOURS[place % len(_COLOURS)], found.system)
    axes.set_xticks(range(len(names)), [name.replace("_", "\n") for name in names], fontsize=8)
    axes.legend(frameon=False, fontsize=8, ncols=min(len(reports), 6), loc="upper center", bbox_to_anchor=(0.5, 1.15))
    return _svg(canvas)


def languages(found: Report) -> str:
    """One system's measures in each language, with 95 % intervals."""
    names = [name for name in _PLOTTED if found.figures[name].mean is not None]
    canvas, axes = _canvas(1.4 * max(len(names), 3) + 2, 3.6)
    width = 0.8 / max(len(found.by_language), 1)
    for place, (code, figures) in enumerate(found.by_language.items()):
        at = np.arange(len(names)) + (place - (len(found.by_language) - 1) / 2) * width
        _bars(axes, at, [figures[name] for name in names], width, _COLOURS[place], code)
    axes.set_xticks(range(len(names)), [name.replace("_", "\n") for name in names], fontsize=8)
    axes.legend(frameon=False, fontsize=8, ncols=3, loc="upper center", bbox_to_anchor=(0.5, 1.15))
    return _svg(canvas)


def heat_map(found: Report) -> str:
    """Measures by category of question; the number of questions stands beside the name. "" without categories."""
    rows = list(found.by_category)
    names = [name for name in _HEAT if any(found.by_category[row][name].mean is not None for row in rows)]
    if not rows or not names:
        return ""
    means = [[found.by_category[row][name].mean for name in names] for row in rows]
    values = np.array([[np.nan if mean is None else mean for mean in line] for line in means], dtype=float)
    canvas, axes = _canvas(1.1 * len(names) + 2.6, 0.34 * len(rows) + 1)
    axes.imshow(values, vmin=0, vmax=1, cmap="RdYlGn", aspect="auto", alpha=0.55)  # pale: black figures stand on it
    axes.set_ylim(len(rows) - 0.5, -0.5)
    for (y, x), value in np.ndenumerate(values):
        if not np.isnan(value):
            axes.text(x, y, f"{value:.2f}", ha="center", va="center", fontsize=8)
    counts = {row: sum(o.item.category == row for o in found.outcomes) for row in rows}
    axes.set_yticks(range(len(rows)), [f"{row} ({counts[row]})" for row in rows], fontsize=8)
    axes.set_xticks(range(len(names)), [name.replace("_", "\n") for name in names], fontsize=8)
    axes.spines[:].set_visible(False)
    return _svg(canvas)


def _bars(axes: Axes, at: np.ndarray, figures: Sequence[Figure], width: float, colour: str, label: str) -> None:
    means = [figure.mean or 0.0 for figure in figures]
    low = [max(m - f.interval[0], 0) if f.interval else 0.0 for m, f in zip(means, figures, strict=True)]
    high = [max(f.interval[1] - m, 0) if f.interval else 0.0 for m, f in zip(means, figures, strict=True)]
    style = {"ecolor": "#333333", "elinewidth": 0.8}
    axes.bar(at, means, width * 0.92, color=colour, label=label, yerr=[low, high], capsize=2, error_kw=style)


def _canvas(width: float, height: float) -> tuple[Canvas, Axes]:
    canvas = Canvas(figsize=(width, height), layout="constrained")
    axes = canvas.subplots()
    axes.set_ylim(0, 1.02)
    axes.spines[["top", "right"]].set_visible(False)
    return canvas, axes


def _svg(canvas: Canvas) -> str:
    """The drawing without its XML prologue; text stays text, and the same figures give the same drawing."""
    import matplotlib as mpl

    file = io.StringIO()
    with mpl.rc_context({"svg.fonttype": "none", "svg.hashsalt": "atazan", "font.family": "sans-serif"}):
        canvas.savefig(file, format="svg", metadata={"Date": None})
    drawn = file.getvalue()
    return drawn[drawn.index("<svg") :]
