"""The figures as tables: of text for the terminal, of Markdown for the documentation."""

from __future__ import annotations

from collections.abc import Sequence

from eval.measures import MEASURES
from eval.reports.report import Figure, Report


def number(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def with_interval(figure: Figure) -> str:
    """`0.951 [0.91, 0.98]`."""
    if figure.mean is None or figure.interval is None:
        return number(figure.mean)
    low, high = figure.interval
    return f"{figure.mean:.3f} [{low:.2f}, {high:.2f}]"


def text_tables(reports: Sequence[Report]) -> str:
    """One table a report: a row a measure, the mean with its interval and the mean of each language; then the
    failures."""
    return "\n\n".join(_text_table(found) for found in reports)


def _text_table(found: Report) -> str:
    languages = list(found.by_language)
    lines = [f"{found.dataset}: {len(found.outcomes)} questions, system {found.system}"]
    lines.append(f"{'':22s}{'all [95 %]':22s}" + "".join(f"{code:>8s}" for code in languages))
    for name in MEASURES:
        figure = found.figures[name]
        if figure.mean is not None:
            row = "".join(f"{number(found.by_language[code][name].mean):>8s}" for code in languages)
            lines.append(f"{name:22s}{with_interval(figure):22s}{row}")
    p50, p95 = found.latency["latency_ms_p50"], found.latency["latency_ms_p95"]
    lines.append(f"{'latency':22s}{p50} ms median, {p95} ms at 95 %")
    if found.tokens:
        read, written = found.tokens
        lines.append(f"{'tokens a question':22s}{read:.0f} read, {written:.0f} written, by a model that chooses")
    lines.append(f"{'failures':22s}{len(found.failures)} of {len(found.outcomes)}")
    return "\n".join(lines)


def markdown(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table; all columns but the first are figures and stand to the right."""
    rule = ["---", *["--:"] * (len(header) - 1)]
    return "\n".join("| " + " | ".join(row) + " |" for row in (header, rule, *rows))
