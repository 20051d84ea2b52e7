"""Telling a subject as a whole: what it comes to, then its essential provisions in the order of telling."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.concordance import load_concordance
from corpus.subjects import Subject, load_sections
from index import Hit, MatterScores, SearchResult
from qa.answer import Answer, SubjectTold
from qa.answering.way import Way
from qa.evidence.abstention import Evidence
from qa.evidence.provisions import hit_of, text_of
from qa.evidence.wholes import Fit, subject_fits, wants_whole, wholes_model
from qa.labels import article_label
from qa.turn import Turn
from qa.understanding.forms import has_form
from qa.understanding.subject_question import subject_asked

# An opinion is told from the subject also where it could be a point that is judged. In log-odds.
_JUDGED = 2.5
_JUDGED_SURELY = 0.7  # of what is learned of opinions: from here on no form of words is needed
_JUDGED_AT_ALL = -0.3
# Two subjects: each must fit nearly as well as a subject does that is asked alone.
_FITS = 0.7
_OF_TWO = 2.0  # in log-odds: two points of two subjects are told as two wholes
_BETWEEN = {
    "en": re.compile(r",?\s+(?:and|or|versus|vs)\s+|[;/&+]|\.\s+|,\s+", re.IGNORECASE),
    "ru": re.compile(r",?\s+(?:и|а|или|а\s+также)\s+|[;/&+]|\.\s+|,\s+", re.IGNORECASE),
    "kk": re.compile(r",?\s+(?:және|мен|бен|пен|ал|әрі|немесе)\s+|[;/&+]|\.\s+|,\s+", re.IGNORECASE),
}
_FEWEST_LETTERS = 4  # of a part that could name a subject
_MOST_TOLD_OF_TWO = 5  # essential provisions shown of each


class SubjectOverview(Way):
    """The question wants a subject of the Constitution in force, or two, or a judgement on one."""

    def answers(self, turn: Turn) -> Answer | None:
        question, scope, index = turn.question, turn.scope, self.retrieval.index
        document = load_concordance().new
        elsewhere = scope.named and scope.primary != (document,)
        if question.context or question.references or elsewhere or document not in scope.primary or turn.dated:
            return None
        if named := subject_asked(question):
            return self._told(turn, [named], ())
        if index.matters is None:
            return None
        found, case = self.retrieval.find(turn, [document])
        scores = index.matters.of(question.text, question.topic, question.written_in)
        subjects, is_opinion = self._wanted(turn, scores, found, case)
        return self._told(turn, subjects, found.hits, is_opinion=is_opinion) if subjects else None

    def _wanted(
        self, turn: Turn, scores: MatterScores, found: SearchResult, case: Evidence | None
    ) -> tuple[list[Subject], bool]:
        """The subjects to tell, none where a point is wanted, and whether a judgement on them is."""
        question = turn.question
        odds = wants_whole(scores, found, case, question.text) - wholes_model().needed
        is_judged = has_form("opinion", question.text, question.written_in) and scores.opinion >= _JUDGED_AT_ALL
        is_opinion = is_judged or (scores.opinion >= _JUDGED_SURELY and odds >= 0)
        fits = subject_fits(scores, found)
        if odds >= (-_JUDGED if is_opinion else -_OF_TWO) and (two := self._two(turn)):
            return two, is_opinion
        if odds >= (-_JUDGED if is_opinion else 0.0):
            return [fits[0].subject], is_opinion
        return [], False

    def _two(self, turn: Turn) -> list[Subject]:
        """The two subjects that the parts of the question name; none where they name one, or something else."""
        question, index = turn.question, self.retrieval.index
        parts = [part for part in _BETWEEN[question.written_in].split(question.topic) if len(part) >= _FEWEST_LETTERS]
        if len(parts) < 2 or index.matters is None:
            return []
        best = [self._best(turn, part) for part in parts]
        subjects = list(dict.fromkeys(fit.subject.id for fit in best if fit.score >= _FITS))
        if len(subjects) != 2:
            return []
        one, other = (next(fit.subject for fit in best if fit.subject.id == name) for name in subjects)
        return [] if _overlap(one, other) else [one, other]

    def _best(self, turn: Turn, part: str) -> Fit:
        """The subject that a part of the question fits best."""
        index, language = self.retrieval.index, turn.question.written_in
        assert index.matters is not None
        found = index.search(part, language=language, documents=[load_concordance().new])
        return subject_fits(index.matters.of(part, part, language), found)[0]

    def _told(
        self, turn: Turn, subjects: Sequence[Subject], found: Sequence[Hit], *, is_opinion: bool = False
    ) -> Answer | None:
        index, language = self.retrieval.index, turn.question.language
        names = [name for subject in subjects for name in subject.provisions]
        if any(self.reply.changed.withheld(name) for name in names):
            return None  # what is said of the whole may not fit the text any more
        for subject in subjects:
            turn.step("question", "trace.subject", subject=subject.title(language))
        ranked = {hit.provision.id: hit for hit in found}
        essential = list(dict.fromkeys(name for subject in subjects for name in _essential(subject, len(subjects))))
        further = [name for name in dict.fromkeys(names) if name not in essential]
        cited, rest = (
            [ranked.get(text.id) or hit_of(text) for name in named if (text := text_of(index, name, language))]
            for named in (essential, further)
        )
        notices = [turn.say("answer.opinion")] if is_opinion else []
        notices += [notice for subject in subjects if (notice := _place(turn, subject))]
        told = tuple(SubjectTold.of(subject, language) for subject in subjects)
        answer = self.reply.citing(
            turn,
            cited,
            list(found) or [*cited, *rest],
            others=[hit for hit in found if hit.provision.id not in names],
            notice="\n\n".join(notices),
            further=rest,
            subjects=told,
        )
        return replace(answer, mode="overview", opinion=is_opinion)


def _essential(subject: Subject, of: int) -> list[str]:
    """What the subject's overview shows; of two subjects, each shows the beginning."""
    names = [name for group in subject.groups for name in group.essential]
    return names if of == 1 else names[:_MOST_TOLD_OF_TWO]


def _overlap(one: Subject, other: Subject) -> bool:
    """Whether one is told with the other."""
    if one.above == other.id or other.above == one.id:
        return True
    mine, theirs = set(_essential(one, 1)), set(_essential(other, 1))
    return 2 * len(mine & theirs) >= min(len(mine), len(theirs))


def _place(turn: Turn, subject: Subject) -> str:
    """Of a subject that has a section to itself, which articles that is."""
    section = next((section for section in load_sections() if section.subject == subject.id), None)
    if section is None:
        return ""
    first, last = (article_label(number, turn.question.language) for number in (section.first, section.last))
    return turn.say("answer.section", first=first, last=last)
