"""The table of where the two official texts part, for `docs/two-official-texts.md`:

python -m qa.reading.divergences_table > docs/two-official-texts.md
"""

from __future__ import annotations

from collections.abc import Iterator

from corpus.divergences import Divergence, Side, Weight, divergences
from qa.labels import label_of_eid

_DOCUMENT = "kz-constitution-2026"
_OPENING = """\
# Where the two official texts of 2026 differ

The Constitution is official in Kazakh and in Russian. While the plain words were read against both (November 2026),
these places were met where the two say something else; an answer that cites one tells of it. The plain words follow the
text of their language: the Kazakh ones the Kazakh text, the Russian and English ones the Russian. This is a reading of
ours, in our words, and not a lawyer's; which text prevails where they part, it does not say.

It stands in `corpus/divergences/kz-constitution-2026.toml`, in three languages; this page is made of that by
`python -m qa.reading.divergences_table`."""
_HEADINGS: dict[Weight, str] = {
    "case": "A case might be decided otherwise",
    "shade": "Shades that could be argued",
}


def markdown() -> str:
    """The whole page, in English."""
    rows = list(dict.fromkeys(divergences(_DOCUMENT, "en").values()))
    parts = [_OPENING]
    for weight, heading in _HEADINGS.items():
        parts += [f"## {heading}", "\n".join(_table([row for row in rows if row.weight == weight]))]
    return "\n\n".join(parts) + "\n"


def _table(rows: list[Divergence]) -> Iterator[str]:
    yield "| Article | The Kazakh text | The Russian text | Why it matters |"
    yield "|---|---|---|---|"
    for row in rows:
        labels = (label_of_eid(name.partition("#")[2], "en").removeprefix("Art. ") for name in row.provisions)
        yield f"| {'; '.join(labels)} | {_side(row.kk)} | {_side(row.ru)} | {row.why} |"


def _side(side: Side) -> str:
    return f"*{side.phrase}*: {side.says}"


if __name__ == "__main__":
    print(markdown(), end="")
