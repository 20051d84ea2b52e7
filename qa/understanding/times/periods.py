"""Times that a question names otherwise than by a date: "in the 2010s", "с 2010 по 2015 год", "он жыл бұрын".

Of a stretch of time the last day counts, the law as that time left it, as of a bare year
(`qa.understanding.times.dates`); of the beginning of a year the first.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date
from functools import cache

from qa.understanding.comparison_question import speaks_of_oneself, speaks_of_the_past

Span = tuple[date, date]  # first and last day

_Y = r"(?:19|20)\d{2}"
_OF_A_YEAR = r"(?:\s*(?:г(?:г|од\w*)?\b\.?|ж(?:ж|ыл\w*)?\b\.?))?"  # the word beside the number, in Russian and Kazakh
_AMENDED = r"(?:199[6-9]|20(?:[01]\d|2[0-5]))"  # "the Constitution of 2007": that of 1995 as amended then
_DASH = r"\s*[-‐‑–—]\s*"
_THIS_CENTURY = 50  # of two digits: '49 is 2049, '50 is 1950

# Decades called by words, and the last year of each.
_DECADES = {
    r"sixties|шестидесят(?:ые|ых)|алпысыншы\s+жылдар\w*": 1969,
    r"seventies|семидесят(?:ые|ых)|жетпісінші\s+жылдар\w*": 1979,
    r"eighties|восьмидесят(?:ые|ых)|сексенінші\s+жылдар\w*": 1989,
    r"nineties|девяност(?:ые|ых)|тоқсаныншы\s+жылдар\w*": 1999,
    r"noughties|нулев(?:ые|ых)": 2009,
    r"twenty[- ]tens|десят(?:ые|ых)": 2019,
}
_NUMBERS = {
    1: r"a|one|один|бір",
    2: r"two|два|екі",
    3: r"three|три|үш",
    4: r"four|четыре|төрт",
    5: r"five|пять|бес",
    6: r"six|шесть|алты",
    7: r"seven|семь|жеті",
    8: r"eight|восемь|сегіз",
    9: r"nine|девять|тоғыз",
    10: r"ten|десять|он",
    15: r"fifteen|пятнадцать|он\s+бес",
    20: r"twenty|двадцать|жиырма",
    25: r"twenty[- ]five|двадцать\s+пять|жиырма\s+бес",
    30: r"thirty|тридцать|отыз",
}
_SEASONS = {5: r"spring|весн(?:а|ой|у|ы)", 8: r"summer|лет(?:о|ом|у)", 11: r"autumn|осень(?:ю)?|осени"}
_KAZAKH_SEASONS = {5: r"көктем\w*", 8: r"жаз(?:ы|ында|да)", 11: r"күз(?:і|інде|де)"}
_HIS_LAST_DAY = date(2019, 3, 20)  # Nazarbayev laid down the office
_FIRST_WORDING = date(1995, 9, 5)  # of the Constitution of 1995


def period_in(text: str, today: date, words: int = 0) -> tuple[re.Match[str], Span] | None:
    """The first such time that the text names, and its first and last day; None where it names none, or only by the
    way: "my uncle got life in the nineties". `words` is the length of the message that the text is a part of."""
    words = words or len(text.split())
    is_asked_of = words <= _FEW or (words <= _MORE and speaks_of_the_past(text))
    if not _HINT.search(text):
        return None
    patterns = [*_exact(), *(_rough() if is_asked_of and not speaks_of_oneself(text) else ())]
    if words <= _MORE and not _COMPARES.search(text) and not speaks_of_oneself(text):
        patterns.append((_SINCE, _since))
    found = [(match, day) for pattern, day in patterns if (match := pattern.search(text))]
    if found:
        match, of = min(found, key=lambda pair: pair[0].start())
        span = of(match, today)
        return (match, span) if span[1] < _OF_TODAYS_LAW else None
    if _OF_1995.search(text) and (first := _FIRST.search(text)):
        return first, (_FIRST_WORDING, _FIRST_WORDING)
    return None


def year_beside(text: str, words: int = 0) -> tuple[re.Match[str], Span] | None:
    """A year that stands beside a few words and names no text: "death penalty 2015"; None where none does."""
    is_short = (words or len(text.split())) <= _FEW
    match = _BARE.search(text) if is_short and not _NAMES_A_TEXT.search(text) else None
    span = _lasted(match, date.min) if match else None
    return (match, span) if match and span and span[1] < _OF_TODAYS_LAW else None


def _year(match: re.Match[str]) -> int:
    """The last year that the match names; of two digits that of this century or the last."""
    digits = re.findall(rf"{_Y}|\d\d", match[0])[-1]
    return int(digits) if len(digits) > 2 else int(digits) + (1900 if int(digits) >= _THIS_CENTURY else 2000)


def _begun(match: re.Match[str], _: date) -> Span:
    return (date(_year(match), 1, 1),) * 2


def _ended(match: re.Match[str], _: date) -> Span:
    return (date(_year(match), 12, 31),) * 2


def _lasted(match: re.Match[str], _: date) -> Span:
    return date(int(re.findall(_Y, match[0])[0]), 1, 1), date(_year(match), 12, 31)


def _since(match: re.Match[str], _: date) -> Span:
    """Of what has held ever since, how it began."""
    return (max(date(_year(match), 1, 1), _FIRST_WORDING) if _year(match) == 1995 else date(_year(match), 1, 1),) * 2


def _decade(match: re.Match[str], _: date) -> Span:
    year = _year(match)
    return date(year - year % 10, 1, 1), date(year - year % 10 + 9, 12, 31)


def _called(names: dict[int, str], word: str) -> int:
    return next(number for number, words in names.items() if re.fullmatch(words, word, re.IGNORECASE))


def _named_decade(match: re.Match[str], _: date) -> Span:
    last = _called({year: words for words, year in _DECADES.items()}, match["decade"])
    return date(last - 9, 1, 1), date(last, 12, 31)


def _season(match: re.Match[str], _: date) -> Span:
    year, month = _year(match), _called(_SEASONS if match.re is _SEASON else _KAZAKH_SEASONS, match["season"])
    return date(year, month - 2, 1), date(year, month, monthrange(year, month)[1])


def _years_ago(match: re.Match[str], today: date) -> Span:
    counted = match["count"]
    year = today.year - (int(counted) if counted.isdigit() else _called(_NUMBERS, counted))
    return (date(year, today.month, min(today.day, monthrange(year, today.month)[1])),) * 2


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)


# What every such time has: most questions have none of it, and need not be looked through.
_HINT = _pattern(r"\d|\b(?:ago|back)\b|назад|бұрын|[nн][aа][zз][aа][rр]b?б?[aа]|ies\b|tens\b|[тв]ы[ех]\b|жылдар")
_SEASON = _pattern(
    rf"\b(?:in\s+)?(?:the\s+)?(?P<season>{'|'.join(_SEASONS.values())})\s+(?:of\s+)?{_Y}(?:\s*г(?:ода|\.))?"
)
_KAZAKH_SEASON = _pattern(rf"\b{_Y}\s*жыл(?:ғы|дың)?\s+(?P<season>{'|'.join(_KAZAKH_SEASONS.values())})\b")
_Read = tuple[re.Pattern[str], Callable[[re.Match[str], date], Span]]


@cache
def _exact() -> tuple[_Read, ...]:
    return (
        (
            _pattern(
                rf"\b(?:between|from)\s+{_Y}\s+(?:and|to|till|until|through)\s+{_Y}\b"
                rf"|\b(?:с|от|между)\s+{_Y}{_OF_A_YEAR}\s+(?:по|до|и)\s+{_Y}{_OF_A_YEAR}"
                rf"|\b{_Y}\s*(?:ж\w*|дан|ден|тан|тен)?\s+(?:мен\s+|пен\s+|бен\s+)?{_Y}\s*(?:жылға\s+дейін|ж\w*\s+ара\w+)"
                rf"|\b(?:(?:in|в|за)\s+)?{_Y}{_DASH}{_Y}\b(?!{_DASH}\d){_OF_A_YEAR}"
            ),
            _lasted,
        ),
        (
            _pattern(
                rf"\b(?:at\s+the\s+(?:beginning|start)\s+of|in\s+early|early\s+in)\s+{_Y}\b"
                rf"|\b(?:в\s+)?(?:самом\s+)?начале\s+{_Y}{_OF_A_YEAR}|\b{_Y}\s*жыл(?:дың)?\s+бас(?:ында|ы)\b"
            ),
            _begun,
        ),
        (
            _pattern(
                rf"\b(?:at\s+the\s+end\s+of|in\s+late|late\s+in)\s+{_Y}\b"
                rf"|\b(?:в\s+)?(?:самом\s+)?конце\s+{_Y}{_OF_A_YEAR}|\b{_Y}\s*жыл(?:дың)?\s+(?:соңында|аяғында)\b"
                rf"|\bв\s+(?:редакции|версии)\s+(?:от\s+)?{_Y}{_OF_A_YEAR}|\bas\s+amended\s+in\s+{_Y}\b"
                rf"|\b(?:in|by|of)\s+the\s+{_Y}\s+(?:wording|version|edition|revision)\b"
                rf"|\bthe\s+{_AMENDED}\s+constitution\b|\bконституци(?!онн)\w*\s+{_AMENDED}{_OF_A_YEAR}"
                rf"|\b{_AMENDED}\s*жылғы\s+(?:конституция(?!лық)|ата\s+заң)"
                rf"|\b{_Y}\s*жылғы\s+(?:редакция|нұсқа)\w*|\b(?:in|of)\s+['’]\d\d\b"
            ),
            _ended,
        ),
    )


@cache
def _rough() -> tuple[_Read, ...]:
    """What is told of more often than asked of."""
    return (
        (
            _pattern(
                rf"\b(?:(?:in|of|during)\s+)?(?:the\s+)?(?:early\s+|late\s+|mid-?\s?)?{_Y}['’]?s\b"
                rf"|\bthe\s+(?:early\s+|late\s+|mid-?\s?)?['’]?\d0['’]?s\b"
                rf"|\b(?:(?:в|во|из)\s+)?(?:{_Y}|[6-9]0)-?\s?(?:х|е|ые|ых)\b(?:\s+год\w*)?"
                rf"|\b{_Y}\s*-?\s*(?:ші|шы|ыншы|інші)?\s*жылдар(?:ы|да|дағы|ында|ындағы)?\b"
            ),
            _decade,
        ),
        (
            _pattern(rf"\b(?:(?:in|of|during|в|во|из)\s+)?(?:the\s+)?(?P<decade>{'|'.join(_DECADES)})\b(?:\s+год\w*)?"),
            _named_decade,
        ),
        (_SEASON, _season),
        (_KAZAKH_SEASON, _season),
        (
            _pattern(
                r"\bunder\s+(?:president\s+)?nazarbayev\b|\b(?:in|during)\s+nazarbayev['’]?s\s+(?:time|days|rule|era)\b"
                r"|\bпри\s+(?:президенте\s+)?назарбаеве\b|\bназарбаев(?:тың)?\s+(?:тұсында|кезінде|заманында)\b"
            ),
            lambda *_: (_FIRST_WORDING, _HIS_LAST_DAY),
        ),
        (
            _pattern(
                rf"\b(?P<count>\d{{1,2}}|{'|'.join(_NUMBERS.values())})"
                r"\s+(?:years?\s+(?:ago|back)|(?:года?|лет)\s+(?:тому\s+)?назад|жыл\s+бұрын)\b"
            ),
            _years_ago,
        ),
    )


_SINCE = _pattern(rf"\bsince\s+(?:the\s+year\s+)?{_Y}\b|\bс\s+{_Y}(?:-го)?\s*г(?:ода|\.)|\b{_Y}\s*жылдан\s+бері\b")
_COMPARES = _pattern(r"\b(?:chang|differ|amend|new|измен|поправ|отлич|нов|өзгер|түзет|жаңа)")  # since then, with now
_FIRST = _pattern(
    r"\b(?:original|first|initial)\s+(?:wording|version|text|edition)\b|\bпервоначальн\w+\s+(?:редакци|верси|текст)\w*"
    r"|\bбастапқы\s+(?:редакция|нұсқа|мәтін)\w*"
)
_FEW, _MORE = 6, 12  # words of a question that is asked of the time it names; the more if it is put in the past tense
_OF_TODAYS_LAW = date(2026, 1, 1)  # from that year on the year tells nothing of which Constitution is meant
# "Death penalty 2015": a year before or behind a few words, unless it is that of a law; a round number is a sum.
_BARE = _pattern(rf"^(?!2000|1900){_Y}\b(?![\d./-])|(?<![\d./-])\b(?!2000|1900){_Y}(?=\W*$)")
_NAMES_A_TEXT = _pattern(
    r"№|\bart(?:\b|icle)|\bст(?:\b|ать)|\bбап|\blaws?\b|\bacts?\b|constitution|\bзакон|конституц|\bзаң|\bсоздан|\bпринят"
)
_OF_1995 = re.compile(r"\b1995\b")
