"""Does a question ask about the law of another state, or by name for a Constitution that no text here is of?

States' names come from CLDR (through Babel), as Unicode publishes them in Kazakh, Russian and English. A question that
names another state and speaks neither in the first person nor of Kazakhstan most likely asks about that state's law.
"I was robbed in Turkey", "money from Turkey", "if Iran attacked", "a jury like in the USA" do not.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from babel import Locale

_SHORTEST_STEM = 4
_NOT_OTHER = {"KZ", "TG"}  # Kazakhstan; and Togo, spelt like the Russian for "of that"
_RUSSIAN_ENDING = re.compile(r"[аяыийьео]+$")
# How people call states besides their names: adjectives, old and short names. Beginnings of words.
_ALSO = {
    "en": "USA America American British Britain Britons England English German French Chinese Turkish Uzbek Kyrgyz "
    "Japanese Indian Korean Italian Ukrainian Israeli Spanish Polish European Turkey Holland Dutch Swiss Korea",
    "ru": "Америк американск Англи английск Британи британск российск немецк германск французск китайск турецк узбекск "
    "кыргызск киргизск Киргизи японск индийск корейск Коре итальянск украинск испанск польск израильск европейск",
    "kk": "Америка Англия Британия Корея Қырғызстан Еуропа",
}
# Short names that words of another meaning begin with: taken whole only.
_WHOLE = {"en": "US UK", "ru": "США", "kk": "АҚШ"}
_OURSELVES = {
    "en": r"\b(?:i|me|my|mine|we|us|our|ours|here|kazakh\w*|qazaq\w*)\b",
    "ru": r"\b(?:я|меня|мне|мной|мо[йяеёиюгм]\w*|мы|нас|нам|нами|наш\w*|здесь|казах\w*|тенге)\b",
    "kk": r"\b(?:мен|мені|менің|маған|менде|менімен|менен|біз\w*|мұнда|қаза[қг]\w*"
    r"|\w+(?:ымыз\w*|іміз\w*|мыз|міз|дым|дім|тым|тім|ымды|імді|ғым|гім|уыма|уіме))\b",
}


# What before a state's name makes it no subject of the question: where something comes from or goes to, whom one deals
# with, a comparison, a condition.
_DEALT_WITH = {
    "en": r"\b(?:from|with|against|to|into|by|between|than|(?:like|as)(?:\s+in)?|if)(?:\s+the)?\s+$",
    "ru": r"\b(?:из|от|с|со|против|к|ко|на|между|чем|как(?:\s+во?)?|если(?:\s+\w+){0,2})\s+$",
    "kk": r"\b(?:егер)\s+$",
}
# Kazakh says the same by endings: from, to, with; and by the conditional of the verb that follows.
_DEALT_WITH_AFTER = r"^\w*(?:[дт][ае]н|н[ае]н|[ғқкг][ае]|[мбп]ен)\b|^\s+(?:\w+\s+){1,2}?\w+с[ае]\b"


# A Constitution by name, with what may stand between that and whose it is. {} is the state, or the year.
_CONSTITUTION = {
    "en": (
        r"\bconstitution(?!al)(?:\s+of)?(?:\s+the)?\s+{}",
        r"{}(?:['’]s?)?\s+(?:federal\s+|federation\w*\s+|republic\w*\s+)?constitution(?!al)",
    ),
    "ru": (r"\bконституци(?!онн)\w*\s+{}", r"{}\w*\s+конституци(?!онн)"),
    "kk": (r"{}\w*\s+(?:республика\w*\s+|федерация\w*\s+)?(?:конституция(?!лық)|ата\s+заң)",),
}
_SHORT = {"en": "Russian Kyrgyz Uzbek Swedish Austrian Belarusian Soviet", "ru": "РФ ФРГ КНР КР", "kk": "РФ ГФР ҚХР"}
_OF_KAZAKHSTAN = {
    "en": r"(?:(?:of\s+)?(?:the\s+)?(?:republic\s+of\s+)?[kq]aza[kq]h?\w*(?:\s+(?:ssr|republic))?\s+)?",
    "ru": r"(?:(?:республики\s+)?казах\w+\s+(?:сср\s+)?|рк\s+|кссср\s+|казсср\s+|ссср\s+)?",
    "kk": r"(?:(?:қазақ\w*|қр|кср\w*|республика\w*)\s+){0,3}",
}
_EARLIER_YEAR = r"(?:19[0-8]\d|199[0-4])"
_EARLIER = {
    "en": (
        rf"\bconstitution(?!al)\s+{_OF_KAZAKHSTAN['en']}(?:(?:of|from|in)\s+)?{_EARLIER_YEAR}\b",
        rf"\b{_EARLIER_YEAR}\s+{_OF_KAZAKHSTAN['en']}constitution(?!al)",
        r"\b(?:soviet|ussr|[kq]aza[kq]h\s+ssr)(?:['’]s?)?\s+constitution(?!al)",
        r"\bconstitution(?!al)\s+of\s+(?:the\s+)?(?:ussr|soviet|[kq]aza[kq]h\s+s)",
    ),
    "ru": (
        rf"\bконституци(?!онн)\w*\s+{_OF_KAZAKHSTAN['ru']}(?:от\s+)?{_EARLIER_YEAR}\b",
        rf"\b{_EARLIER_YEAR}\s*(?:года|г\.)\s+конституци(?!онн)",
        r"\bконституци(?!онн)\w*\s+(?:ссср|казсср|казахской\s+сср)\b|\b(?:советск|ссср)\w*\s+конституци(?!онн)",
    ),
    "kk": (
        rf"\b{_EARLIER_YEAR}\s+жылғы\s+{_OF_KAZAKHSTAN['kk']}(?:конституция(?!лық)|ата\s+заң)",
        r"\b(?:ксро\w*|қазақ\s+кср\w*|кеңестік)\s+(?:конституция(?!лық)|ата\s+заң)",
    ),
}
NotHeld = Literal["earlier", "another_state"]


def constitution_not_held(question: str, language: str) -> NotHeld | None:
    """Whether the question names a Constitution that no text here is of: one of Kazakhstan's before that of 1995, or
    another state's, where it names neither its asker nor Kazakhstan."""
    if any(re.search(pattern, question, re.IGNORECASE) for pattern in _EARLIER[language]):
        return "earlier"
    if re.search(_OURSELVES[language], re.sub(r"\bUS\b", "USA", question).lower()):
        return None
    named = any(pattern.search(question) for pattern in _constitutions(language))
    return "another_state" if named else None


