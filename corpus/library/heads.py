"""What the head of an act says of it: its title, kind and number, since when it is in force, whether it is gone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from corpus.library.acts import ActKind
from corpus.library.words import day_in, kind_called, kind_in, says_repealed
from corpus.parsing.grammar import GRAMMARS, PARAGRAPH
from corpus.readers import Line
from corpus.text.folding import fold_letters

_LINES = 40  # of the text, before its first article
_NUMBER = re.compile(r"(?:№|\bN|\bNo\.?)\s?(?P<number>\d[\w/-]*)")
_IN_EFFECT = re.compile(
    r"вводится в действие с (?P<after>\d.{7,30})|(?P<before>\d\d\.\d\d\.\d{4}) бастап қолданысқа енгізіледі", re.I
)
_ITS_OWN = re.compile(
    r"^(?:сноска|ескерту|footnote)\.\s*(?:вводится в действие|\d\d\.\d\d\.\d{4} бастап қолданысқа)", re.I
)
_SENTENCE_END = re.compile(r"\.\s+(?=[^\W\d_])")
_KAZAKH_OPENS = re.compile(r"қазақстан республикасы(?!.*\bсәйкес)", re.I)  # there the kind stands at the end
_LONGEST_TITLE = 600


@dataclass(frozen=True, slots=True)
class Head:
    """What the head tells; "" and None where it is silent. `is_repealed` may be known without the day `until`."""

    title: str
    kind: ActKind | None
    number: str
    adopted: date | None
    since: date | None
    until: date | None
    is_repealed: bool


def head_of(lines: Sequence[Line], above: Sequence[str] = ()) -> Head:
    """The head of a text in lines; `above` are lines that its page prints elsewhere."""
    head = _before_law(lines)
    texts = [line.text for line in head if line.kind == "text"]
    naming = next((text for text in (*above, *texts) if _names_act(text)), "")
    title = next((text for text in texts if text != naming and len(text) <= _LONGEST_TITLE), naming)
    said = [*(part for text in above for part in _SENTENCE_END.split(text)), *(line.text for line in head)]
    repeal = next(filter(says_repealed, said), "")
    force = next((line.text for line in head if _ITS_OWN.match(fold_letters(line.text))), "")
    gone = _effect(repeal)
    naming = _SENTENCE_END.split(naming)[0]  # what follows may name other acts
    number = _NUMBER.search(naming)
    return Head(
        title=title,
        kind=kind_in(naming) or kind_in(title) if naming else _kind_without_name(title, texts),
        number=number["number"] if number else "",
        adopted=day_in(naming),
        since=_effect(force),
        until=gone - timedelta(days=1) if gone else None,
        is_repealed=bool(repeal),
    )


def _before_law(lines: Sequence[Line]) -> list[Line]:
    """The lines above the first article or numbered paragraph: from there on, what is said need not be of the act."""
    found: list[Line] = []
    for line in lines[:_LINES]:
        folded = fold_letters(line.text)
        if PARAGRAPH.match(folded) or any(grammar.article.match(folded) for grammar in GRAMMARS.values()):
            break
        found.append(line)
    return found


def _names_act(text: str) -> bool:
    """Whether the line is of the form "Law of the Republic of Kazakhstan of 6 April 2016 № 480-V", and not one that
    refers to a law."""
    if len(text) > _LONGEST_TITLE or _is_note(text) or day_in(text) is None:
        return False
    opening = " ".join(text.split()[:2])
    return kind_in(text if _KAZAKH_OPENS.match(fold_letters(text)) else opening) is not None


def _kind_without_name(title: str, texts: Sequence[str]) -> ActKind | None:
    return kind_called(" ".join(texts)) or ("code" if kind_in(title) == "code" else None)


def _is_note(text: str) -> bool:
    folded = fold_letters(text)
    return any(grammar.note.match(folded) for grammar in GRAMMARS.values())


def _effect(note: str) -> date | None:
    """The day on which what the note tells took effect: the one that it names for that, else none."""
    found = _IN_EFFECT.search(note)
    return day_in(found["after"] or found["before"], whole=True) if found else None
