"""What speaks for telling a subject as a whole, put together once a question."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.concordance import load_concordance
from corpus.subjects import Absence, Subject, load_subjects
from index import MatterScores, SearchResult
from qa.evidence.abstention import Evidence
from qa.evidence.answer_type import wants
from qa.evidence.retrieval import Retrieval
from qa.evidence.silences import Looked, Sought, sought_in_vain
from qa.evidence.wholes import Fit, subject_fits, wants_whole, wholes_model
from qa.turn import Turn
from qa.understanding.beyond.other_states import asks_about_another_state
from qa.understanding.forms import has_form, without_form
from qa.understanding.subject_question import subject_called, subject_within

_KEY = "wanted whole"  # under which the turn keeps it
# A judgement is wanted: by its form and hardly against what is learned, or by that alone where a whole is wanted too.
_OPINION_BY_FORM = -0.3
_OPINION_LEARNED = 0.7
# …and of what a point answers, where many a story that ends in "is that right?" wants the law: in so many words, by
# form and what is learned, or very surely by that alone.
_JUDGED_IN_WORDS, _JUDGED_BY_FORM, _JUDGED_LEARNED = -0.8, 0.0, 1.1
# Each part of a question on two subjects names its own, and the whole question still comes near to both.
_PART_FITS = 0.9
_WHOLE_FITS = 0.35
_BETWEEN = {
    "en": re.compile(r",?\s+(?:and|or|versus|vs)\s+|[;/&+:?!]|\.\s+|,\s+", re.IGNORECASE),
    "ru": re.compile(r",?\s+(?:и|а|или|а\s+также)\s+|[;/&+:?!]|\.\s+|,\s+", re.IGNORECASE),
    "kk": re.compile(r",?\s+(?:және|мен|бен|пен|ал|әрі|немесе)\s+|[;/&+:?!]|\.\s+|,\s+", re.IGNORECASE),
}
_NEAR_SUBJECTS = 5
# In log-odds from what is needed, and as `SearchResult.belongs`: between the two a point is told first.
_SURELY_WHOLE = 1.0
_LIKE_A_POINT = 0.8
_JUDGED_FITS = 0.8
_THEM = re.compile(
    r"\b(?:them|it|him|her|they|he|she|их|его|е[её]|им|ими|они|она|он|оларды|оны|олар|ол|оларға|оған)\b", re.IGNORECASE
)
_FEWEST_LETTERS = 4  # of a part that could name a subject
_MOST_PARTS = 12  # of a question that names two; each is looked up


@dataclass(frozen=True, slots=True)
class WantedWhole:
    """`odds` are those that a whole is wanted, less what is needed, in log-odds; `fits` are the subjects, best first.
    `is_opinion`: a judgement or motive is wanted; `is_judged`: it is, of what a point answers; `sought`: the thing that
    is not there that it comes nearest to."""

    odds: float
    fits: tuple[Fit, ...]
    found: SearchResult
    case: Evidence | None
    scores: MatterScores
    is_opinion: bool
    is_judged: bool
    sought: Sought | None

    @property
    def absent(self) -> Absence | None:
        """What the question asks after and is not there; None where it asks after no such thing."""
        return self.sought.absence if self.sought and self.sought.odds >= 0 else None


def wanted_whole(turn: Turn, retrieval: Retrieval) -> WantedWhole | None:
    """What speaks for a whole; None where the index knows of none, or the question is not on the Constitution in force
    as it stands by itself."""
    if _KEY not in turn.found:
        turn.found[_KEY] = _wanted(turn, retrieval)
    found: WantedWhole | None = turn.found[_KEY]
    return found


def _wanted(turn: Turn, retrieval: Retrieval) -> WantedWhole | None:
    question, scope, matters = turn.question, turn.scope, retrieval.index.matters
    document = load_concordance().new
    elsewhere = scope.named and scope.primary != (document,)
    if matters is None or question.reading or question.gone:
        return None
    if elsewhere or document not in scope.primary:
        return None
    found, case = retrieval.find(turn, [document], named=scope.named)
    # Of another state, or of a task, it is no question on a subject here unless it could be answered as one on a point.
    text, language = question.text, question.written_in
    is_other = asks_about_another_state(text, language) or wants("task", text, language)
    if is_other and not (case and case.sufficient):
        return None
    if not question.is_story:
        text = without_form("purpose", text, language) or text
    scores = matters.of(text, question.topic, language)
    odds = round(wants_whole(scores, found, case, text, language) - wholes_model().needed[language], 4)
    in_words = has_form("judgement", text, language) and scores.opinion >= _JUDGED_IN_WORDS
    by_form = in_words or (has_form("opinion", text, language) and scores.opinion >= _OPINION_BY_FORM)
    fits = tuple(subject_fits(scores, found, text, language))
    sought = sought_in_vain(Looked(question, scores, found, case, fits), matters)
    # Whether something is there is no matter of opinion, however it is asked.
    by_form = by_form and not (sought and sought.odds >= 0 and scores.opinion < _OPINION_LEARNED)
    is_opinion = by_form or (scores.opinion >= _OPINION_LEARNED and odds >= 0)
    is_judged = in_words or scores.opinion >= (_JUDGED_BY_FORM if by_form else _JUDGED_LEARNED)
    return WantedWhole(odds, fits, found, case, scores, is_opinion, is_judged, sought)


def point_comes_first(wanted: WantedWhole) -> bool:
    """Whether a point of the nearest subject is likely enough to be told first, and the rest of the subject beside it:
    a whole is not surely wanted, and the question is one that an article answers."""
    if not (wanted.case and wanted.case.sufficient and 0 <= wanted.odds < _SURELY_WHOLE):
        return False
    is_of_it = wanted.found.hits[0].provision.id in wanted.fits[0].subject.provisions
    return is_of_it and wanted.found.belongs >= _LIKE_A_POINT


def group_beside(wanted: WantedWhole, provision: str) -> tuple[str, ...]:
    """What is essential beside the provision in a group of the subject that fits best and has it; none where no subject
    near to the question has it."""
    for fit in wanted.fits[:_NEAR_SUBJECTS]:
        for group in fit.subject.groups:
            if provision in group.provisions:
                return tuple(name for name in group.essential if name != provision)
    return ()


def judged_subject(turn: Turn, wanted: WantedWhole) -> Subject | None:
    """The subject that a judgement is wanted on; None where none is meant."""
    best = wanted.fits[0]
    if best.score >= _JUDGED_FITS:
        return best.subject
    return subject_within(turn.question.topic, turn.question.written_in)


def two_subjects(turn: Turn, retrieval: Retrieval, wanted: WantedWhole, *, is_likely: bool) -> tuple[Subject, ...]:
    """The two subjects that parts of the question name, in their order; none where they name one, or something else.
    Unless it `is_likely` that wholes are wanted, they must be called by their very names."""
    language = turn.question.written_in
    parts = [part for part in _BETWEEN[language].split(turn.question.topic) if len(part.strip()) >= _FEWEST_LETTERS]
    if not 2 <= len(parts) <= _MOST_PARTS or turn.question.is_story:
        return ()
    # "…and who can dismiss them": of what was named before.
    parts = [parts[0], *(f"{parts[0]} {part}" if _THEM.search(part) else part for part in parts[1:])]
    called = dict.fromkeys(s.id for part in parts if (s := subject_called(part, language)))
    if len(called) == 2:
        one, other = (load_subjects()[name] for name in called)
        return () if _overlap(one, other) else (one, other)
    if not is_likely:
        return ()
    near = {fit.subject.id for fit in wanted.fits if fit.score >= _WHOLE_FITS}
    if len(near) < 2:  # before every part is looked up
        return ()
    best: dict[str, Fit] = {}
    for part in parts:
        fit = best_fit(part, language, retrieval)
        if fit and fit.score >= _PART_FITS and fit.subject.id in near:
            best.setdefault(fit.subject.id, fit)
    surest = sorted(best.values(), key=lambda fit: -fit.score)[:2]
    two = tuple(fit.subject for fit in best.values() if fit in surest)
    return two if len(two) == 2 and not _overlap(*two) else ()


def best_fit(part: str, language: str, retrieval: Retrieval) -> Fit | None:
    """The subject of the Constitution in force that a part of a question fits best; None where the index knows none."""
    index = retrieval.index
    if index.matters is None:
        return None
    found = index.search(part, language=language, documents=[load_concordance().new])
    return subject_fits(index.matters.of(part, part, language), found, part, language)[0]


def _overlap(one: Subject, other: Subject) -> bool:
    """Whether one is told with the other."""
    if one.above == other.id or other.above == one.id:
        return True
    mine, theirs = set(one.essential), set(other.essential)
    return 2 * len(mine & theirs) >= min(len(mine), len(theirs))