def asks_about_another_state(question: str, language: str) -> bool:
    """Whether the question is about another state's matters, and names neither its asker nor Kazakhstan."""
    others_apart = re.sub(r"\bUS\b", "USA", question)  # no "us"
    if re.search(_OURSELVES[language], others_apart.lower()):
        return False
    return any(_is_subject(question, match, language) for match in _states(language).finditer(question))


def _is_subject(question: str, match: re.Match[str], language: str) -> bool:
    before, after = question[: match.start()], question[match.end() :]
    if re.search(_DEALT_WITH[language], before, re.IGNORECASE):
        return False
    return language != "kk" or not re.search(_DEALT_WITH_AFTER, after, re.IGNORECASE)


@cache
def _constitutions(language: str) -> tuple[re.Pattern[str], ...]:
    """Patterns of another state's Constitution, called so."""
    ending = {"en": "", "ru": r"\w{0,3}", "kk": ""}[language]
    whole = "|".join([*_WHOLE[language].split(), *(_SHORT[language].split() if language != "en" else ())])
    stems = [*_stems(language), *(_SHORT[language].split() if language == "en" else ())]
    state = rf"\b(?:(?i:{'|'.join(stems)}){ending}|(?:{whole})\b)"
    return tuple(re.compile(pattern.replace("{}", state), re.IGNORECASE) for pattern in _CONSTITUTION[language])


def _stems(language: str) -> list[str]:
    """What names of other states begin with; in English the names."""
    territories = Locale(language).territories
    names = [name.split(" (")[0] for code, name in territories.items() if code.isalpha() and code not in _NOT_OTHER]
    if language == "ru":
        names = [_russian_stem(name) for name in names]
    whole = _WHOLE[language].split()
    return [re.escape(n) for n in names if len(n) >= _SHORTEST_STEM and n not in whole] + _ALSO[language].split()


@cache
def _states(language: str) -> re.Pattern[str]:
    stems, whole = _stems(language), _WHOLE[language].split()
    # English adds no endings, and spells states with capitals: "turkey" and "jordan" are no states.
    opening, ending = {"en": ("(?:", ""), "ru": ("(?i:", r"\w{0,3}"), "kk": ("(?i:", r"\w{0,6}")}[language]
    return re.compile(rf"\b(?:{opening}{'|'.join(stems)})(?={ending}\b)|(?:{'|'.join(whole)})\b)")


def _russian_stem(name: str) -> str:
    stem = _RUSSIAN_ENDING.sub("", name)
    return stem if len(stem) >= _SHORTEST_STEM else name[:-1] if len(name) > _SHORTEST_STEM else name
