"""What may be asked after an answer: questions at provisions of the same subjects and of those beside them."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from itertools import zip_longest

from corpus.digest import asked_questions
from corpus.subjects import Subject, load_subjects
from corpus.text.folding import fold_run
from qa.answer import Answer
from qa.evidence.wholes import essential_to

_MOST = 3
_MOST_TRIED = 12  # an answer costs some 15 ms
_FIRST = 12  # of a provision's questions: the plain ones stand before the stories
_OWN = 2  # subjects
_WORDS = range(4, 10)
_LONGEST = 64  # letters
_OPENS = {
    "en": re.compile(r"(?:who|what|when|where|which|how|can|may|must|is|are|does|do|has|have)\b"),
    "ru": re.compile(
        r"(?:кто|что|ког\w+|где|как\w*|сколько|чем|кому|можно ли|может ли|обязан\w* ли|есть ли)\b",
    ),
    "kk": re.compile(r".*\b(?:кім\w*|не|қашан|қайда|қалай|қандай|қанша|неше|[мбп][ае])\b(?: \w+)?$"),
}
# Told of oneself, or leaning on something: such a question is somebody else's.
_PERSONAL = {
    "en": re.compile(r"\b(?:i|i'm|me|my|we|us|our|you|your|he|she|they|it|this|that|these|him|her|them)\b"),
    "ru": re.compile(
        r"\b(?:я|мы|мне|меня|мо[йяеи]\w*|нас|нам|наш\w*|ты|тебя|он|она|они|его|её|ее|их|это\w*|там|тут)\b",
    ),
    "kk": re.compile(
        r"\b(?:мен|маған|мені|менің|біз\w*|сен\w*|ол|оны\w*|олар\w*|бұл\w*|сол|осы\w*"
        r"|\w+(?:ғым|гім|ымды|імді|ымыз\w*|іміз\w*|мын|мін|мыз|міз))\b",
    ),
}
_ODD = re.compile(r"[^\w\s-]|[a-z]", re.IGNORECASE)
_KAZAKH = re.compile(r"[әғқңөұүһі]")


def next_questions(answer: Answer, asked: Collection[str], cited_for: Callable[[str], Collection[str]]) -> list[str]:
    """At most three questions in the answer's language, none of those `asked` already, to each of which `cited_for`
    gives the provision it is about: the identifiers that the assistant cites for a question, none where it refuses.
    Deterministic; a dozen are tried at most."""
    known = {_folded(question) for question in asked}
    chosen: list[str] = []
    for tried, (provision, question) in enumerate(_candidates(answer, known)):
        if tried == _MOST_TRIED or len(chosen) == _MOST:
            break
        if provision in cited_for(question):
            chosen.append(question)
    return chosen


def _candidates(answer: Answer, known: Collection[str]) -> Iterator[tuple[str, str]]:
    """Provisions that are not cited, one an article, and a question on each."""
    shown = {citation.provision for citation in answer.citations}
    done: set[str] = set()
    for provision in _provisions(answer):
        article = provision.split("__")[0]
        if provision in shown or article in done:
            continue
        if question := _question_at(provision, answer.language, known):
            done.add(article)
            yield provision, question


def _provisions(answer: Answer) -> Iterator[str]:
    """Where nothing is cited what lies nearest, then those of the subjects near, of one after another."""
    if not answer.citations:
        yield from (near.provision for near in answer.see_also)
    for subjects in _near(answer):
        for row in zip_longest(*(subject.provisions for subject in subjects)):
            yield from filter(None, row)


def _near(answer: Answer) -> tuple[list[Subject], list[Subject]]:
    """The narrowest subjects of what is cited, or of what lies nearest; and those beside them and above."""
    subjects = load_subjects()
    of = [citation.provision for citation in answer.citations] or [near.provision for near in answer.see_also]
    own = [subject.id for subject in answer.subjects] + [subject.id for subject in answer.more_on]
    own += [name for provision in of for name in sorted(essential_to().get(provision, ()), key=_size)]
    own = list(dict.fromkeys(own))[:_OWN]
    above = [subjects[name].above for name in own if subjects[name].above]
    beside = [subject.id for subject in subjects.values() if subject.above in above]
    others = [name for name in dict.fromkeys([*beside, *above]) if name not in own]
    return [subjects[name] for name in own], [subjects[name] for name in others]


def _size(name: str) -> tuple[int, str]:
    return len(load_subjects()[name].provisions), name


def _question_at(provision: str, language: str, known: Collection[str]) -> str | None:
    """The first question at a provision that can be shown, and was not asked."""
    document, eid = provision.split("#")
    for question in asked_questions(document, language).get(eid, ())[:_FIRST]:
        if _can_be_shown(question.rstrip("?"), language) and _folded(question) not in known:
            return f"{question[:1].upper()}{question[1:].rstrip('?')}?"
    return None


def _can_be_shown(question: str, language: str) -> bool:
    """Whether a line made for finding reads as a question of anybody's: short, plain, in its language's letters."""
    said = question.lower()
    if len(said.split()) not in _WORDS or len(said) > _LONGEST or _PERSONAL[language].search(said):
        return False
    if language != "en" and _ODD.search(said):
        return False
    return bool(_OPENS[language].match(said)) and (language != "kk" or bool(_KAZAKH.search(said)))


def _folded(question: str) -> str:
    """The question however it is typed."""
    return fold_run(question.rstrip(" ?"))
