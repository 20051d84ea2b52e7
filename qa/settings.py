"""What the user has chosen once for all: `settings.toml` beside the documents that they added.

An option of the command line or a variable of the environment comes before it.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields

from corpus import Folders
from qa.errors import AnswerError

FILE = "settings.toml"


class BadSettings(AnswerError):
    """The settings file cannot be read; the message names it and says what is wrong."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Names of models, each None where nothing is chosen; a generator may be an address."""

    embedder: str | None = None
    reranker: str | None = None
    generator: str | None = None
    entailment: str | None = None


def read_settings(folders: Folders) -> Settings:
    """All None where there is no file. Raises `BadSettings`."""
    path = folders.data / FILE
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Settings()
    except (OSError, ValueError) as error:
        raise BadSettings(f"{path} cannot be read: {error}") from error
    known = [field.name for field in fields(Settings)]
    for name, value in raw.items():
        if name not in known or not isinstance(value, str):
            raise BadSettings(f'{path}: write {", ".join(known)} alone, each = "name"; not {name}.')
    return Settings(**raw)
