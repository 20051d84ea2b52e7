"""Which of the three languages a text is in."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from corpus import LANGUAGES
from corpus.text.folding import fold_letters
from qa.errors import BadReference
from qa.messages import message

_KAZAKH_LETTERS = re.compile(r"[әғқңөұүһі]", re.IGNORECASE)
# A Kazakh name ("Халық Кеңесі") in a Russian question misleads the detector; these words are Russian alone.
_KAZAKH_NAME = re.compile(r"\b[А-ЯЁӘҒҚҢӨҰҮҺІ]\w*[әғқңөұүһі]\w*", re.IGNORECASE)
_RUSSIAN_WORDS = re.compile(
    r"\b(?:что|кто|кого|кому|как|какой|какая|какие|каков\w*|сколько|где|когда|зачем|почему|чем|ли|это|такое|может|можно|"
    r"нужно|должен|из|для|об|дай|покажи|расскажи|есть|закон(?:а|у|е|ом)?|про)\b",
    re.IGNORECASE,
)


def detect_language(text: str) -> str:
    """`kk`, `ru` or `en`; lingua restricted to the three, which also knows Kazakh typed with Russian letters."""
    text = fold_letters(text)
    if not re.search(r"[^\W\d_]", text):
        return "ru"
    if _KAZAKH_LETTERS.search(text):
        rest = _KAZAKH_NAME.sub(" ", text)
        if len(_RUSSIAN_WORDS.findall(rest)) * 3 >= len(re.findall(r"\w+", rest)) > 0:
            return "ru"
    found = _detector().detect_language_of(text)
    if found is None:
        return "kk" if _KAZAKH_LETTERS.search(text) else "ru" if re.search(r"[а-яё]", text, re.I) else "en"
    return str(found.iso_code_639_1.name.lower())


@cache
def _detector() -> Any:
    from lingua import Language, LanguageDetectorBuilder

    languages = (Language.KAZAKH, Language.RUSSIAN, Language.ENGLISH)
    return LanguageDetectorBuilder.from_languages(*languages).build()


def spoken(language: str | None) -> str | None:
    """The language as given, None where none is. Raises `BadReference` for one that is not spoken here."""
    if language is not None and language not in LANGUAGES:
        raise BadReference(message("bad.language", "en", value=repr(language)))
    return language


def language_of_reference(text: str) -> str:
    """The language in which a reference to an article is written; English where digits alone are."""
    if "бап" in text.lower() or "баб" in text.lower():
        return "kk"
    return detect_language(text) if any(c.isalpha() for c in text) else "en"
