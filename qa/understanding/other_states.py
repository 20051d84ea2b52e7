"""Does a question ask about the law of another state?

States' names come from CLDR (through Babel), as Unicode publishes them in Kazakh, Russian and English. A question that
names another state and speaks neither in the first person nor of Kazakhstan most likely asks about that state's law.
"I was robbed in Turkey", "money from Turkey", "if Iran attacked", "a jury like in the USA" do not.
"""

from __future__ import annotations

import re
from functools import cache

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
def _states(language: str) -> re.Pattern[str]:
    territories = Locale(language).territories
    names = [name.split(" (")[0] for code, name in territories.items() if code.isalpha() and code not in _NOT_OTHER]
    if language == "ru":
        names = [_russian_stem(name) for name in names]
    whole = _WHOLE[language].split()
    stems = [re.escape(name) for name in names if len(name) >= _SHORTEST_STEM and name not in whole]
    stems += _ALSO[language].split()
    # English adds no endings, and spells states with capitals: "turkey" and "jordan" are no states.
    opening, ending = {"en": ("(?:", ""), "ru": ("(?i:", r"\w{0,3}"), "kk": ("(?i:", r"\w{0,6}")}[language]
    return re.compile(rf"\b(?:{opening}{'|'.join(stems)})(?={ending}\b)|(?:{'|'.join(whole)})\b)")


def _russian_stem(name: str) -> str:
    stem = _RUSSIAN_ENDING.sub("", name)
    return stem if len(stem) >= _SHORTEST_STEM else name[:-1] if len(name) > _SHORTEST_STEM else name
