"""Dates that a question names: "in 2019", "15 марта 2026 года", "референдумға дейін".

The library dateparser (1.4) was tried on them: it reads "в 2019 году" as the year 7 and "May the President…" as a
month, and in Kazakh finds the year alone of a whole date.

A longer message tells what happened, and when, before it asks: "I moved here in 2019 … may I become a deputy?" asks
nothing of the law of 2019. A day or a document that is named only in the telling is not the one asked about, unless the
question points back to it: "could one be held so long then?".
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from corpus.text.sentences import asking_sentences
from qa.errors import BadReference
from qa.messages import message
from qa.understanding.comparison_question import speaks_of_the_past
from qa.understanding.times.periods import Span, period_in, year_beside

_TELLS = 16  # words from which a message tells something before it asks
_POINTS_BACK = re.compile(
    r"\b(?:then|(?:at|by|in|on|of|for)\s+(?:that|those|the\s+same)\s+(?:time|day|date|year|month|days|years)|that\s+(?:day|year)"
    r"|back\s+then|as\s+it\s+stood|in\s+force\s+(?:then|there))\b"
    r"|\b(?:тогда(?:шн\w+)?|в\s+(?:тот|то|те|ту)\s+(?:день|время|год|годы|дату|пору|момент)|на\s+(?:тот|этот|ту|эту)\s+(?:день|момент|дату)"
    r"|того\s+(?:дня|года|времени)|тех\s+(?:лет|времён|времен))\b"
    r"|\b(?:сол|ол|сонау|бұл)\s+(?:кез|күн|жыл|уақыт|шақ|тұс)\w*|\bонда\b",
    re.IGNORECASE,
)
# From here on a telling speaks of today: "in 2021 I lost my leg, and now they …".
_TODAY = re.compile(
    r"[,;:–—-]?\s+(?:and\s+|but\s+|а\s+|и\s+|но\s+|ал\s+)?(?:now(?!\s+and\b)|today|теперь|сейчас|нынче|енді|қазір)\b",
    re.IGNORECASE,
)
_YEAR = r"(?P<year>(?:19|20)\d{2})"
_DAY = r"(?P<day>\d{1,2})"
# Beginnings of the months' names, in the order of the year.
_MONTHS = {
    "en": "jan feb mar apr may jun jul aug sep oct nov dec".split(),
    "ru": "январ феврал март апрел ма[йяе]\\b июн июл август сентябр октябр ноябр декабр".split(),
    "kk": "қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан(?!ба) қараша желтоқсан".split(),
}
_NAMES = {code: rf"(?P<name>{'|'.join(stems)})\w*" for code, stems in _MONTHS.items()}
_DATES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b{_YEAR}-(?P<month>\d{{1,2}})-{_DAY}\b",
        rf"\b{_DAY}\.(?P<month>\d{{1,2}})\.{_YEAR}\b",
        rf"\b{_YEAR}/(?P<month>\d{{1,2}})/{_DAY}\b",
        rf"\b{_DAY}/(?P<month>\d{{1,2}})/{_YEAR}\b",
        rf"\b(?:on\s+|in\s+)?(?:{_DAY}(?:st|nd|rd|th)?\s+(?:of\s+)?)?{_NAMES['en']},?\s+{_YEAR}\b",
        rf"\b(?:on\s+)?{_NAMES['en']}\s+{_DAY}(?:st|nd|rd|th)?,?\s+{_YEAR}\b",
        rf"\b(?:в\s+|на\s+)?(?:{_DAY}\s+)?{_NAMES['ru']}\s+{_YEAR}(?:\s*г(?:од[уа]?|\.))?",
        rf"\b{_YEAR}\s*ж(?:ыл(?:ы|ғы|дың|да)?|\.)\s+(?:{_DAY}(?:-\w+)?\s+)?{_NAMES['kk']}",
        rf"\b(?:in|during|as of|by)\s+(?:the year\s+)?{_YEAR}\b",
        rf"\b(?:в|на|за)\s+{_YEAR}(?:-м)?(?:\s*г(?:од[уа]?|\.))?",
        rf"\b{_YEAR}(?:-м)?\s+году\b",
        rf"\bback in\s+(?:the \w+ )?(?:year )?{_YEAR}\b",
        rf"\b{_YEAR}\s*ж(?:ыл(?:ы|да|дары)|\.)",
    )
)
# "Before 2026" is the day before it began.
_BEFORE = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b(?:before|until|till|prior to)\s+(?:the year\s+)?{_YEAR}\b",
        rf"\bдо\s+{_YEAR}(?:\s*г(?:ода|\.))?",
        rf"\b{_YEAR}\s*жылға\s+дейін",
    )
)
# The referendum of 15 March 2026: the law of the day before.
_REFERENDUM = date(2026, 3, 15)
_BEFORE_REFERENDUM = re.compile(
    r"\b(?:before|until|prior to)\s+(?:the\s+)?referendum\b|\bдо\s+референдума\b|\bреферендумға\s+дейін\b",
    re.IGNORECASE,
)
# "The day before the referendum of 5 June 2022": the date that is told, less a day.
_DAY_BEFORE = re.compile(
    r"\bthe day before\b|\bза день до\b|\bнакануне\b|(?P<after>\bбір күн бұрын\b|\bалдындағы күні\b)", re.IGNORECASE
)
# What is put to any referendum: "who checks amendments before the referendum?" names no day.
_PUT_TO_ONE = re.compile(r"\b(?:amend|chang|поправ|изменен|түзет|өзгер)", re.IGNORECASE)
# "Laws passed before 2026", "2020 жылы қабылданған заңдар" tell which acts are meant, not the day whose law is asked.
_DONE_THEN = re.compile(
    r"\b(?:passed|adopted|issued|signed|made|enacted|appointed|elected|изда\w+|принят\w+|подписан\w+|назначенн\w+"
    r"|избранн\w+)\s+(?:ещ[её]\s+)?$",
    re.IGNORECASE,
)
_DONE_THEN_AFTER = re.compile(
    r"^\W*(?:қабылда|шығары?л|қол\s+қойыл|тағайында|сайлан)\w*(?:ған|ген|қан|кен)\b", re.IGNORECASE
)
# "May one be declared, like in January 2022?" asks of now; "is it still as in 2022?" compares with then.
_LIKENED = re.compile(
    r"(?:\blike|\bsuch\s+as|\bsimilar\s+to|\bвроде|\bнаподобие|[,–—-]\s*как)\s+(?:(?:it|that|the|one|those|what|we|they|тот|то|та|это)\s+)*"
    r"(?:(?:was|were|had|did|saw|happened|back|был[аои]?|случилось|произошло)\s+)*$",
    re.IGNORECASE,
)
_LIKENED_AFTER = re.compile(
    r"(?:дағы|дегі|тағы|тегі|нғы|нгі)(?:дай|дей)$|(?:\s+\w+)?\s+(?:сияқты|секілді|тәрізді|болғандай)\b", re.IGNORECASE
)
_AS_BEFORE = re.compile(
    r"\b(?:same|still|unchanged|т[оа]т?\s+же|те\s+же|так\w*\s+же|по-прежнему|остал\w+|әлі|өзгер\w+|сол\s+күйі)",
    re.IGNORECASE,
)
_INDEPENDENCE = date(1991, 12, 16)
_LAW = re.compile(r"\blaws?\b|constitution|закон|конституци|заң", re.IGNORECASE)
_NAMES_OF = ("1995", "2026")  # "1995 жылғы Конституция" names a text


def time_in(text: str, language: str, words: int = 0) -> Span | None:
    """The first and last day of the time named; of a bare year or month the last counts, the law as that time left it.
    None where the year only names a Constitution. `words` is the length of the message that the text is a part of.
    Raises `BadReference` for a day that does not exist."""
    if day := (_REFERENDUM - timedelta(days=1) if _names_the_referendum(text) else _day_before(text, language)):
        return day, day
    if (period := period_in(text, date.today(), words)) and not _tells_which(period[0]):
        return period[1]
    for pattern in _BEFORE:
        if (match := pattern.search(text)) and not _tells_which(match):
            return (date(int(match["year"]), 1, 1) - timedelta(days=1),) * 2
    for pattern in _DATES:
        match = pattern.search(text)
        if (
            not match
            or _tells_which(match)
            or (match["year"] in _NAMES_OF and "конституци" in text[match.end() : match.end() + 14].lower())
        ):
            continue
        try:
            return _span_of(match)
        except ValueError:
            raise BadReference(message("bad.date", language, value=match[0].strip())) from None
    bare = year_beside(text, words)
    return bare[1] if bare and not _tells_which(bare[0]) else None


def asked_time(text: str, asking: str, language: str) -> Span | None:
    """The first and last day of the time whose law is asked for, by the part of the text that is `asking`. None where a
    story only likens itself to a time before there was a state whose law could be asked for ("what is this, 1937?").
    Raises `BadReference` for a day that does not exist."""
    words = len(text.split())
    time = time_in(asking, language, words)
    if time and time[1] < _INDEPENDENCE and words >= _TELLS and not _LAW.search(asking):
        return None
    return time


def whole_date(text: str) -> date | None:
    """The day that the text is, however it is written: 2019-12-31, 31.12.2019, 31 December 2019; of a month its last
    day. None where it is something else, or a day that does not exist."""
    for pattern in _DATES:
        if match := pattern.fullmatch(text.strip().rstrip(".")):
            try:
                return _day_of(match)
            except ValueError:
                return None
    return None


def without_dates(text: str) -> str:
    """The text without what names a day, a month or a year."""
    if _names_the_referendum(text):
        text = _BEFORE_REFERENDUM.sub(" ", text)

    def kept(match: re.Match[str]) -> str:
        return match[0] if _tells_which(match) else " "

    while (period := period_in(text, date.today())) and not _tells_which(period[0]):
        text = f"{text[: period[0].start()]} {text[period[0].end() :]}"
    for pattern in (*_BEFORE, *_DATES):
        text = pattern.sub(kept, text)
    if (bare := year_beside(text)) and not _tells_which(bare[0]):
        text = f"{text[: bare[0].start()]} {text[bare[0].end() :]}"
    return text


def _tells_which(match: re.Match[str]) -> bool:
    """Whether the time is that of acts spoken of, or of what is likened to, in a question on what holds now."""
    text = match.string
    before, after = text[: match.start()], text[match.end() :]
    done_then = _DONE_THEN.search(before) or _DONE_THEN_AFTER.search(after)
    likened = _LIKENED.search(before) or _LIKENED_AFTER.search(match[0]) or _LIKENED_AFTER.match(after)
    return bool(done_then or (likened and not _AS_BEFORE.search(text))) and not speaks_of_the_past(text)


def _day_before(text: str, language: str) -> date | None:
    """The day before the whole date that follows: "the day before the vote of 5 June 2022". In Kazakh the date comes
    first. None where no such day is named. Raises `BadReference` for a date that does not exist."""
    found = _DAY_BEFORE.search(text)
    if found is None:
        return None
    part = text[: found.start()] if found["after"] else text[found.end() :]
    matches = [m for pattern in _DATES if (m := pattern.search(part)) and m.groupdict().get("day")]
    match = min(matches, key=lambda m: m.start(), default=None)
    if match is None:
        return None
    try:
        return _day_of(match) - timedelta(days=1)
    except ValueError:
        raise BadReference(message("bad.date", language, value=match[0].strip())) from None


def _names_the_referendum(text: str) -> bool:
    """Whether "before the referendum" means that of 2026, and not any that amendments are put to, nor one whose own
    date is told."""
    before = _BEFORE_REFERENDUM.search(text)
    if not before or any(m.groupdict().get("day") for p in _DATES for m in p.finditer(text)):
        return False
    return speaks_of_the_past(text) or not _PUT_TO_ONE.search(text)


def _span_of(match: re.Match[str]) -> Span:
    parts = match.groupdict()
    year, named = int(parts["year"]), int(parts.get("month") or _month(parts.get("name")) or 0)
    if parts.get("day"):
        return (date(year, named, int(parts["day"])),) * 2
    last = named or 12
    return date(year, named or 1, 1), date(year, last, monthrange(year, last)[1])


def _day_of(match: re.Match[str]) -> date:
    return _span_of(match)[1]


def _month(name: str | None) -> int | None:
    if name is None:
        return None
    for stems in _MONTHS.values():
        for number, stem in enumerate(stems, start=1):
            if re.match(stem, name, re.IGNORECASE):
                return number
    return None


def asking_part(text: str) -> str:
    """The sentences that ask, or the last where none has a question mark, from where they come to today; all of the
    text where it is short, or where they point back to the time told of."""
    if len(text.split()) < _TELLS:
        return text
    asking = asking_sentences(text)
    if _POINTS_BACK.search(asking):
        return text
    today = _TODAY.search(asking)
    return asking[today.start() :] if today else asking
