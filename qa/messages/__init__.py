"""The catalogue of interface texts: one TOML file a language, the same keys in each."""

from __future__ import annotations

from functools import cache
from importlib import resources

import rtoml

from corpus import LANGUAGES


@cache
def catalogue(language: str) -> dict[str, str]:
    """All messages of the language, keys dotted (`abstain.out_of_scope`)."""
    raw = rtoml.loads(resources.files("qa.messages").joinpath(f"{language}.toml").read_text(encoding="utf-8"))
    return {f"{group}.{key}": str(text) for group, rows in raw.items() for key, text in rows.items()}


def message(key: str, language: str, **values: object) -> str:
    """The text in the language, with `{name}` filled in. Raises KeyError for an unknown key."""
    return catalogue(language if language in LANGUAGES else "en")[key].format(**values)
