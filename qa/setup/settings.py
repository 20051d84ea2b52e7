"""What the user has chosen once for all: `settings.toml` beside the documents that they added.

An option of the command line or a variable of the environment comes before it.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass

import rtoml

from corpus import Folders
from qa.errors import AnswerError

FILE = "settings.toml"
NONE = "none"
GENERATOR_VARIABLE = "ATAZAN_GENERATOR"
ENTAILMENT_VARIABLE = "ATAZAN_ENTAILMENT"
READER_VARIABLE = "ATAZAN_READER"
ALLOW_HOST_VARIABLE = "ATAZAN_ALLOW_HOST"
TRUSTED_PROXY_VARIABLE = "ATAZAN_TRUSTED_PROXY"
STORE_VARIABLE = "ATAZAN_STORE"
LIBRARY = "library"  # the folder beside the user's documents that holds a library of laws, if there is one
_MODELS = ("generator", "entailment", "reader")
_STORE = "store"
_NAMES = ("allow_host", "trusted_proxy")


class BadSettings(AnswerError):
    """The settings file cannot be read; the message names it and says what is wrong."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Names of models, each None where nothing is chosen, of which a generator may be an address; names of this server
    and proxies to trust; the name of a library's store."""

    generator: str | None = None
    entailment: str | None = None
    reader: str | None = None
    allow_host: tuple[str, ...] = ()
    trusted_proxy: tuple[str, ...] = ()
    store: str | None = None


def read_settings(folders: Folders) -> Settings:
    """Nothing chosen where there is no file. Raises `BadSettings`."""
    path = folders.data / FILE
    try:
        raw = rtoml.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Settings()
    except (OSError, ValueError) as error:
        raise BadSettings(f"{path} cannot be read: {error}") from error
    for name, value in raw.items():
        if not (name in (*_MODELS, _STORE) and isinstance(value, str)) and not (
            name in _NAMES and _is_list_of_names(value)
        ):
            raise BadSettings(
                f'{path}: only {", ".join(_MODELS)} can be set, as name = "model", {_STORE}, as store = "folder or '
                f'address", and {" and ".join(_NAMES)}, as name = ["one", "another"]; {name} cannot.'
            )
    return Settings(
        raw.get("generator"),
        raw.get("entailment"),
        raw.get("reader"),
        tuple(raw.get("allow_host", ())),
        tuple(raw.get("trusted_proxy", ())),
        raw.get(_STORE),
    )


@dataclass(frozen=True, slots=True)
class ModelNames:
    """The language models to use, each None where there is none: `generator` writes, `entailment` checks what it
    writes, `reader` chooses among what was found."""

    generator: str | None = None
    entailment: str | None = None
    reader: str | None = None


def language_models(
    folders: Folders, generator: str | None = None, entailment: str | None = None, reader: str | None = None
) -> ModelNames:
    """Of each, what is given here, else by the environment, else by the settings; NONE turns one off. What writes reads
    too, unless another is named for that. Raises `BadSettings`."""
    settings = read_settings(folders)

    def named(given: str | None, variable: str, chosen: str | None) -> str | None:
        return given or os.environ.get(variable, "").strip() or chosen

    writes = named(generator, GENERATOR_VARIABLE, settings.generator)
    names = (
        writes,
        named(entailment, ENTAILMENT_VARIABLE, settings.entailment),
        named(reader, READER_VARIABLE, settings.reader) or writes,
    )
    return ModelNames(*(None if name == NONE else name for name in names))


def reachable_by(
    folders: Folders, allow_host: Sequence[str] = (), trusted_proxy: Sequence[str] = ()
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """More names of this server, and the proxies to trust: what is given here, else by the environment (with commas
    between), else by the settings. Raises `BadSettings`."""
    settings = read_settings(folders)
    return (
        tuple(allow_host) or _listed(ALLOW_HOST_VARIABLE) or settings.allow_host,
        tuple(trusted_proxy) or _listed(TRUSTED_PROXY_VARIABLE) or settings.trusted_proxy,
    )


def _listed(variable: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in os.environ.get(variable, "").split(",") if name.strip())


def _is_list_of_names(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(name, str) for name in value)


def chosen_store(folders: Folders, given: str | None = None) -> str | None:
    """The name of the store of a library: what is given here, else by the environment, else by the settings, else the
    folder of this user's, if it is there; None without any. Raises `BadSettings`."""
    named = given or os.environ.get(STORE_VARIABLE, "").strip() or read_settings(folders).store
    folder = folders.data / LIBRARY
    return named or (str(folder) if folder.is_dir() else None)
