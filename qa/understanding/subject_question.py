"""Questions that want a subject told as a whole, not a point in it: "education", "что Конституция говорит о детях?".

Only where what is left of the question, its form taken away, is the very name of a subject; whatever says more than the
name wants a point.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from corpus.subjects import Subject, subjects_by_name
from corpus.text.folding import fold_run
from index.words.analysis import terms
from qa.understanding.question import Question

# How one asks for the whole of something; a Russian name is then in another case, and a Kazakh one may be.
_FORMS = {
    "en": (
        r"(?:(?:please )?(?:tell|explain|describe)(?: to)?(?: me| us)?(?: everything| all)?(?: about)?"
        r"|what does (?:it|the law|the basic law) say (?:about|on)|what (?:is|'s) said (?:about|on)"
        r"|what about|everything (?:about|on)|list (?:all|every)(?: the)?) (?P<name>.+)"
    ),
    "ru": (
        r"(?:(?:расскажи|объясни|поясни)(?:те)?(?: мне| нам)?(?: вс[её])? (?:об?о?|про)"
        r"|что (?:там )?(?:говорится|сказано|написано|известно) (?:об?о?|про)"
        r"|вс[её] (?:об?о?|про)|об?о?|про|перечисли(?:те)?(?: мне)?(?: все)?) (?P<name>.+)"
    ),
    "kk": (
        r"(?P<name>.+?) (?:туралы|жайлы|жайында|жөнінде|хақында)"
        r"(?: (?:не (?:айтылған|айтады|дейді|делінген|жазылған)|айтып бер\w*|түсіндір\w*|бәрін айт\w*))?"
    ),
}
_EMPTY = {
    "en": frozenset("the a an of in and for to on by its their my our your kazakhstan".split()),
    "ru": frozenset("и в во на о об для по казахстан казахстана казахстане республики мои мой наши".split()),
    "kk": frozenset("және мен пен бен қазақстан қазақстанның қазақстанда республикасының республикасында".split()),
}
# A name that is itself a question wants its point: "how long the President serves".
_QUESTION = re.compile(
    r"(?:who|what|how|when|where|which|why|can|may|is|are|кто|что|как\w*|когда|где|кому|кого|почему|можно|сколько|кім\w*"
    r"|қалай|қашан|не|неше|қанша|қандай)\b",
    re.IGNORECASE,
)
_MOST_WORDS = 8  # of a name
_MOST_BARE_WORDS = 3
_MOST_ASKED_WORDS = 2  # "Secularism?", "права детей?"
_MARKS = " \t?!.…\"'«»"
# Named in any case, beside what is asked of it.
_CONSTITUTION = re.compile(r"\bконституция\w*\s*", re.IGNORECASE)


def subject_asked(question: Question) -> Subject | None:
    """The subject whose name the question's topic is, bare or in a form that asks for all of it; None where it says
    more or less. What wants a point is told by its own words: for it the subjects are not even read."""
    language, bare = question.written_in, question.topic.strip(_MARKS)
    for text in (bare, _CONSTITUTION.sub("", question.text).strip(_MARKS)):
        if form := re.fullmatch(_FORMS[language], text, re.IGNORECASE):
            name = form["name"]
            return None if _QUESTION.match(name) else _by_stems(language).get(_stems(name, language))
    words = len(bare.split())
    is_sentence = question.topic == question.text and question.text.endswith("?") and words > _MOST_ASKED_WORDS
    if is_sentence or words > _MOST_WORDS or _QUESTION.match(bare):
        return None
    if named := subjects_by_name(language).get(fold_run(bare)):
        return named
    # "schools", "права ребёнка". Kazakh stems are too short to stand alone: "қалайсың" would be "қала".
    is_name = language != "kk" and words <= _MOST_BARE_WORDS
    return _by_stems(language).get(_stems(bare, language)) if is_name else None


def _stems(name: str, language: str) -> tuple[str, ...]:
    """The name in whatever case and order."""
    words = [word for word in re.findall(r"[\w’'-]+", name.lower()) if word not in _EMPTY[language]]
    return tuple(sorted(terms(" ".join(words), language)))


@cache
def _by_stems(language: str) -> Mapping[tuple[str, ...], Subject]:
    found: dict[tuple[str, ...], Subject] = {}
    for name, subject in subjects_by_name(language).items():
        found.setdefault(_stems(name, language), subject)
    return found
