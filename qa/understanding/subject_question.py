"""Questions that want a subject told as a whole, not a point in it: "education", "что Конституция говорит о детях?".

Only where what is left of the question, its form taken away, is the very name of a subject; whatever says more than the
name wants a point.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from corpus.subjects import Subject, subjects_by_name
from corpus.text.folding import fold_run
from index.words.analysis import terms
from qa.understanding.question import Question

# How one asks for the whole of something; a Russian name is then in another case, and a Kazakh one may be.
_FORMS = {
    "en": (
        r"(?:(?:please )?(?:tell|explain|describe)(?: to)?(?: me| us)?(?: everything| all)?(?: about)?"
        r"|(?:please )?(?:describe|outline|sum up),? (?:in general(?: terms)?|broadly|briefly),?"
        r"(?: what is said (?:about|on))?"
        r"|(?:please )?(?:give me |give us )?(?:an? )?(?:general |short |brief )?(?:overview|outline|summary) (?:of|on)"
        r"|what does (?:it|the law|the basic law) say (?:about|on)|what (?:is|'s) said (?:about|on)"
        r"|what about|everything (?:about|on)|list (?:all|every)(?: the)?) (?P<name>.+)"
        # "What powers does the President have?": the powers of the President.
        r"|what (?:are the )?(?P<kind>powers|rights|duties|functions|tasks|responsibilities)"
        r" (?:does|do|has|have|of) (?P<whose>.+?)(?: have)?"
        r"|what (?P<given>.+?) (?:does|do) (?:it|the (?:new )?constitution|the law|the basic law)"
        r" (?:give|grant|guarantee|provide|contain|protect|recogni[sz]e|have|set)"
        r"|what (?:are|is) (?P<these>(?:the )?(?:powers|rights|duties|functions|tasks) of .+)"
    ),
    "ru": (
        r"(?:(?:расскажи|объясни|поясни)(?:те)?(?: мне| нам)?(?: вс[её])? (?:об?о?|про)"
        r"|(?:опиши|расскажи|изложи)(?:те)?,? (?:в общих чертах|в целом|вкратце|кратко|коротко),?"
        r" (?:что (?:там )?(?:говорится|сказано|написано) )?(?:об?о?|про)"
        r"|что (?:там )?(?:говорится|сказано|написано|известно) (?:об?о?|про)"
        r"|вс[её] (?:об?о?|про)|об?о?|про|перечисли(?:те)?(?: мне)?(?: все)?) (?P<name>.+)"
        r"|как(?:ие|овы)(?: есть| имеются)? (?P<kind>полномочия|права|обязанности|функции|задачи)"
        r"(?: есть| имеются)?(?: у| имеет)? (?P<whose>.+)"
        r"|какие (?P<given>.+?)"
        r" (?:да[её]т|гарантирует|закрепляет|предусматривает|защищает|устанавливает)(?: нам| людям)?"
    ),
    "kk": (
        r"(?P<name>.+?) (?:туралы|жайлы|жайында|жөнінде|хақында)"
        r"(?: (?:не (?:айтыл(?:ған|маған)|айтады|дейді|делінген|жазылған)|айтып бер\w*|түсіндір\w*|бәрін айт\w*"
        r"|(?:жалпы|толық|қысқаша) (?:мәлімет|ақпарат|түсінік|айтып) бер\w*))?"
        r"|(?P<these>.+ (?:құқықтары|өкілеттіктері|өкілеттігі|міндеттері|құқығы)) қандай"
        r"|(?P<whose>.+) қандай (?P<kind>құқықтары|өкілеттіктері|міндеттері) бар"
    ),
}
# What it is: a point, told with the rest of the subject where the name is one's.
_DEFINITIONS = {
    "en": (
        r"(?:what(?: is|['’]?s| are)|who(?: is|['’]?s| are)|what does|define)(?: an?| the)? (?P<name>.+?)(?: mean)?"
        r"|(?P<after>.+?),? (?:what|who) (?:is|are) (?:it|that|this|they)|what (?:an? )?(?P<bare>.+?) is"
    ),
    "ru": (
        r"(?:что такое|кто так(?:ой|ая|ие)|что за|что значит|определение) (?P<name>.+)"
        r"|(?P<after>.+?)[ –—,-]+(?:это )?(?:что|кто)(?: (?:это|они|он|она))?(?: так(?:ое|ой|ая|ие))?(?P<bare>)"
    ),
    "kk": (
        r"(?P<name>.+?) (?:деген(?:іміз)?|дегені) (?:не|кім(?:дер)?)(?: өзі)?"
        r"|(?P<after>.+?) (?:кімдер|кім|кто (?:они|он|это))(?P<bare>)"
    ),
}
_EMPTY = {
    "en": frozenset(
        "the a an of in and for to on by its their my our your kazakhstan republic citizen citizens".split()
    ),
    "ru": frozenset(
        "и в во на о об для по казахстан казахстана казахстане республики республика мои мой наши"
        " гражданин гражданина граждан".split()
    ),
    "kk": frozenset(
        "және мен пен бен қазақстан қазақстанның қазақстанда республикасының республикасында"
        " азаматтың азаматтардың".split()
    ),
}
# A name that is itself a question wants its point: "how long the President serves".
_QUESTION = re.compile(
    r"(?:who|what|how|when|where|which|why|can|may|is|are|кто|что|как\w*|когда|где|кому|кого|почему|можно|сколько|кім\w*"
    r"|қалай|қашан|не|неше|қанша|қандай)\b",
    re.IGNORECASE,
)
_MOST_WORDS = 8  # of a name
_MOST_BARE_WORDS = 3
_LONGEST_WITHIN = 4
_FEWEST_HELD = 2
_KEPT = 16  # texts of which it is kept which subject they name: one answer asks several times
_MOST_BARE = 2  # stems that mean something
_MOST_ASKED_WORDS = 2  # "Secularism?", "права детей?"
_POSSESSIVE = re.compile(r"['’]s?\b")
_MARKS = " \t?!.…\"'«»"
# Named in any case, beside what is asked of it.
_CONSTITUTION = re.compile(r"\bконституция\w*\s*", re.IGNORECASE)


def subject_asked(question: Question) -> Subject | None:
    """The subject whose name the question's topic is, bare or in a form that asks for all of it; None where it says
    more or less. What wants a point is told by its own words: for it the subjects are not even read."""
    language, bare = question.written_in, question.topic.strip(_MARKS)
    # A procedure called by its name is told in its steps, also where the name is a question: "How is a law made?"
    procedure = subject_called(bare, language)
    if procedure and procedure.kind == "procedure" and _QUESTION.search(bare):
        return procedure
    for text in (bare, _CONSTITUTION.sub("", question.text).strip(_MARKS)):
        if form := re.fullmatch(_FORMS[language], text, re.IGNORECASE):
            parts = form.groupdict()
            name = parts["name"] or parts.get("these") or parts.get("given") or f"{parts['kind']} {parts['whose']}"
            if _QUESTION.match(name):
                return None
            called = _by_stems(language).get(_stems(name, language)) or subject_called(
                parts.get("whose") or "", language
            )
            return called or (None if parts["name"] else _called_mostly(name, language))
    words = len(bare.split())
    is_sentence = question.topic == question.text and question.text.endswith("?") and words > _MOST_ASKED_WORDS
    if is_sentence or words > _MOST_WORDS or _QUESTION.match(bare):
        return None
    if named := subjects_by_name(language).get(fold_run(bare)):
        return named
    # "schools", "права ребёнка". Kazakh stems are too short to stand alone: "қалайсың" would be "қала".
    stems = _stems(bare, language)
    is_name = len(stems) <= _MOST_BARE_WORDS and (language != "kk" or len(stems) > 1)
    return _by_stems(language).get(stems) if is_name else None


def _called_mostly(name: str, language: str) -> Subject | None:
    """The subject with the longest name whose words are all in this one; None where no name of several words is."""
    stems = set(_stems(name, language))
    held = [known for known in _by_stems(language) if len(known) >= _FEWEST_HELD and stems.issuperset(known)]
    return _by_stems(language)[max(held, key=len)] if held else None


def is_bare(text: str, language: str) -> bool:
    """Whether the text is a few words that ask nothing: what one types to find a subject."""
    if text.rstrip().endswith("?") or _QUESTION.match(text.strip()):
        return False
    return len(_stems(text, language)) <= _MOST_BARE


def subject_called(name: str, language: str) -> Subject | None:
    """The subject that goes by the name, in whatever case and order its words are; None without one."""
    bare = name.strip(_MARKS)
    return subjects_by_name(language).get(fold_run(bare)) or _by_stems(language).get(_stems(bare, language))


def defined_subject(question: Question) -> Subject | None:
    """The subject that a question asks the meaning of by its name: "what is a maslikhat?"; None without one."""
    language = question.written_in
    match = re.fullmatch(_DEFINITIONS[language], question.topic.strip(_MARKS), re.IGNORECASE)
    name = match and (match["name"] or match["after"] or match["bare"])
    return subject_called(name, language) if name else None


def subject_within(text: str, language: str) -> Subject | None:
    """The subject with the longest name that the text holds, in whatever case; None without one."""
    return found[0] if (found := named_within(text, language)) else None


@lru_cache(maxsize=_KEPT)
def named_within(text: str, language: str) -> tuple[Subject, float] | None:
    """The subject of `subject_within`, and which share of the text's words its name is: above 0, up to 1."""
    words = re.findall(r"[\w’'-]+", text)
    for length in range(_LONGEST_WITHIN, 0, -1):
        for start in range(len(words) - length + 1):
            name = " ".join(words[start : start + length])
            if found := subject_called(name, language):
                told, all_told = len(_stems(name, language)), len(_stems(text, language))
                return found, max(told, 1) / max(told, all_told, 1)
    return None


def _stems(name: str, language: str) -> tuple[str, ...]:
    """The name in whatever case and order."""
    bare = _POSSESSIVE.sub("", name.lower())
    words = [word for word in re.findall(r"[\w’'-]+", bare) if word not in _EMPTY[language]]
    return tuple(sorted(terms(" ".join(words), language)))


@cache
def _by_stems(language: str) -> Mapping[tuple[str, ...], Subject]:
    found: dict[tuple[str, ...], Subject] = {}
    for name, subject in subjects_by_name(language).items():
        if stems := _stems(name, language):
            found.setdefault(stems, subject)
    return found
