"""Understanding a question: is it one, in which language, about which article, document and date."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Literal

import rtoml

from qa.errors import BadQuestion, BadReference
from qa.messages import message
from qa.understanding.comparison_question import asks_what_became, compared_matter, speaks_of_the_past
from qa.understanding.forms import with_names_as_here, without_form
from qa.understanding.language import detect_language, spoken
from qa.understanding.references import Reference, find_references, only_reference, own_clause
from qa.understanding.times.dates import asked_time, asking_part, whole_date, without_dates

LONGEST = 2000  # characters; longer ones are documents, not questions
_STORY = 600  # characters from which a question is a story
_FEWEST_TOPIC_WORDS = 1
_FEWEST_LETTERS = 3  # "тіл", "суд": short words are subjects too
# In Kazakh what remains of "what does … say about" draws the search astray; in Russian and English it does no harm.
_FRAME = re.compile(r"\bтуралы\s+не\s+(?:дейді|делінген|айтылған|жазылған)\b", re.IGNORECASE)
# "By the Constitution" names no matter here, where everything is.
_BY_THE_CONSTITUTION = re.compile(
    r"\b(?:according to|under|by|in) (?:the|our) constitution\b"
    r"|\b(?:what )?does (?:the|our) constitution say\b(?: (?:about|on)\b)?"
    r"|\bwhat is in (?:the|our) constitution (?:about|on)\b"
    r"|\b(?:по|согласно)\s+(?:нашей\s+)?конституции(?:\s+(?:рк|казахстана|республики\s+казахстан))?\b"
    r"|\b(?:что|о\s+ч[её]м)\s+(?:говорит|сказано|говорится|написано)\s+(?:в\s+)?(?:нашей\s+)?конституци[яией]\s+(?:обо?|о|про)\b"
    r"|\bчто\s+(?:в\s+)?(?:нашей\s+)?конституци[яией]\s+(?:(?:говорит|сказано|говорится|написано)\s+)?(?:обо?|о|про)\b"
    r"|\b(?:конституция|ата\s+заң)\s+(?=.*\bтуралы\s+не\s+(?:дейді|делінген|айтылған|жазылған))"
    r"|\b(?:конституция|ата\s+заң)\s+бойынша\b|\b(?:конституцияда|ата\s+заңда)\b",
    re.IGNORECASE,
)
_ENDING = r"\w*(?:\s+(?:года|году|год)\b)?"  # what is left of a name whose pattern is a stem
_REPEALED = "kz-constitution-1995"
_CURRENT = "kz-constitution-2026"  # "the new Constitution" is a topic of its own: when did it come into force?
_CONSTITUTION = re.compile(r"\bconstitution|конституци|\bата\s+заң", re.IGNORECASE)
_Part = Literal["named", "asked", "by", "order"]  # of what documents.toml says of commitments
_DIRECTION = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))


@dataclass(frozen=True, slots=True)
class GoneBody:
    """An institution of the Constitution of 1995 that is no more; `names` by language. `was` are the articles that it
    stood in, `now` those of the Constitution in force on what does its work (none where nothing does), and `today` says
    by language what that is; `was` and `now` are identifiers. `instead` is the name, by language, that the body's
    gives way to in a question. `only_asked_after`: only a question on what became of it means the body."""

    names: dict[str, str]
    was: tuple[str, ...]
    now: tuple[str, ...]
    today: dict[str, str]
    instead: dict[str, str]
    patterns: tuple[re.Pattern[str], ...]
    only_asked_after: bool = False

    def replaced(self, text: str, language: str) -> str:
        """The text with the name of what does the body's work now in place of its own; unchanged where nothing does."""
        if not self.instead:
            return text
        for pattern in self.patterns:
            text = pattern.sub(self.instead[language], text)
        return text


