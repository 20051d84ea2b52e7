"""Words that mark what a sentence does: deny, command, permit, except. Patterns by language."""

from __future__ import annotations

import re
from functools import cache

NEGATIVE = {
    "en": r"\b(?:not|\w+n't|no|never|nobody|none|neither|nor|cannot|forbidden|banned|prohibited|inadmissible)\b",
    "ru": r"\b(?:не|ни|нельзя|никогда|никто|никого|никому|нет|запрещ\w+|запрет\w*|недопуст\w+)\b",
    "kk": r"\b(?:емес|жоқ|тыйым\w*|ешкім\w*|ешбір|ешқашан)\b"
    r"|\b(?!немесе)\w+[мбп][ае](?:й(?:ды|ді|мын|мін|тын|тін)|са|се|ған|ген|ды|ді|у|уы|уі|уға|уге)\b",
}
MEASURE = {
    "en": r"\b(?:no|not) (?:less|more|fewer|later|earlier|older|younger) than\b",
    "ru": r"\bне (?:менее|более|меньше|больше|моложе|младше|старше|позднее|ранее|реже)\b",
    "kk": r"\b(?:кем|артық|кеш|ерте) емес\b",
}
# Set phrases whose negative word denies nothing that a sentence says.
SET_PHRASE = {
    "en": r"\b(?:whether or not|not only)\b",
    "ru": r"\b(?:как бы то ни было|не только|каким бы \w+ ни)\b",
    "kk": r"\b(?:азаматтығы жоқ|коммерциялық емес|ғана емес|қол сұғылма\w+|араласпау\w*)\b",
}
WITHOUT = {"en": r"\bwithout\b", "ru": r"\bбез\b", "kk": r"\b\w+с[ыі]з\b"}
# That a ban is none: "not prohibited", "запрета нет", "тыйым салынбайды".
UNBANNED = {
    "en": r"\b(?:not|never|\w+n't)\s+(?:\w+\s+)?(?:prohibited|forbidden|banned)\b|\bno (?:ban|prohibition)\b",
    "ru": r"\bне\s+(?:\w+\s+)?запрещ\w+|\bзапрета?\s+нет\b|\bнет\s+запрета\b",
    "kk": r"\bтыйым\w*\s+(?:салынба\w+|салма\w+|жоқ)",
}
COMMAND = {
    "en": r"\b(?:must|shall|has to|have to|obliged|required|compulsory|duty)\b",
    "ru": r"\b(?:обязан\w*|должн?[аыо]?|должен|обязательн\w+|надлежит|следует)\b",
    "kk": r"\b(?:міндет\w*|тиіс(?!інше)\w*|керек|қажет)\b",
}
PERMISSION = {
    "en": r"\b(?:may|can|allowed|permitted|free to)\b",
    "ru": r"\b(?:может|могут|можно|вправе|разреш\w+|допускается)\b",
    "kk": r"\b(?:болады|алады|рұқсат\w*|мүмкін)\b",
}
ABSOLUTE = {
    "en": r"\b(?:always|never|under any circumstances|without (?:any )?(?:exceptions?|limits?)|in all cases)\b",
    "ru": r"\b(?:всегда|никогда|ни при каких|без (?:всяких |каких-либо )?(?:исключений|ограничений)|во всех случаях)\b",
    "kk": r"\b(?:әрқашан|ешқашан|ешқандай|ешбір)\b",
}
EXCEPTION = {
    "en": r"\b(?:unless|except|other than|only (?:in|on|where|if|by)|otherwise)\b",
    "ru": r"\b(?:кроме|за исключением|если иное|если \w+ не|только|иначе|лишь)\b",
    "kk": r"\b(?:басқа|қоспағанда|өзгеше|тек|болмаса)\b",
}


def has(marks: dict[str, str], text: str, language: str) -> bool:
    """Whether the text has one of the marks."""
    return bool(_compiled(marks[language]).search(text))


def is_negative(text: str, language: str) -> bool:
    """Whether the text denies or forbids; "no less than" does not."""
    for phrases in (MEASURE, SET_PHRASE):
        text = _compiled(phrases[language]).sub(" ", text)
    return has(NEGATIVE, text, language)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)
