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

from corpus.text.sentences import asked_part

_SHORTEST = 4  # letters of a name
_NOT_OTHER = {"KZ", "TG"}  # Kazakhstan; and Togo, spelt like the Russian for "of that"
# How a Russian name is declined, by its ending; one on two vowels is not ("Самоа", beside "самое" and "самого").
_RUSSIAN_CASES = (
    (r"(?<=[аеиоу][аеиоуыэ])$", ""),
    (r"ия$", r"(?:ия|ии|ию|ией|иею|ий\w{2,5})"),
    (r"а$", r"(?:а|ы|и|е|у|ой|ою|ск\w{2,3})"),
    (r"я$", r"(?:я|и|е|ю|ей)"),
    (r"ь$", r"(?:ь|я|ю|е|ем|и|ск\w{2,3})"),
    (r"й$", r"(?:й|я|ю|е|ем|ск\w{2,3})"),
    (r"[ыи]$", r"(?:[ыи]|ов|ам|ами|ах)"),
    (r"(?<=[бвгджзклмнпрстфхцчшщ])$", r"(?:а|у|е|ом|ем|ск\w{2,3})?"),
)
# Names that are other words too unless they have a capital: a bird, a vessel; and, in Kazakh typed without its letters,
# "only", "in a row", "from water", "information".
_OTHER_WORDS: dict[str, set[str]] = {
    "en": {"Turkey", "Jordan", "Chad", "Jersey"},
    "ru": set(),
    "kk": {"Гана", "Катар", "Судан", "Мали"},
}
# How people call states besides their names: adjectives, old and short names. Beginnings of words.
_ALSO = {
    "en": "USA America American British Britain Britons England English German French Chinese Turkish Uzbek Kyrgyz "
    "Japanese Indian Korean Italian Ukrainian Israeli Spanish Polish European Holland Dutch Swiss Korea Duma Bundestag",
    "ru": "Америк американск Англи английск Британи британск российск немецк германск французск китайск турецк узбекск "
    "кыргызск киргизск грузинск Киргизи японск индийск корейск Коре[яиюе] Кореей итальянск украинск испанск польск "
    "израильск европейск госдум бундестаг",
    "kk": "Америка Англия Британия Корея Қырғызстан Еуропа госдума бундестаг",
}
# Short names that words of another meaning begin with: taken whole only.
_WHOLE = {"en": "US UK", "ru": "США сша", "kk": "АҚШ"}
_OURSELVES = {
    "en": r"\b(?:i|me|my|mine|we|us|our|ours|here|kazakh\w*|qazaq\w*|kurulta\w*|qurylta\w*)\b",
    "ru": r"\b(?:я|меня|мне|мной|мо(?:й|я|е|ё|и|ю|его|ему|ей|ею|ем|ём|им|их|ими)|мы|нас|нам|нами"
    r"|наш(?:[аеиу]\w*)?(?<!нашел)|здесь|казах\w*|курулта\w*|тенге)\b",
    "kk": r"\b(?:мен|мені|менің|маған|менде|менімен|менен|біз\w*|мұнда|қаза[қг]\w*|құрылта\w*"
    r"|\w+(?:ымыз\w*|іміз\w*|мыз|міз|дым|дім|тым|тім|ымды|імді|ғым|гім|уыма|уіме))\b",
}


# What before a state's name makes it no subject of the question: where something comes from or goes to, whom one deals
# with, a comparison, a condition.
_DEALT_WITH = {
    "en": r"\b(?:from|with|against|to|into|by|between|than|(?:like|as)(?:\s+in)?|if)(?:\s+the)?\s+$",
    "ru": r"\b(?:из|от|с|со|против|к|ко|на|между|чем|как(?:\s+во?)?|если(?:\s+\w+){0,2})\s+$",
    "kk": r"\b(?:егер)\s+$",
}
# Russian says "to a place" as "in a place", by the case: all but these endings, and a name that has no cases.
_INTO = re.compile(r"\bво?\s+$", re.IGNORECASE)
_AT_REST = ("е", "и", "х", "сша")
# Kazakh says the same by endings: from, to, with; and by the conditional of the verb that follows.
_DEALT_WITH_AFTER = r"^\w*(?:[дт][ае]н|н[ае]н|[ғқкг][ае]|[мбп]ен)\b|^\s+(?:\w+\s+){1,2}?\w+с[ае]\b"


