"""What people look for in the Constitution in vain."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

import rtoml

from corpus.provision import LANGUAGES

_VOWELS = "аоуэи"


@dataclass(frozen=True, slots=True)
class Absence:
    """A thing that is not there, named by language, with the `subject` nearest to it by id; `words` are what tells a
    question on it, by language: words, or phrases all of whose words occur."""

    subject: str
    thing: Mapping[str, str]
    words: Mapping[str, tuple[str, ...]]

    @property
    def name(self) -> str:
        """What it is known by: the thing in English, of which there is one."""
        return self.thing["en"]

    @property
    def phrases(self) -> Mapping[str, tuple[str, ...]]:
        """The thing and its words, by language."""
        return {code: (self.thing[code], *self.words[code]) for code in self.thing}

    def opening(self, language: str) -> str:
        """The thing as a sentence on it opens: "On …", "О …" or "Об …", in Kazakh the thing itself."""
        thing = self.thing[language]
        if language == "kk":
            return thing[:1].upper() + thing[1:]
        preposition = "On" if language == "en" else "Об" if thing[:1].lower() in _VOWELS else "О"
        return f"{preposition} {thing}"


@cache
def load_absences() -> tuple[Absence, ...]:
    """All of them, in the file's order."""
    return tuple(
        Absence(
            row["subject"],
            {code: row[code] for code in LANGUAGES},
            {code: tuple(row["words"][code]) for code in LANGUAGES},
        )
        for row in rtoml.loads(_file().decode("utf-8"))["absent"]
    )


@cache
def absences_by_name() -> Mapping[str, Absence]:
    return {absence.name: absence for absence in load_absences()}


def absences_checksum() -> str:
    """SHA-256 of their file, without parsing it."""
    return hashlib.sha256(_file()).hexdigest()


def _file() -> bytes:
    return resources.files("corpus.subjects").joinpath("absent.toml").read_bytes()
