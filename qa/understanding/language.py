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
    r"нужно|должен|из|для|об|дай|покажи|расскажи|есть|закон(?:а|у|е|ом)?|про|в|на|и|с|у|я|мы|они|она|если|но|бы|же|за|"
    r"от|до|по|уже|нет|мне|меня|мой|моя|его|её|или|так|то|только)\b",
    re.IGNORECASE,
)
# Words that make a sentence Kazakh, however many of its nouns are Russian, also typed without Kazakh letters; in
# Russian none stands by itself.
_KAZAKH_WORDS = re.compile(
    r"\b(?:[мбп][ае]|екен|емес\w*|керек\w*|бола|болады|болып|болды|[қк]ай|[қк]айда|[қк]алай|[қк]андай|[қк]ашан|[қк]анша|неше|"
    r"жо[қк]|дейд[іи]|дед[іи]|бермейд[іи]|жете|туралы|[үу]ш[іи]н|мен|пен|менен|ма[ғг]ан|б[іи]зд[еі]\w*|б[іи]зге|олар|осы|к[іи]мнен|к[іи]мге)\b",
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
    russian, kazakh = len(_RUSSIAN_WORDS.findall(text)), len(_KAZAKH_WORDS.findall(text))
    if kazakh > russian:
        return "kk"
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
