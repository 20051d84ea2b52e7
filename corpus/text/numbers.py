"""Numbers as legal texts write them: digits, cardinals in any case, and fractions, in Kazakh, Russian and English.

The library text2num (3.1) was tried: it knows neither Russian nor Kazakh.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache

from corpus.text.folding import fold_letters

_TOKEN = re.compile(r"\d+|[^\W\d_]+")

# Stems decide: Russian declines its numerals, Kazakh puts suffixes on them, English does neither.
_CARDINALS = {
    "en": {
        **{word: n for n, word in enumerate("two three four five six seven eight nine ten eleven twelve".split(), 2)},
        **{f"{word}teen": n for n, word in enumerate("thir four fif six seven eigh nine".split(), 13)},
        **{f"{word}ty": 10 * n for n, word in enumerate("twen thir for fif six seven eigh nine".split(), 2)},
        "hundred": 100,
        "twice": 2,
    },
    "ru": {
        r"дв(?:а|е|ух|ум|умя|ое|ажды)": 2,
        r"тр(?:и|[её]х|[её]м|емя)": 3,
        r"четыр(?:е|[её]х|[её]м|ьмя)": 4,
        r"пят(?:ь|и|ью)": 5,
        r"шест(?:ь|и|ью)": 6,
        r"сем(?:ь|и)": 7,  # not "семью", which is most often a family
        r"вос(?:емь|ьми|емью)": 8,
        r"девят(?:ь|и|ью)": 9,
        r"десят(?:ь|и|ью)": 10,
        r"двенадцат(?:ь|и|ью)": 12,
        r"пятнадцат(?:ь|и|ью)": 15,
        r"двадцат(?:ь|и|ью)": 20,
        r"тридцат(?:ь|и|ью)": 30,
        r"сорок(?:а)?": 40,
        r"пят(?:ьдесят|идесяти|ьюдесятью)": 50,
        r"шест(?:ьдесят|идесяти)": 60,
        r"сем(?:ьдесят|идесяти)": 70,
        r"ст(?:о|а)": 100,
    },
    "kk": {
        r"екі(?:ден|ні|нің|ге|сі|сінде|сінен)?": 2,
        r"үш(?:тен|ті|ке|і|інде)?": 3,
        r"төрт(?:тен|ті|ке)?": 4,
        r"бес(?:тен|ті|ке)?": 5,
        r"алты(?:дан|ға)?": 6,
        r"жеті(?:ден|ге)?": 7,
        r"сегіз(?:ден|ге)?": 8,
        r"тоғыз(?:дан|ға)?": 9,
        r"он": 10,
        r"жиырма(?:дан|ға)?": 20,
        r"отыз(?:дан|ға)?": 30,
        r"қырық(?:тан|қа)?": 40,
        r"елу(?:ден|ге)?": 50,
        r"алпыс(?:тан|қа)?": 60,
        r"жүз(?:ден|ге)?": 100,
    },
}
# "One" is most often an article, a pronoun or "the same": it counts before a measure of time or times only.
_ONE = {
    "en": re.compile(r"\b(?:one|a single) (?=months?\b|years?\b|days?\b|hours?\b|times?\b)|\bmore than (once)\b", re.I),
    "ru": re.compile(
        r"\bод(?:ин|ного|ному|ним|на|ной|ну) (?=месяц|год|лет|дн|день|час|раз|сут)|\bв течение (?=месяца|года)", re.I
    ),
    "kk": re.compile(r"\bбір (?=ай|жыл|күн|сағат|рет)", re.I),
}
_FRACTIONS = {
    "en": [
        (r"two[- ]thirds?", (2, 3)),
        (r"(?:one[- ])?third(?! (?:time|session|party|person))", (1, 3)),
        (r"three[- ](?:quarters?|fourths?)", (3, 4)),
        (r"(?:one|a)[- ](?:quarter|fourth)", (1, 4)),
        (r"(?:one[- ])?fifth(?! (?:time|session))", (1, 5)),
        (r"half", (1, 2)),
    ],
    "ru": [
        (r"дв(?:е|ух|ум|умя) трет(?:и|ей|ям|ями|ях)", (2, 3)),
        (r"(?:одн(?:а|ой|у) )?трет(?:ь|и|ью)(?! сторон)", (1, 3)),
        (r"тр(?:и|[её]х|[её]м|емя) четверт(?:и|ей|ям|ями|ях)", (3, 4)),
        (r"(?:одн(?:а|ой|у) )?четверт(?:ь|и|ью)", (1, 4)),
        (r"(?:одн(?:а|ой|у) )?пят(?:ая|ой|ую)(?: част(?:ь|и|ью))?", (1, 5)),
        (r"половин(?:а|ы|е|у|ой)", (1, 2)),
    ],
    "kk": [
        (r"үштен екі\w*", (2, 3)),
        (r"үштен бір\w*", (1, 3)),
        (r"төрттен үш\w*", (3, 4)),
        (r"төрттен бір\w*", (1, 4)),
        (r"бестен бір\w*", (1, 5)),
        (r"жарты\w*", (1, 2)),
    ],
}
_FRACTION = {
    language: [(re.compile(rf"\b{pattern}\b", re.I), Fraction(*value)) for pattern, value in rows]
    for language, rows in _FRACTIONS.items()
}
_CARDINAL = {
    language: [(re.compile(pattern, re.I), value) for pattern, value in rows.items()]
    for language, rows in _CARDINALS.items()
}
# Russian writes a term as one adjective: "in a ten-day term", "in a month's term".
_RUSSIAN_TERM = re.compile(r"(\w*?)(?:дневн|месячн|летн|часов)\w*", re.I)


@lru_cache(maxsize=1024)  # the same provisions are found again and again
def numbers_in(text: str, language: str) -> frozenset[Fraction]:
    """The values that the text names, each once.

    Digits count always, also those of references; the word "one" only before a unit of time or "times"; ordinals
    in words do not count. Raises KeyError for a language that is not kk, ru or en.
    """
    values: set[Fraction] = set()
    text = fold_letters(text)
    for pattern, value in _FRACTION[language]:
        text, count = pattern.subn(" ", text)
        if count:
            values.add(value)
    text, ones = _ONE[language].subn(" ", text)
    if ones:
        values.add(Fraction(1))
    values.update(_cardinals(text, language))
    return frozenset(values)


def _cardinals(text: str, language: str) -> Iterator[Fraction]:
    """Digits as they stand; words that follow one another are added up: "ста сорока пяти" is 145."""
    total, smallest = 0, 0
    for match in _TOKEN.finditer(text):
        token = match[0]
        value = None if token.isdecimal() else _word_value(token, language)
        if value is None or (smallest and value >= smallest):
            if total:
                yield Fraction(total)
            total, smallest = 0, 0
        if value is not None:
            total, smallest = total + value, value
        elif token.isdecimal():
            yield Fraction(int(token))
        elif language == "ru" and (term := _term(token)):
            yield Fraction(term)
    if total:
        yield Fraction(total)


def _word_value(token: str, language: str) -> int | None:
    return next((value for pattern, value in _CARDINAL[language] if pattern.fullmatch(token)), None)


def _term(token: str) -> int | None:
    match = _RUSSIAN_TERM.fullmatch(token)
    if not match:
        return None
    if not match[1]:
        return 1 if token.lower().startswith("месячн") else None
    return _word_value(match[1], "ru")
