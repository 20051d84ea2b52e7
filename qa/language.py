"""Which of the three languages a text is in."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

_KAZAKH_LETTERS = re.compile(r"[әғқңөұүһі]", re.IGNORECASE)


def detect_language(text: str) -> str:
    """`kk`, `ru` or `en`; lingua restricted to the three, which also knows Kazakh typed with Russian letters."""
    if not re.search(r"[^\W\d_]", text):
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
