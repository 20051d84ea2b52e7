"""Does a question look up an article of an act that no text here is of?

"Article 18 of the European Convention", "ст. 63 Трудового кодекса", "Еңбек кодексінің 63-бабы": the article of that
number in the Constitution is another rule, and must not be told as if it were meant.
"""

from __future__ import annotations

import re

_ARTICLE = {
    "en": r"\b(?:articles?|art\.?|sections?|paragraphs?)\s*\d[\d()./-]*",
    "ru": r"\b(?:стать\w+|ст\.?|пункт\w*|п\.)\s*\d[\d()./-]*",
    "kk": r"\d[\d-]*\s*[-‐‑–]?\s*(?:ба[пб]|тарма[қғ])\w*",
}
# Acts by their kind; with what stands between them and the article.
_ACTS = {
    "en": (
        r"(?:convention|charter|basic\s+law|\w+\s+code|code\s+of\s+\w+|code\s+on\s+\w+"
        r"|statute|bill\s+of\s+rights|magna\s+carta)\b"
    ),
    "ru": (
        r"(?:конвенци\w+|харти\w+|\w{3,}\s+кодекс\w*|кодекс\w*\s+о\w*\s+\w+|билл\w*\s+о\s+правах"
        r"|(?-i:УК|УПК|ГК|ГПК|ТК|НК|КоАП|КОАП|АППК|СК|ЗК)\b|(?:ук|упк|гк|гпк|тк|нк|коап)\s+рк\b)"
    ),
    "kk": r"(?:конвенция\w*|хартия\w*|\w{3,}\s+кодекс\w*|кодекс\w*)",
}
_BETWEEN = {"en": r",?\s+(?:of|in)\s+(?:the\s+)?(?:\w+\s+){0,4}?", "ru": r",?\s+(?:\w+\s+){0,2}?", "kk": ""}
# Of one's own, "article 4 of our code of conduct", is in a document added; and "article 4 of the Constitution" is meant
# whatever code is spoken of beside it.
_MEANT = re.compile(r"\b(?:my|our|мо[ейёя]\w*|наш\w*|менің|біздің)\b|constitution|конституци|ата\s+заң", re.IGNORECASE)


def act_not_held(question: str, language: str) -> str:
    """The words that name an act, where an article of it is looked up that no text here holds; "" where none is."""
    if _MEANT.search(question):
        return ""
    article, act = _ARTICLE[language], _ACTS[language]
    after = rf"{article}{_BETWEEN[language]}(?P<act>{act})"
    before = rf"(?P<act>{act}),?\s+(?:\w+\s+)?{article}"
    for pattern in (before,) if language == "kk" else (after, before):
        if found := re.search(pattern, question, re.IGNORECASE):
            return found["act"]
    return ""
