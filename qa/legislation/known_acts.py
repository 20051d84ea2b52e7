"""The codes and best known laws, by the names and abbreviations that people use for them (`known_acts.toml`)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

import rtoml

from corpus import LANGUAGES
from qa.legislation.titles import matter_of

_RUSSIAN_LAW = r"закон\w*\s+(?:рк\s+|республики\s+казахстан\s+)?[«\"“„]?"
_KAZAKH_END = r"[»\"”]?\s+(?:(?:қр|қазақстан\s+республикасы\w*)\s+)?(?:конституциялық\s+)?"
_OF_KAZAKHSTAN = re.compile(r"\s+РК\b")
_KAZAKHSTANS = re.compile(r"\bҚР\s+$")
_ALONE = 3  # letters from which an abbreviation means one act wherever it stands


@dataclass(frozen=True, slots=True)
class KnownAct:
    """An act that people name: `names` by language, `cited` the abbreviation that lawyers write, where there is one,
    `titles` the official ones by which a library may have it."""

    names: Mapping[str, str]
    cited: Mapping[str, str]
    titles: tuple[str, ...]
    called: Mapping[str, tuple[re.Pattern[str], ...]]
    abbreviations: Mapping[str, tuple[str, ...]]

    def label(self, language: str) -> str:
        """What it is called in a citation."""
        return self.cited.get(language, self.names[language])


def named_in(text: str, language: str, *, has_article: bool) -> list[tuple[KnownAct, tuple[int, int]]]:
    """The acts that a text names, each once, with where it does, in the text's order. An abbreviation of two letters
    counts where an article is named too, or Kazakhstan."""
    found: dict[tuple[int, int], KnownAct] = {}
    for act in known_acts():
        for pattern in (p for code in LANGUAGES for p in act.called[code]):
            if match := pattern.search(text):
                found.setdefault(match.span(), act)
    for span, act in _abbreviated(text, language, has_article=has_article):
        found.setdefault(span, act)
    taken: dict[int, tuple[KnownAct, tuple[int, int]]] = {}
    for span, act in sorted(found.items()):
        inside = any(s <= span[0] and span[1] <= e and (s, e) != span for s, e in found)
        if not inside:
            taken.setdefault(id(act), (act, span))
    return list(taken.values())


def known_by_title(title: str) -> KnownAct | None:
    """The act that has the title, if it is one of these."""
    return next((act for code in LANGUAGES if (act := _titled().get(_key(title, code)))), None)


@cache
def known_acts() -> tuple[KnownAct, ...]:
    """All of them, in the order of the file."""
    raw = rtoml.loads(resources.files("qa.legislation").joinpath("known_acts.toml").read_text(encoding="utf-8"))
    return tuple(
        KnownAct(
            names=row["names"],
            cited=row.get("cited", {}),
            titles=tuple(title for code in ("ru", "kk") for title in row["titles"][code]),
            called={code: tuple(map(_pattern, row["called"][code])) for code in LANGUAGES},
            abbreviations={code: tuple(names) for code, names in row.get("abbreviations", {}).items()},
        )
        for row in raw["act"]
    )


def _abbreviated(text: str, language: str, *, has_article: bool) -> Iterator[tuple[tuple[int, int], KnownAct]]:
    for letters, acts in _abbreviations().items():
        act = acts.get(language) or next(iter(acts.values()))
        for match in re.finditer(rf"(?<![\w-]){letters}(?:-[а-яәіңғүұқөһ]+)?(?![\w-])", text):
            of_kazakhstan = _OF_KAZAKHSTAN.match(text, match.end()) or _KAZAKHSTANS.search(text[: match.start()])
            if has_article or of_kazakhstan or len(letters) >= _ALONE:
                yield match.span(), act


@cache
def _abbreviations() -> dict[str, dict[str, KnownAct]]:
    found: dict[str, dict[str, KnownAct]] = {}
    for act in known_acts():
        for language, names in act.abbreviations.items():
            for name in names:
                found.setdefault(name, {})[language] = act
    return found


@cache
def _titled() -> dict[str, KnownAct]:
    titled = (
        (code, act, title) for act in known_acts() for code in LANGUAGES for title in (*act.titles, *act.names.values())
    )
    return {_key(title, code): act for code, act, title in titled}


def _key(title: str, language: str) -> str:
    return f"{language} {' '.join(matter_of(title, language))}"


def _pattern(written: str) -> re.Pattern[str]:
    """From how `known_acts.toml` writes a name."""
    text = written.replace("*", r"\w*").replace(" ", r"\s+")
    if text.startswith(r"закон\w*\s+"):
        text = _RUSSIAN_LAW + text.removeprefix(r"закон\w*\s+")
    of_kazakh = re.sub(r"(туралы)\\s\+((?:заң|кодекс)\\w\*)$", lambda m: m[1] + _KAZAKH_END + m[2], text)
    return re.compile(rf"\b{of_kazakh}\b", re.IGNORECASE)
