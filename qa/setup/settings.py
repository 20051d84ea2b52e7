"""What the user has chosen once for all: `settings.toml` beside the documents that they added.

An option of the command line or a variable of the environment comes before it.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, fields

import rtoml

from corpus import Folders
from qa.errors import AnswerError

FILE = "settings.toml"
NONE = "none"
GENERATOR_VARIABLE = "ATAZAN_GENERATOR"
ENTAILMENT_VARIABLE = "ATAZAN_ENTAILMENT"


class BadSettings(AnswerError):
    """The settings file cannot be read; the message names it and says what is wrong."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Names of models, each None where nothing is chosen; a generator may be an address."""

    generator: str | None = None
    entailment: str | None = None


def read_settings(folders: Folders) -> Settings:
    """All None where there is no file. Raises `BadSettings`."""
    path = folders.data / FILE
    try:
        raw = rtoml.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Settings()
    except (OSError, ValueError) as error:
        raise BadSettings(f"{path} cannot be read: {error}") from error
    known = [field.name for field in fields(Settings)]
    for name, value in raw.items():
        if name not in known or not isinstance(value, str):
            raise BadSettings(f'{path}: only {" and ".join(known)} can be set, as name = "model"; {name} cannot.')
    return Settings(**raw)


def writing_models(
    folders: Folders, generator: str | None = None, entailment: str | None = None
) -> tuple[str | None, str | None]:
    """The generator and the entailment model to use: what is given here, else by the environment, else by the settings;
    NONE turns one off. Raises `BadSettings`."""
    settings = read_settings(folders)
    named = (
        generator or os.environ.get(GENERATOR_VARIABLE, "").strip() or settings.generator,
        entailment or os.environ.get(ENTAILMENT_VARIABLE, "").strip() or settings.entailment,
    )
    return (None if named[0] == NONE else named[0], None if named[1] == NONE else named[1])
