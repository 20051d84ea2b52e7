"""Does a question ask who holds an office now, or for that person's name?

"Who is the Ombudsman at the moment?", "как фамилия генпрокурора?", "Құрылтай төрағасының аты-жөні кім?": a
constitution names offices and no persons, however much it says of them. "Who appoints the Prosecutor General now?" is
no such question, nor is "who is the Ombudsman?", which asks what the office is.
"""

from __future__ import annotations

import re

from corpus.text.sentences import asked_part

_OFFICES = {
    "en": (
        r"(?:(?:vice[ -]?)?president|prime minister|pm|ministers?|secretary|speaker|chair(?:man|woman|person)?"
        r"|ombuds(?:man|person|woman)?|(?:human )?rights commissioner|prosecutor general|(?:attorney|prosecutor)s?"
        r"|(?:chief )?(?:justice|judges?)|governors?|akims?|mayors?"
        r"|deput(?:y|ies)|head)"
    ),
    "ru": (
        r"(?:(?:вице-?\s?)?президент|премьер(?:-министр)?|министр|секретар|спикер|председател|омбудсм[еэ]н|уполномоченн|генпрокурор"
        r"|(?:генеральн\w+ )?прокурор|глав[аыеу]|судь|аким|депутат|губернатор)"
    ),
    "kk": (
        r"(?:(?:вице-?\s?)?президент|премьер(?:-министр)?|министр|хатшы|спикер|т[өо]ра[ғг]а|омбудсмен|у[әа]к[іи]л"
        r"|(?:бас )?прокурор|басшы|судья|[әа]к[іи]м|депутат|губернатор)"
    ),
}
_NOW = {
    "en": r"(?:right now|at the moment|at present|currently|these days|nowadays|as of today|today|now)",
    "ru": (
        r"(?:сейчас|щас|теперь|нынче|сегодня|на (?:данный|сегодняшний|этот) (?:момент|день)"
        r"|в (?:данный|настоящ\w+) (?:момент|время))"
    ),
    "kk": r"(?:[қк]аз[іи]р(?:г[іи] кезде|г[іи] уа[қк]ытта|г[іи] та[ңн]да)?|б[үу]г[іи]нде|осы к[үу]н[іи]|сейчас|щас)",
}
# An office in the nominative, after "who is" and at most a few words that belong to its name.
_WHO = {
    "en": (
        r"\bwho(?:'s|’s|s| is| are)\s+"
        r"(?:(?!\w+ed\b|to\b|by\b|able\b|above\b|over\b|with\b)[\w'’]+\s+){{0,4}}?{office}\b"
    ),
    "ru": (
        r"\bкто(?: там| у нас| же| вообще)?\s+(?:(?:\w+(?:[иы]й|ой|ая))\s+){{0,2}}{office}(?:ь|я|а|ый)?\b"
        r"|\b{office}(?:ь|я|а|ый)?(?:\s+\w+){{0,2}}\s+кто\W*$"
    ),
    "kk": r"{office}(?:сы|с[іи]|ы|[іи]|\b)\w{{0,2}}\s+(?:деген[іи]м[іи]з\s+)?(?:\w+\s+)?к[іи]м\b",
}
# The person's name, by whatever word; and that of the one in an office, in so many words.
_NAMED = {
    "en": r"\b(?:surname|initials|names?)\b",
    "ru": (
        r"\b(?:фамили[яюией]+|фио|(?:зовут|звать|величать)|имя(?:,| и)? (?:отчество|фамили\w+)|инициал\w*"
        r"|по имени|по фамилии)\b"
    ),
    "kk": r"\b(?:аты[\s-]*ж[өо]н\w*|фамилия\w*|тег[іи]|ес[іи]м[іи]|аты|атын|фио)\b",
}
_NAME_OF = {
    "en": (
        r"\b(?:what(?:'s|’s| is)|tell me|need|remind me(?: of)?) (?:the|our|your) "
        r"(?:(?:sur|full |last )?name of (?:the|our|your) {office}\b|{office}['’]s (?:full |last |first )?(?:sur)?name)"
        r"|\b{office}(?:\s+\w+){{0,3}}?\s+(?:full |last )?(?:sur)?name\W*$"
    ),
    "ru": (
        r"\b(?:как (?:зовут|звать|фамилия)|(?:подскаж|назов|напомн)\w+ (?:мне )?(?:фамилию|имя|фио)|какая фамилия у)"
        r" (?:(?:наш|ваш|\w+(?:ого|его))\w*\s+){{0,2}}{office}"
        r"|\b{office}\w*(?:\s+\w+){{0,3}}?\s+(?:фамилия|имя|отчество|фио)\W*$"
        r"|{office}.*\b(?:какая у него фамилия|как его (?:зовут|фамилия))\b"
    ),
    "kk": (
        r"{office}\w*(?:н[ыі][ңн]|ни[ңн]|д[ыі][ңн]|ди[ңн]|т[ыі][ңн]|ти[ңн])"
        r"\s+(?:аты[\s-]*ж[өо]н\w*|ес[іи]м[іи]|аты|фамилиясы)\s*(?:\?|$|[қк]алай|[қк]андай|к[іи]м)"
        r"|{office}.*\b(?:сол|ол|осы) (?:орында|орынта[қғ]та|креслода) к[іи]м\b"
    ),
}
_CURRENT = {
    "en": r"\b(?:current|present|incumbent|acting)\s+(?:\w+\s+){{0,2}}{office}\b",
    "ru": r"\b(?:нынешн|действующ|теперешн)\w+\s+(?:\w+\s+){{0,2}}{office}",
    "kk": r"\b(?:[қк]аз[іи]рг[іи]|б[үу]г[іи]нг[іи])\s+(?:\w+\s+){{0,3}}{office}",
}
# Somebody is asked after, in an office.
_ANYBODY = {
    "en": r"(?=.*\b{office}\b).*\b(?:who(?:'s|’s| is|s| are)|what(?:'s|’s| is))\b",
    "ru": r"(?=.*\b{office}).*\b(?:кто|как(?:ой|ая)?|подскаж\w+|назов\w+|напомн\w+|нужн\w+)\b",
    "kk": r"(?=.*\b{office}).*\b(?:к[іи]м|[қк]алай|айт\w*|жаз\w*)\b",
}
_LONGEST_WHO = 20  # words, of one in which "who is" and "now" belong together
_LONGEST = 32  # words, of a question that tells whom it is about before it asks for the name


def asks_who_holds_office(question: str, language: str) -> bool:
    """Whether the question asks for the person in an office, today."""

    def found(pattern: str, text: str) -> bool:
        return re.search(pattern.format(office=_OFFICES[language]), text, re.IGNORECASE) is not None

    asked = asked_part(question)
    whole = question if len(question.split()) <= _LONGEST else asked
    is_now = found(rf"\b{_NOW[language]}\b", whole) or found(_CURRENT[language], whole)
    if found(_NAMED[language], whole):
        return (is_now and found(_ANYBODY[language], whole)) or found(_NAME_OF[language], whole)
    is_short = len(whole.split()) <= _LONGEST_WHO
    return is_now and is_short and found(_WHO[language], _without_now(whole, language))


def _without_now(text: str, language: str) -> str:
    """So that "кто сейчас председатель" and "кто председатель сейчас" read alike."""
    return re.sub(rf",?\s*\b{_NOW[language]}\b", "", text, flags=re.IGNORECASE)