# A Constitution by name, with what may stand between that and whose it is. {} is the state, or the year.
_CONSTITUTION = {
    "en": (
        r"\b(?:constitution(?!al)|basic\s+law)(?:\s+of)?(?:\s+the)?\s+{}",
        r"{}(?:['’]s?)?\s+(?:federal\s+|federation\w*\s+|republic\w*\s+)?(?:constitution(?!al)|basic\s+law)",
    ),
    "ru": (
        r"\b(?:конституци(?!онн)\w*|основно\w+\s+закон\w*)\s+(?:республики\s+)?{}",
        r"{}\w*\s+(?:конституци(?!онн)|основно\w+\s+закон)",
    ),
    "kk": (r"{}\w*\s+(?:республика\w*\s+|федерация\w*\s+)?(?:конституция(?!лық)|ата\s+заң)",),
}
_SHORT = {"en": "Russian Kyrgyz Uzbek Swedish Austrian Belarusian Soviet", "ru": "РФ ФРГ КНР КР", "kk": "РФ ГФР ҚХР"}
# Parts of other states that have Constitutions of their own: beginnings of words.
_PARTS = {
    "en": "Tatarstan Bashkortostan Chechnya Chechen Dagestan Yakutia Crimea Karakalpakstan California Texas Bavaria",
    "ru": "Татарстан Башкортостан Башкири Чечн Чеченск Дагестан Якути Крым Каракалпакстан Калифорни Техас Бавари",
    "kk": "Татарстан Башқұртстан Башкортостан Шешенстан Дағыстан Якутия Қырым [ҚК]ара[қк]алпа[қк]стан Калифорния "
    "Техас Бавария",
}
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
        r"\bfirst\s+(?:\w+\s+)?constitution(?!al)\s+(?:of\s+independent|after|since|of\s+[kq]aza)",
        r"\bconstitution(?!al)\s+of\s+(?:the\s+)?(?:ussr|soviet|[kq]aza[kq]h\s+s)",
    ),
    "ru": (
        rf"\bконституци(?!онн)\w*\s+{_OF_KAZAKHSTAN['ru']}(?:от\s+)?{_EARLIER_YEAR}\b",
        r"\bконституци(?!онн)\w*\s+(?:[3-8]\d|9[0-4])(?:-?\s?г\w*)?\s+года\b",
        r"\bперв\w+\s+конституци(?!онн)\w*\s+(?:независим|казах|после|страны|респ)",
        rf"\b{_EARLIER_YEAR}\s*(?:года|г\.)\s+конституци(?!онн)",
        r"\bконституци(?!онн)\w*\s+(?:ссср|казсср|казахской\s+сср)\b|\b(?:советск|ссср)\w*\s+конституци(?!онн)",
    ),
    "kk": (
        rf"\b{_EARLIER_YEAR}\s+жылғы\s+{_OF_KAZAKHSTAN['kk']}(?:конституция(?!лық)|ата\s+заң)",
        r"\b(?:алғашқы|тұңғыш|бірінші)\s+(?:конституция(?!лық)|ата\s+заң)",
        r"\b(?:ксро\w*|қазақ\s+кср\w*|кеңестік)\s+(?:конституция(?!лық)|ата\s+заң)",
    ),
}
_MENTIONED = re.compile(r"constitution|basic\s+law|конституци|основно\w+\s+закон|ата\s+заң", re.IGNORECASE)
NotHeld = Literal["earlier", "another_state"]


