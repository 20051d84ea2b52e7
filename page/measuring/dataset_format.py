"""What a data set looks like, with an example, for whoever is about to make one."""

from __future__ import annotations

from page.translation import say
from page.views.markup import escaped

_NEEDED = ("id", "question", "language", "answerable")
FIELDS = (*_NEEDED, "gold", "facts", "document", "as_of", "parallel")
_LINES = 3  # of a table in the example


def dataset_format(objects: str, table: str, language: str, **limits: int) -> str:
    """The fields in words, then the beginning of a data set as JSON Lines and as a table; `limits` are its `count` of
    questions and `megabytes`."""
    needed = f" ({escaped(say('evaluate_needed', language))})"
    fields = "".join(
        f"<dt><code>{name}</code>{needed if name in _NEEDED else ''}</dt>"
        f"<dd>{escaped(say(f'evaluate_field_{name}', language))}</dd>"
        for name in FIELDS
    )
    lines = "\n".join(table.lstrip("\ufeff").splitlines()[:_LINES])
    return (
        f'<details class="az-format"><summary>{escaped(say("evaluate_format", language))}</summary>'
        f"<p>{escaped(say('evaluate_format_lines', language, **limits))}</p><dl>{fields}</dl>"
        f"<p>{escaped(say('evaluate_format_lists', language))}</p>"
        f"{_example('JSON Lines', objects.splitlines()[1])}{_example('CSV', lines)}"
        f"<p>{escaped(say('evaluate_samples', language))}</p></details>"
    )


def _example(name: str, text: str) -> str:
    return f'<p class="az-meta">{name}</p><pre tabindex="0">{escaped(text)}</pre>'
