"""What the notes of an edition tell of its history: which law changed which article when, and which resolutions of the
Constitutional Court or Council are on it.

The publisher's notes have fixed forms ("Сноска. Статья 15 с изменениями, внесенными законами РК от 21.05.2007 № 254-III
(вводится в действие со дня его официального опубликования)", and the like in Kazakh and English), read here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Literal

from corpus.parsing.grammar import GRAMMARS
from corpus.provision import EditionText, Note
from corpus.text.folding import fold_letters

ChangeKind = Literal["amended", "reworded", "inserted", "excluded"]
_MONTHS = "january february march april may june july august september october november december".split()
_NUMERIC = r"(?P<d>\d{2})\.(?P<m>\d{2})\.(?P<y>\d{4})"
_NAMED = rf"(?P<d>\d{{1,2}}) (?P<m>{'|'.join(_MONTHS)}) (?P<y>\d{{4}})"
_DAY = {language: re.compile(_NAMED if language == "en" else _NUMERIC, re.IGNORECASE) for language in GRAMMARS}
_BRACKETS = r"(?:[^;:()\d]{0,60}\((?P<effect>[^()]*)\))?"
# An act by its day, its number where it has one, and when it took effect, in brackets.
_ACT = {
    "ru": re.compile(rf"(?P<day>\b{_NUMERIC})(?:\s*г\.?)?(?:\s*(?:№|N)\s*(?P<number>[\w/-]+))?{_BRACKETS}"),
    "kk": re.compile(rf"(?P<day>\b{_NUMERIC})(?:\s*ж\.?)?(?:\s*(?:№|N)\s*(?P<number>[\w/-]+))?{_BRACKETS}"),
    "en": re.compile(rf"(?:No\.\s*(?P<number>[\w/-]+)\s+of\s+)?(?P<day>\b{_NAMED}){_BRACKETS}", re.IGNORECASE),
}
_KINDS: dict[ChangeKind, re.Pattern[str]] = {
    "inserted": re.compile(r"дополнен\w* стать|баппен толықтырыл|supplemented by article", re.IGNORECASE),
    "excluded": re.compile(r"\bисключ|алып\s+тасталды|алынып\s+тасталды|\bexcluded|\bdeleted", re.IGNORECASE),
    "amended": re.compile(r"изменен|внесен|өзгеріс|as amended|was amended", re.IGNORECASE),
    "reworded": re.compile(r"в\s+редакции|жаңа\s+редакцияда|in the wording", re.IGNORECASE),
}
_OF_A_HEADING = re.compile(r"[Зз]аголов|тақырыб|\b[Tt]itle of\b")
# Told in the Russian and English notes of a change that the Kazakh text alone had.
_KAZAKH_ALONE = re.compile(r"изменение на казахском языке|amended in the Kazakh language", re.IGNORECASE)
# Where a note names no day of effect, when the change surely was in effect: counted from the law's own day.
_WITHIN = (
    (re.compile(r"\b(?:см\.|see)|қараңыз", re.IGNORECASE), 365),  # "for its entry into force see Art. 3"
    (re.compile(r"месяц|\bай\b|month", re.IGNORECASE), 270),
    (re.compile(r"календарных дней|күнтізбелік|calendar days", re.IGNORECASE), 100),
)
_SOON = 40  # days: "from the day of its official publication"


@dataclass(frozen=True, slots=True)
class Amendment:
    """That a law changed an article. `law` is its day and `number` its number, "" where the note gives none; `since` is
    the day of effect where one is named. The new wording was not in force before `earliest`, and surely was from
    `settled` on. `languages` are those of the texts that it changed."""

    law: date
    number: str
    kind: ChangeKind
    since: date | None
    settled: date
    languages: tuple[str, ...]

    @property
    def earliest(self) -> date:
        """The first day on which the new wording can have been in force."""
        return self.since or self.law

    def to_json(self) -> dict[str, str | None]:
        """Days in ISO 8601; null for what the notes do not tell."""
        since = self.since.isoformat() if self.since else None
        return {"law": self.law.isoformat(), "number": self.number or None, "kind": self.kind, "since": since}


@dataclass(frozen=True, slots=True)
class Resolution:
    """A resolution of the Constitutional Court or Council that a note refers to, in the language of the note."""

    day: date
    number: str
    language: str


@dataclass(frozen=True, slots=True)
class History:
    """What the notes of editions tell: the changes of each article that its wording at hand has, oldest first, and the
    resolutions on each provision or article, both by identifier; `afterwards` are the changes that only later editions
    tell of, which the wording at hand in their `languages` does not have."""

    amendments: Mapping[str, tuple[Amendment, ...]]
    resolutions: Mapping[str, tuple[Resolution, ...]]
    afterwards: Mapping[str, tuple[Amendment, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, texts: Sequence[EditionText], others: Sequence[EditionText] = ()) -> History:
        """Of the texts; `others` are editions of the same documents from before and after, whose notes tell as well."""
        told = amendments_of([*texts, *others])
        afterwards: dict[str, tuple[Amendment, ...]] = {}
        for text in texts:
            if any(_of_one_text(text, other) and text.edition < other.edition for other in others):
                for name, later in _not_in(text, told, [*texts, *others]).items():
                    afterwards[name] = (*afterwards.get(name, ()), *later)
        read_in: dict[str, set[str]] = {}
        for text in texts:
            read_in.setdefault(text.document, set()).add(text.language)
        had = {}
        for name, known in told.items():
            languages = read_in.get(name.split("#")[0], set())
            if kept := tuple(_without(known, afterwards.get(name, ()), languages)):
                had[name] = kept
        return cls(had, resolutions_on(texts), {name: _by_law(known) for name, known in afterwards.items()})


def _of_one_text(text: EditionText, other: EditionText) -> bool:
    return (text.document, text.language) == (other.document, other.language)


def _not_in(
    text: EditionText, told: Mapping[str, Sequence[Amendment]], texts: Sequence[EditionText]
) -> dict[str, tuple[Amendment, ...]]:
    """The changes, in the text's language alone, that it does not have: neither do its notes, or those of a text as
    old, tell of them, nor were they surely in effect when it began."""
    first = date.fromisoformat(text.edition)
    own = amendments_of(t for t in texts if t.document == text.document and t.edition <= text.edition)
    found = {}
    for name, known in told.items():
        laws = {amendment.law for amendment in own.get(name, ())}
        later = [a for a in known if text.language in a.languages and a.law not in laws and a.settled > first]
        if later and name.startswith(f"{text.document}#"):
            found[name] = tuple(replace(a, languages=(text.language,)) for a in later)
    return found


def _without(known: Sequence[Amendment], later: Sequence[Amendment], languages: set[str]) -> Iterator[Amendment]:
    """The changes that some wording at hand has, one of those `languages`; each of the languages whose wording may."""
    for amendment in known:
        lacking = {language for other in later if other.law == amendment.law for language in other.languages}
        if not lacking:
            yield amendment
        elif languages.intersection(amendment.languages) - lacking:
            yield replace(amendment, languages=tuple(code for code in amendment.languages if code not in lacking))


def _by_law(amendments: Iterable[Amendment]) -> tuple[Amendment, ...]:
    """The oldest first, one for all languages."""
    found: dict[date, Amendment] = {}
    for a in amendments:
        known = found.get(a.law)
        found[a.law] = replace(a, languages=(*known.languages, *a.languages)) if known else a
    return tuple(found[law] for law in sorted(found))


def amendments_of(texts: Iterable[EditionText]) -> dict[str, tuple[Amendment, ...]]:
    """The changes of each article that the editions' notes tell, oldest first, by the article's identifier; what the
    languages tell is put together."""
    found: dict[str, dict[date, Amendment]] = {}
    for text in texts:
        for note in text.notes:
            for amendment in _amendments(note, text.language):
                known = found.setdefault(f"{text.document}#{note.about}", {})
                known[amendment.law] = _merged(known.get(amendment.law), amendment)
    return {name: tuple(known[day] for day in sorted(known)) for name, known in found.items()}


def resolutions_on(texts: Iterable[EditionText]) -> dict[str, tuple[Resolution, ...]]:
    """The resolutions that the notes on each provision or article refer to, oldest first, by its identifier."""
    found: dict[str, set[Resolution]] = {}
    for text in texts:
        for note in text.notes:
            if note.kind == "reference":
                acts = _ACT[text.language].finditer(note.text)
                named = {Resolution(_day(act), act["number"], text.language) for act in acts if act["number"]}
                found.setdefault(f"{text.document}#{note.about}", set()).update(named)
    return {name: in_order(named) for name, named in found.items() if named}


def in_order(resolutions: Iterable[Resolution]) -> tuple[Resolution, ...]:
    """By language, then the oldest first."""
    return tuple(sorted(resolutions, key=lambda r: (r.language, r.day, r.number)))


def later_than(amendments: Sequence[Amendment], day: date, language: str) -> tuple[Amendment, ...]:
    """The changes after which the wording at hand, in the language, cannot be vouched for as that of the day."""
    return tuple(a for a in amendments if day < a.settled and language in a.languages)


def overtaken(afterwards: Sequence[Amendment], day: date, language: str) -> tuple[Amendment, ...]:
    """The changes since the wording at hand, in the language, that may have been in force on the day already."""
    return tuple(a for a in afterwards if a.earliest <= day and language in a.languages)


def last_change(amendments: Sequence[Amendment], language: str) -> Amendment | None:
    """The change that gave the article its wording at hand in the language; None where it was never changed."""
    return next((a for a in reversed(amendments) if language in a.languages), None)


def _amendments(note: Note, language: str) -> Iterator[Amendment]:
    text = note.text
    is_footnote = GRAMMARS[language].footnote.match(text)
    if note.kind != "amendment" or not is_footnote or not note.about.startswith("art_") or _OF_A_HEADING.search(text):
        return
    languages = tuple(GRAMMARS)
    if _KAZAKH_ALONE.search(text):
        languages = ("kk",)
    kind: ChangeKind = "amended"
    at = 0
    for act in _ACT[language].finditer(text):
        said = text[at : act.start()]
        kind = next((name for name, form in _KINDS.items() if form.search(said)), kind)
        at = act.end()
        law, effect = _day(act), act["effect"] or ""
        since = _named_day(effect, language)
        within = next((days for form, days in _WITHIN if form.search(effect)), _SOON)
        number = fold_letters(act["number"] or "")
        yield Amendment(law, number, kind, since, since or law + timedelta(days=within), languages)


def _merged(known: Amendment | None, told: Amendment) -> Amendment:
    """What two notes tell of one law's change: the later they say that it was in effect, the safer."""
    if known is None:
        return told
    days = [day for day in (known.since, told.since) if day]
    both = set(known.languages) & set(told.languages)  # told of the Kazakh text alone wherever it is told
    return replace(
        known,
        number=known.number or told.number,
        since=max(days, default=None),
        settled=max(known.settled, told.settled),
        languages=tuple(language for language in known.languages if language in both),
    )


def _named_day(effect: str, language: str) -> date | None:
    match = _DAY[language].search(effect)
    return _day(match) if match else None


def _day(match: re.Match[str]) -> date:
    month = match["m"]
    return date(int(match["y"]), int(month) if month.isdigit() else _MONTHS.index(month.lower()) + 1, int(match["d"]))
