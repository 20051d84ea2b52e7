"""How the kind and the standing of an act are said, in Russian, Kazakh and English."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import TypeVar

from corpus.library.acts import ActKind, ActStatus
from corpus.text.folding import fold_letters

_Name = TypeVar("_Name")
# In this order: a constitutional law is a law too, a decree may have the force of one, a law may ratify a treaty.
_KINDS: tuple[tuple[ActKind, str], ...] = (
    ("constitutional_law", r"конституционн\w+ закон|конституциялық заң|constitutional[ _]law"),
    ("code", r"кодекс|\bcode\b"),
    ("decree", r"\bуказ\b|жарлы[ғқ]|\bdecree\b"),
    ("resolution", r"постановлени|қаулы|\bresolution\b"),
    ("order", r"\bприказ|бұйры[ғқ]|\border\b"),
    ("law", r"\bзакон|\bзаң|\blaw\b"),
    ("treaty", r"\bдоговор|\bконвенци|\bсоглашени|\bпротокол\b|\bшарт|\bкелісім|\btreaty\b|\bconvention\b"),
)
# What an act calls itself in its first sentence, or what the body that adopted it says there.
_CALLED: tuple[tuple[ActKind, str], ...] = (
    ("constitutional_law", r"настоящ\w+ конституционн\w+ закон|осы конституциялық заң"),
    ("code", r"настоящ\w+ кодекс|осы кодекс"),
    ("law", r"настоящ\w+ закон|осы заң"),
    ("resolution", r"постановляет|қаулы етеді"),
    ("decree", r"постановляю|қаулы етемін"),
    ("order", r"приказываю|бұйырамын"),
)
_STATUSES: tuple[tuple[ActStatus, str], ...] = (
    ("not_yet", r"не (?:введ|вступ)|енгізілме|not[ _]yet|not[ _]in[ _]force|not[ _]effective|pending"),
    ("repealed", r"утрат|отмен|не ?действу|недейств|жойыл|жойған|repeal|invalid|expired|cancel|void|inactive"),
    (
        "in_force",
        r"действу|обновл|\bновый|вступил|күшінде|қолданыста|\bжаңа|in[ _-]?force|active|valid|effective",
    ),
)
_YES, _NO = frozenset("true yes on 1 да иә".split()), frozenset("false no off 0 нет жоқ".split())
_REPEALED = re.compile(r"^(?:(?:сноска|ескерту|footnote)\.\s*)?(?:утратил[аио]?\s+силу|күші\s+жойыл)", re.I)
_DAY_FIRST = re.compile(r"(?P<d>\d{1,2})[./](?P<m>\d{1,2})[./](?P<y>[12]\d{3})\b")
_YEAR_FIRST = re.compile(r"(?P<y>[12]\d{3})[-./](?P<m>\d{2})[-./](?P<d>\d{2})(?!\d)")


def kind_in(text: str) -> ActKind | None:
    """The kind that the words name."""
    return _first(_KINDS, text)


def kind_called(text: str) -> ActKind | None:
    """The kind that an act's first sentences give away."""
    return _first(_CALLED, text)


def status_in(text: str) -> ActStatus | None:
    """The standing that the words name."""
    return _first(_STATUSES, text)


def truth_in(text: str) -> bool | None:
    """What a flag says; None for no flag."""
    word = text.strip().casefold()
    return True if word in _YES else False if word in _NO else None


def says_repealed(text: str) -> bool:
    """Whether a note says of the whole act that it has lost its force."""
    return bool(_REPEALED.match(fold_letters(text)))


def day_in(text: str, *, whole: bool = False) -> date | None:
    """The first day written in digits (2026-07-01, 01.07.2026), or in words (5 июня 2026 года, 2026 жылғы 5 маусым);
    with `whole`, only where the text begins with it. None also for a day that no calendar has."""
    find = re.Pattern.match if whole else re.Pattern.search
    found = find(_YEAR_FIRST, text) or find(_DAY_FIRST, text)
    if not found:
        folded = fold_letters(text).casefold()
        found = next((match for pattern in _named_days() if (match := find(pattern, folded))), None)
    if not found:
        return None
    month = found["m"]
    try:
        return date(int(found["y"]), int(month) if month.isdecimal() else _months()[month], int(found["d"]))
    except ValueError:
        return None


def _first(rows: Sequence[tuple[_Name, str]], text: str) -> _Name | None:
    folded = fold_letters(text).casefold()
    return next((name for name, pattern in rows if re.search(pattern, folded)), None)


@cache
def _months() -> Mapping[str, int]:
    """The number of a month by its name as it stands in a day."""
    from babel.dates import get_month_names

    return {
        fold_letters(name).casefold(): number
        for language in ("ru", "kk", "en")
        for number, name in get_month_names("wide", context="format", locale=language).items()
    }


@cache
def _named_days() -> tuple[re.Pattern[str], ...]:
    months = f"(?P<m>{'|'.join(_months())})"
    return (
        re.compile(rf"(?P<d>\d{{1,2}}) {months},? (?P<y>[12]\d{{3}})"),
        re.compile(rf"(?P<y>[12]\d{{3}}) жылғы (?P<d>\d{{1,2}}) {months}"),
    )