@dataclass(frozen=True, slots=True)
class Question:
    """A question understood.

    `topic` is the text without what only names a document or a date: that is understood already, and would draw
    the search to provisions on constitutions and years. `language` is the answer's, `written_in` the question's
    own. `document` is set when the question names one, `commitments` when it asks what Kazakhstan has promised other
    states; `as_of` when it names a date; `gone` when it speaks of an institution that only the Constitution of 1995
    knew, and `past` when it speaks of the past. `compares`: it asks what changed between the Constitutions, and `topic`
    is what it asks that of; `asks_after`: it asks whether something is still there, or what became of it. `own` is the
    number of a clause of a document of the asker's own, "" where none is asked for; `since` the first day of the time
    named, of which `as_of` is the last. Of a follow-up
    (`qa.understanding.conversation`), `context` is the matter spoken of before, and `reading` how it is understood.
    """

    text: str
    topic: str
    language: str
    written_in: str
    references: tuple[Reference, ...]
    only_reference: bool
    document: str | None
    as_of: date | None
    gone: GoneBody | None
    commitments: bool = False
    context: str = ""
    reading: str = ""
    compares: bool = False
    asks_after: bool = False
    past: bool = False
    own: str = ""
    since: date | None = None

    @property
    def says_too_little(self) -> bool:
        """Whether hardly a word is said of any matter: "18", "?!"."""
        return sum(character.isalpha() for character in self.topic) < _FEWEST_LETTERS

    @property
    def is_story(self) -> bool:
        """Whether it is so long that a name or a date more makes no other matter of it: its topic is all of it, and
        it is looked up as a whole."""
        return len(self.text) > _STORY


def understand(text: str, *, language: str | None = None) -> Question:
    """Raises `BadQuestion` for what is no question, `BadReference` for a language not spoken or a false date."""
    cleaned = clean(text, spoken(language))
    references = find_references(cleaned)
    written_in = _written_in(cleaned, references)
    named = with_names_as_here(cleaned)
    asking = asking_part(cleaned)
    time = asked_time(cleaned, asking, language or written_in)
    matter = compared_matter(without_dates(named), dated=time is not None)
    about = matter or named
    asks_after = asks_what_became(cleaned)
    return Question(
        text=cleaned,
        topic=cleaned if len(cleaned) > _STORY else _topic(without_form("purpose", about, written_in) or about),
        language=language or written_in,
        written_in=written_in,
        references=tuple(references),
        only_reference=bool(references) and only_reference(cleaned, references),
        document=_named_document(asking if matter is None else cleaned) or _in_force(cleaned),
        commitments=_asks_of_commitments(cleaned),
        as_of=time[1] if time else None,
        since=time[0] if time else None,
        gone=_gone_body(cleaned, asks_after),
        compares=matter is not None,
        asks_after=asks_after,
        past=speaks_of_the_past(cleaned),
        own=own_clause(cleaned),
    )


def clean(text: str, language: str | None = None) -> str:
    """The question on one line of plain text. Raises `BadQuestion` with the reason in the user's language."""

    def refused(key: str, **values: object) -> BadQuestion:
        return BadQuestion(message(key, language or _guess(text[:LONGEST]), **values))

    if len(text) > LONGEST:
        raise refused("bad.too_long", count=len(text), limit=LONGEST)
    if any(unicodedata.category(character) == "Cs" for character in text):
        raise refused("bad.surrogate")
    if _DIRECTION.search(text):
        raise refused("bad.direction")
    if any(unicodedata.category(character) == "Cc" and character not in "\t\n\r" for character in text):
        raise refused("bad.control")
    cleaned = " ".join(unicodedata.normalize("NFC", text.translate(_INVISIBLE)).split())
    if not re.search(r"\w", cleaned):
        raise refused("bad.empty")
    letters = [character for character in cleaned if character.isalpha()]
    readable = sum(1 for c in letters if unicodedata.name(c, "").startswith(("LATIN", "CYRILLIC")))
    if letters and readable < len(letters) / 2:
        raise refused("bad.script")
    return cleaned


def parse_date(value: str, language: str = "en") -> date:
    """A date given by itself, as YYYY-MM-DD or as people write it. Raises `BadReference`."""
    if day := whole_date(value):
        return day
    raise BadReference(message("bad.date", language, value=repr(value)))


