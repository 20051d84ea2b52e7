"""Reading a document's divergences from `<document>.toml`."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Literal, get_args

import rtoml

from corpus.errors import CorpusError
from corpus.provision import LANGUAGES

Weight = Literal["case", "shade"]
_ROW = ("at", "weight", "phrase", *LANGUAGES)
_PHRASE = ("kk", "ru")
_TOLD = ("kk", "ru", "why")


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two official texts: what it says in words of ours, and the few of its own on which that hangs."""

    says: str
    phrase: str


@dataclass(frozen=True, slots=True)
class Divergence:
    """A place where the Kazakh and the Russian text part, told to a reader of one language.

    `provisions` are identifiers of all that it is about, in the document's order. `weight` is "case" where a case might
    be decided otherwise by either text, "shade" where that could be argued; `why` says why it matters.
    """

    provisions: tuple[str, ...]
    weight: Weight
    kk: Side
    ru: Side
    why: str

    def to_json(self) -> dict[str, Any]:
        sides = {code: {"says": side.says, "phrase": side.phrase} for code, side in (("kk", self.kk), ("ru", self.ru))}
        return {"weight": self.weight, **sides, "why": self.why}


def divergence_of(identifier: str, language: str) -> Divergence | None:
    """What is about exactly this provision, told in the language; None where its texts agree or none were compared."""
    return divergences(identifier.partition("#")[0], language).get(identifier)


@cache
def divergences(document: str, language: str) -> Mapping[str, Divergence]:
    """The document's divergences by the identifiers of their provisions, in the file's order; empty where it has none.
    Raises `CorpusError` where its file is unsound."""
    path = resources.files("corpus.divergences").joinpath(f"{document}.toml")
    if not path.is_file():
        return {}
    return read_divergences(path.read_text(encoding="utf-8"), document, language)


def read_divergences(source: str, document: str, language: str) -> dict[str, Divergence]:
    """The divergences that a file's text holds. Raises `CorpusError`, which names the file and the place in it, where a
    key is unknown or missing, whatever the language, or a provision is named twice."""
    file = f"corpus/divergences/{document}.toml"
    try:
        table = rtoml.loads(source)
    except rtoml.TomlParsingError as error:
        raise CorpusError(f"{file} is no TOML ({error}); mend it.") from error
    _check(table, ("divergence",), file)
    found: dict[str, Divergence] = {}
    for number, row in enumerate(table["divergence"], start=1):
        place = f"{file}, divergence {number}"
        _check(row, _ROW, place)
        _check_words(row["phrase"], _PHRASE, f"{place}, phrase")
        for code in LANGUAGES:
            _check_words(row[code], _TOLD, f"{place}, {code}")
        if not row["at"] or row["weight"] not in get_args(Weight):
            raise CorpusError(f"{place} has no provision, or a weight that is neither of {get_args(Weight)}; mend it.")
        told, phrase = row[language], row["phrase"]
        names = tuple(f"{document}#{eid}" for eid in row["at"])
        if twice := found.keys() & set(names):
            raise CorpusError(f"{place} is about {', '.join(sorted(twice))}, as one before it; make one of the two.")
        kk, ru = (Side(told[code], phrase[code]) for code in _PHRASE)
        found |= dict.fromkeys(names, Divergence(names, row["weight"], kk, ru, told["why"]))
    return found


def _check(table: Any, keys: Collection[str], place: str) -> None:
    """That the table has these keys and no others."""
    given = table.keys() if isinstance(table, dict) else set()
    for problem, names in (("lacks", set(keys) - given), ("has the unknown", given - set(keys))):
        if names:
            raise CorpusError(f"{place} {problem} {', '.join(sorted(names))}; mend it.")


def _check_words(table: Any, keys: Collection[str], place: str) -> None:
    """That the table has these keys, no others, and words under each."""
    _check(table, keys, place)
    if empty := [key for key in keys if not isinstance(table[key], str) or not table[key].strip()]:
        raise CorpusError(f"{place} has no words under {', '.join(empty)}; mend it.")
