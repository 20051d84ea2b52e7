"""The plot of a run: how figures grow with the number of provisions, both axes logarithmic."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import Any

_SHOWN: tuple[tuple[str, Callable[[dict[str, Any]], float]], ...] = (
    ("one search, p95 (ms)", lambda result: result["one"][1]),
    ("memory of the process (MB)", lambda result: result["megabytes"]),
    ("disk (MB)", lambda result: result["disk"]),
    ("written and settled (s)", lambda result: result["writing"] + result["settling"]),
)
_COLOURS = ("#0b6e8f", "#e0a100")


def plot(results: Sequence[dict[str, Any]]) -> str:
    """The drawing as SVG; the same figures give the same drawing."""
    import matplotlib as mpl
    from matplotlib.figure import Figure

    with mpl.rc_context(
        {"svg.fonttype": "none", "svg.hashsalt": "atazan", "font.family": "sans-serif", "font.size": 9}
    ):
        canvas = Figure(figsize=(8, 5.6), layout="constrained")
        for axes, (title, value) in zip(canvas.subplots(2, 2).flat, _SHOWN, strict=True):
            for kind, colour in zip(dict.fromkeys(r["store"] for r in results), _COLOURS, strict=False):
                own = [r for r in results if r["store"] == kind and "stopped" not in r]
                axes.loglog([r["provisions"] for r in own], [value(r) for r in own], "o-", color=colour, label=kind)
            axes.set_title(title, fontsize=9)
            axes.set_xlabel("provisions")
            axes.grid(which="major", linewidth=0.3)
            axes.spines[["top", "right"]].set_visible(False)
        canvas.axes[0].legend(frameon=False)
        file = io.StringIO()
        canvas.savefig(file, format="svg", metadata={"Date": None})
    return file.getvalue()