def _guess(text: str) -> str:
    """The language to refuse in: that of the readable letters, English where there are none."""
    readable = " ".join(re.findall(r"[A-Za-z\u0400-\u04ff]+", text))
    return detect_language(readable) if readable else "en"


def _written_in(text: str, references: list[Reference]) -> str:
    """The language; a reference tells it by its own word."""
    if references:
        if re.search(r"\d\s*[-‐‑–]?\s*ба(?:п|б)|\bбап\s*\d", text, re.IGNORECASE):
            return "kk"
        if re.search(r"\bст(?:\.|ать)", text, re.IGNORECASE):
            return "ru"
    return detect_language(text)


def _named_document(text: str) -> str | None:
    for document, patterns in _names().items():
        if any(pattern.search(text) for pattern in patterns):
            return document
    return None


def _in_force(text: str) -> str | None:
    """The Constitution in force where it is named, if only in what is told before the question."""
    return _CURRENT if _named_document(text) == _CURRENT else None


def _asks_of_commitments(text: str) -> bool:
    """Whether it asks what Kazakhstan has bound itself to before other states, and not what the Constitution says of
    such promises."""
    if _CONSTITUTION.search(text):
        return False
    if _speaks(text, "named"):
        return True
    return _speaks(text, "asked") and _speaks(text, "by") and not _speaks(text, "order")


def _speaks(text: str, part: _Part) -> bool:
    return any(pattern.search(text) for pattern in _commitments(part))


def without_names(text: str) -> str:
    """The text without what names a document or a date."""
    topic = text
    for document, patterns in _names().items():
        for pattern in patterns if document != _CURRENT else ():
            topic = pattern.sub(" ", topic)
    for pattern in _commitments("named") if _asks_of_commitments(text) else ():
        topic = pattern.sub(" ", topic)
    topic = _BY_THE_CONSTITUTION.sub(" ", without_dates(topic))
    if topic != text:
        topic = _FRAME.sub(" ", topic)
    return " ".join(topic.split())


def _topic(text: str) -> str:
    topic = without_names(text)
    return topic if len(re.findall(r"\w{3,}", topic)) >= _FEWEST_TOPIC_WORDS else text


def _gone_body(text: str, asks_after: bool) -> GoneBody | None:
    bodies = (body for body in gone_bodies() if asks_after or not body.only_asked_after)
    return next((body for body in bodies if any(pattern.search(text) for pattern in body.patterns)), None)


@cache
def _tables() -> dict[str, object]:
    return rtoml.loads(resources.files("qa.understanding").joinpath("documents.toml").read_text(encoding="utf-8"))


@cache
def _names() -> dict[str, list[re.Pattern[str]]]:
    table = _tables()["names"]
    assert isinstance(table, dict)
    return {
        name: [re.compile(f"(?:{p}){_ENDING}", re.IGNORECASE) for p in patterns] for name, patterns in table.items()
    }


@cache
def _commitments(part: _Part) -> tuple[re.Pattern[str], ...]:
    table = _tables()["commitments"]
    assert isinstance(table, dict)
    return tuple(re.compile(f"(?:{pattern}){_ENDING}", re.IGNORECASE) for pattern in table[part])


@cache
def gone_bodies() -> tuple[GoneBody, ...]:
    """The bodies of `documents.toml` that are no more."""
    rows = _tables()["gone"]
    assert isinstance(rows, list)
    return tuple(
        GoneBody(
            names=row["name"],
            was=tuple(f"{_REPEALED}#{eid}" for eid in row["was"]),
            now=tuple(f"{_CURRENT}#{eid}" for eid in row["now"]),
            today=row["today"],
            instead=row.get("instead", {}),
            patterns=tuple(re.compile(rf"(?:{p})\w*", re.IGNORECASE) for p in row["patterns"]),
            only_asked_after=row.get("only_asked_after", False),
        )
        for row in rows
    )
