"""What language models made of the questions, from `models.toml`: measured through the batch form, by whoever had the
model; facts noted down, each with the model, the day and how it was done."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import resources
from typing import Any

import rtoml

from corpus import LANGUAGES
from eval.reports.tables import markdown, number


def models_section() -> str:
    """A table a data set: each measure by language, without a model and with each."""
    rows = rtoml.loads(resources.files("eval.reports").joinpath("models.toml").read_text(encoding="utf-8"))["measured"]
    parts = [
        "## With a language model that chooses",
        "`atazan eval FILE --batch-out` writes what it is asked, `--batch-in` measures what it replied\n"
        "([how](../README.md#with-a-language-model)).",
    ]
    for row in rows:
        names = list(row["without"]["en"])
        lines = [_line(side, name, row[side]) for name in names for side in ("without", "with")]
        parts.append(f"`{row['dataset']}`, {row['model']}, {row['date']}: {row['settings']}")
        parts.append(markdown(["measure", "", *LANGUAGES], lines))
    return "\n\n".join(parts)


def _line(side: str, name: str, figures: Mapping[str, Mapping[str, Any]]) -> list[str]:
    return [name, side, *(number(figures[code].get(name)) for code in LANGUAGES)]
