"""What the form of a question tells of what is wanted: a judgement, whether something is there, where it stands."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from typing import Any, Literal

import rtoml

Form = Literal[
    "opinion", "existence", "place", "of_the_text", "draft", "rest", "purpose", "situation", "listing", "point",
    "how", "steps", "of_these",
    "articles", "adopted", "in-force", "languages", "preamble", "summary",
    "count", "whole_of_it", "section", "sections", "range", "after", "before", "first_article", "last_article",
    "before_the_first", "judgement",
]  # fmt: skip


def has_form(form: Form, text: str, language: str) -> bool:
    """Whether the text asks in the form."""
    return any(pattern.search(text) for pattern in _patterns(form, language))


def without_form(form: Form, text: str, language: str) -> str:
    """The text without the words that make the form."""
    for pattern in _patterns(form, language):
        text = pattern.sub(" ", text)
    return " ".join(text.split()).strip(" ,;:–—-")


def adopted_text(text: str, language: str) -> str:
    """The text with the draft that was adopted called the Constitution; unchanged where it speaks of none."""
    for pattern in _patterns("draft", language):
        text = pattern.sub(_table()["adopted_text"][language], text)
    return text


def with_names_as_here(text: str) -> str:
    """The text with names of ours in Latin letters spelt as they are here ("Kurultay")."""
    for name, pattern in _table()["spelt"].items():
        text = re.sub(pattern, name, text, flags=re.IGNORECASE)
    return text


def ordinal_in(form: Literal["section"], text: str, language: str) -> int | None:
    """The ordinal, from 0, that a thing of the form is called by, in digits, Roman numerals or words ("the third
    section", "раздел IV", "5-бөлім"); None without one."""
    table = _table()["ordinal"]
    for pattern in table[form][language]:
        for match in re.finditer(pattern.format(f"(?:{'|'.join(table['words'][language])})"), text, re.IGNORECASE):
            number = match["n"].lower()
            if number.isdigit():
                return int(number) - 1
            if number in table["roman"]:
                return int(table["roman"].index(number))
            return next(at for at, word in enumerate(table["words"][language]) if re.match(word, number))
    return None


def which_of_shown(text: str, language: str) -> int | None:
    """The ordinal, from 0, of what was shown that a follow-up asks to explain ("the third?"); None where it asks for
    something else."""
    table = _table()["shown"]
    for at, ordinal in enumerate(table["ordinals"][language]):
        if re.match(table["form"][language].format(ordinal), text, re.IGNORECASE):
            return at
    return None


@cache
def _patterns(form: Form, language: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in _table()[form][language])


@cache
def _table() -> dict[str, Any]:
    return rtoml.loads(resources.files("qa.understanding").joinpath("forms.toml").read_text(encoding="utf-8"))
