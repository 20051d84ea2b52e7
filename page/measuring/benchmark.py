"""The latest benchmark: its systems as bars, and its page."""

from __future__ import annotations

import re
from pathlib import Path

from markdown_it import MarkdownIt

from page.translation import say
from page.views.markup import escaped

BENCHMARK = Path(__file__).parent.parent.parent / "docs" / "benchmark.md"
_SYSTEM_ROW = re.compile(
    r"^\| `(?P<name>[\w-]+)` \| (?P<share>0\.\d+|1\.000)(?: \[(?P<low>[\d.]+), (?P<high>[\d.]+)\])?"
)


def chart(language: str) -> str:
    """The systems of the latest benchmark as bars with their intervals; a sentence where there is none."""
    title = f"<h2>{escaped(say('benchmark', language))}</h2>"
    rows = [match for line in _benchmark().splitlines() if (match := _SYSTEM_ROW.match(line)) and match["low"]]
    if not rows:
        return f"{title}<p>{escaped(say('benchmark_none', language))}</p>"
    bars = "".join(
        f'<li><span class="az-bar-name">{escaped(row["name"])}</span>'
        f'<span class="az-bar"><span style="width:{100 * float(row["share"]):.1f}%"></span></span>'
        f"<span>{row['share']} [{row['low']}, {row['high']}]</span></li>"
        for row in rows
    )
    return f'{title}<p class="az-meta">{escaped(say("benchmark_chart", language))}</p><ul class="az-bars">{bars}</ul>'


def tables(language: str) -> str:
    """The benchmark's page without its title, links to files taken out: they lead nowhere from here. Its tables are
    wide, so it can be scrolled, by the keyboard too."""
    text = re.sub(r"^# .*\n", "", _benchmark())
    text = re.sub(r"\[([^\]]+)\]\(\.\./[^)]+\)", r"\1", text)
    title = escaped(say("benchmark", language))
    page = MarkdownIt("commonmark").enable("table").render(text)
    return f'<div class="az-benchmark" lang="en" role="region" tabindex="0" aria-label="{title}">{page}</div>'


def _benchmark() -> str:
    return BENCHMARK.read_text(encoding="utf-8") if BENCHMARK.is_file() else ""
