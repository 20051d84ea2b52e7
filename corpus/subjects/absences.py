"""What people look for in the Constitution in vain."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from corpus.provision import LANGUAGES

_VOWELS = "аоуэи"


@dataclass(frozen=True, slots=True)
class Absence:
    """A thing that is not there, named by language, with the `subject` nearest to it by id; `words` are what tells a
    question on it, by language: words, or phrases all of whose words occur."""

    subject: str
    thing: Mapping[str, str]
    words: Mapping[str, tuple[str, ...]]

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
    text = resources.files("corpus.subjects").joinpath("absent.toml").read_text(encoding="utf-8")
    return tuple(
        Absence(
            row["subject"],
            {code: row[code] for code in LANGUAGES},
            {code: tuple(row["words"][code]) for code in LANGUAGES},
        )
        for row in tomllib.loads(text)["absent"]
    )