def constitution_not_held(question: str, language: str) -> NotHeld | None:
    """Whether the question names a Constitution that no text here is of: one of Kazakhstan's before that of 1995, or
    another state's, where it names neither its asker nor Kazakhstan."""
    if not _MENTIONED.search(question):
        return None
    if any(re.search(pattern, question, re.IGNORECASE) for pattern in _EARLIER[language]):
        return "earlier"
    if re.search(_OURSELVES[language], re.sub(r"\bUS\b", "USA", question).lower()):
        return None
    named = any(pattern.search(question) for pattern in _constitutions(language))
    return "another_state" if named else None


def asks_about_another_state(question: str, language: str) -> bool:
    """Whether the question is about another state's matters, and names neither its asker nor Kazakhstan. Of a story
    that names its teller, what is asked in the end may be about another state."""
    return any(_is_of_another_state(part, language) for part in dict.fromkeys((question, asked_part(question))))


def _is_of_another_state(question: str, language: str) -> bool:
    others_apart = re.sub(r"\bUS\b", "USA", question)  # no "us"
    if re.search(_OURSELVES[language], others_apart.lower()):
        return False
    return any(_is_subject(question, match, language) for match in _states(language).finditer(question))


def _is_subject(question: str, match: re.Match[str], language: str) -> bool:
    before, after = question[: match.start()], question[match.end() :]
    if re.search(_DEALT_WITH[language], before, re.IGNORECASE):
        return False
    if language == "ru" and _INTO.search(before) and not match[0].lower().endswith(_AT_REST):
        return False
    return language != "kk" or not re.search(_DEALT_WITH_AFTER, after, re.IGNORECASE)


@cache
def _constitutions(language: str) -> tuple[re.Pattern[str], ...]:
    """Patterns of another state's Constitution, called so."""
    short = _SHORT[language].split()
    parts = [rf"{part}\w{{0,3}}" if language == "ru" else part for part in _PARTS[language].split()]
    names = [*_names(language), *_OTHER_WORDS[language], *parts, *(short if language == "en" else ())]
    whole = "|".join([*_WHOLE[language].split(), *(short if language != "en" else ())])
    state = rf"\b(?:(?i:{'|'.join(names)})|(?:{whole})\b)"
    return tuple(re.compile(pattern.replace("{}", state), re.IGNORECASE) for pattern in _CONSTITUTION[language])


@cache
def _states(language: str) -> re.Pattern[str]:
    # Kazakh endings are read by what follows: where something comes from or goes to (`_DEALT_WITH_AFTER`).
    ending = r"(?=\w{0,6}\b)" if language == "kk" else r"\b"
    names, other_words = "|".join(_names(language)), "|".join(_OTHER_WORDS[language] or ["(?!)"])
    whole = "|".join(_WHOLE[language].split())
    return re.compile(rf"\b(?:(?:(?i:{names})|{other_words}){ending}|(?:{whole})\b)")


def _names(language: str) -> list[str]:
    """Patterns of other states' names, and of what else they are called, but those that are other words too; Kazakh
    ones without their endings."""
    languages = ("kk", "ru") if language == "kk" else (language,)  # Kazakh is spoken with Russian names too
    territories = [pair for spoken in languages for pair in Locale(spoken).territories.items()]
    names = list(
        dict.fromkeys(n.split(" (")[0] for code, n in territories if code.isalpha() and code not in _NOT_OTHER)
    )
    apart = {*_WHOLE[language].split(), *_OTHER_WORDS[language]}
    names = [name for name in names if len(name) >= _SHORTEST and name not in apart]
    also = _ALSO[language].split()
    if language == "ru":
        return [_declined(name) for name in names] + [rf"{stem}\w{{0,3}}" for stem in also]
    return [re.escape(name) for name in names] + also


def _declined(name: str) -> str:
    """A pattern of the Russian name in any case, and of its adjective where that is regular."""
    for ending, cases in _RUSSIAN_CASES:
        stem, found = re.subn(ending, "", name)
        if found:
            return re.escape(stem) + cases
    return re.escape(name)
