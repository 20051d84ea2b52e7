"""Telling a subject as a whole: what it comes to, then its essential provisions in the order of telling."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from corpus.concordance import load_concordance
from corpus.subjects import Subject, load_sections, load_subjects
from index import Hit
from qa.answer import Answer, SubjectTold
from qa.answering.law_beside import asks_a_law
from qa.answering.way import Way
from qa.evidence.provisions import hit_of, text_of
from qa.evidence.wanted_whole import (
    WantedWhole,
    best_fit,
    judged_subject,
    point_comes_first,
    two_subjects,
    wanted_whole,
)
from qa.labels import article_label, label_of_eid
from qa.turn import Turn
from qa.understanding.forms import Form, has_form, without_form
from qa.understanding.subject_question import defined_subject, is_bare, subject_asked

# In log-odds from what is needed: a judgement is told with its subject also where it could be on a point of it, and
# what would be refused as a point may be a whole all the same.
_JUDGED = -2.5
_OF_STEPS = -1.0
_LISTED = -4.0
_BARE = -2.0
_BARE_SURELY = -5.0  # a few words that ask nothing, and surely are on the subject
_ELSE_REFUSED = -1.0
_SURELY_REFUSED = 2.5  # so far below what is answered lies what is no matter of the Constitution, however it is asked
_HARDLY_OURS = 1.0  # …so far, what hardly wants a whole and has no form of it either…
_IN_NO_WAY_OURS = 4.0  # …and so far, whatever does not speak of the text itself
_MAY_BE_A_SLIP = 1.0
_JUDGED_SURELY = -6.0  # where what is learned of opinions agrees with the form
_SITUATION_FITS = 0.55  # what are my rights, what shall I do: the rest of the subject is wanted with the point
_FITS_WELL = 0.55
_FITS_SURELY = 0.9
_FITS_AT_ALL = 0.35
_STEPS_AMONG = 5  # subjects, where the steps of a procedure are asked for in so many words
_STEPS_FIT = 0.4
_OF_THE_TEXT: tuple[Form, ...] = ("of_the_text", "place")
_OF_SUBJECTS: tuple[Form, ...] = ("listing", "steps")
_PLACED = 0.6  # of a subject whose place in the text is asked for
_BELONGS = 0.6  # a question that belongs so surely to an article is answered by it, whatever else is not there
_NEAR_ENOUGH = 5  # subjects among which that of a thing which is not there is, to be told with it
_MOST_TOLD_OF_TWO = 5  # essential provisions shown of each
_NEAR = 10  # of what was found first, what is further in the subject is shown too…
_NEAREST = 4  # …and of the very first, what is not in it at all


class SubjectOverview(Way):
    """The question wants a subject of the Constitution in force, or two, or a judgement on one."""

    searches = True

    def answers(self, turn: Turn) -> Answer | None:
        question, scope = turn.question, turn.scope
        document = load_concordance().new
        elsewhere = scope.named and scope.primary != (document,)
        if question.reading or elsewhere or document not in scope.primary or question.says_too_little:
            return None
        if named := subject_asked(question):
            return self.told(turn, [named], ())
        wanted = wanted_whole(turn, self.retrieval)
        if wanted is None or asks_a_law(turn, wanted.found, wanted.odds, self.retrieval):
            return None
        silent = _silent(turn, wanted)
        nearest, absent = silent or (None, "")
        subjects = self._wanted(turn, wanted)
        if nearest and not subjects and not _is_refused(wanted) and wanted.found.belongs < _BELONGS:
            subjects = [nearest] if any(fit.subject is nearest for fit in wanted.fits[:_NEAR_ENOUGH]) else ()
        if not subjects:
            return None
        return self.told(turn, subjects, wanted.found.hits, is_opinion=wanted.is_opinion, absent=absent)

    def _wanted(self, turn: Turn, wanted: WantedWhole) -> Sequence[Subject]:
        """The subjects to tell; none where a point is wanted."""
        text, language = turn.question.text, turn.question.written_in
        needed = _JUDGED if wanted.is_opinion else 0.0
        if _is_hardly_ours(turn, wanted):
            return ()
        if two := two_subjects(turn, self.retrieval, wanted, is_likely=wanted.odds >= needed):
            return two
        if placed := self._placed(turn):
            return [placed]
        if wanted.is_opinion and wanted.odds >= (_JUDGED_SURELY if wanted.scores.opinion >= 0 else _JUDGED):
            judged = judged_subject(turn, wanted)
            return [judged] if judged else ()
        best, is_ours = wanted.fits[0], not _is_surely_refused(wanted)
        if is_ours and best.score >= _SITUATION_FITS and has_form("situation", text, language):
            return [best.subject]
        if has_form("steps", text, language):
            procedure = next((fit for fit in wanted.fits[:_STEPS_AMONG] if fit.subject.kind == "procedure"), None)
            if procedure and procedure.score >= _STEPS_FIT:
                return [procedure.subject]
        if best.subject.kind == "procedure" and best.score >= _FITS_WELL and has_form("how", text, language):
            needed = min(needed, _OF_STEPS)
        if best.score >= _FITS_WELL and has_form("listing", text, language):
            needed = min(needed, _LISTED)
        refused = not (wanted.case and wanted.case.sufficient)
        may_be_a_slip = refused and bool(self.retrieval.index.spelling.corrected(text, language))
        if best.score >= _FITS_WELL and is_bare(turn.question.topic, language):
            is_sure = best.score >= _FITS_SURELY and not may_be_a_slip
            needed = min(needed, _BARE_SURELY if is_sure else _BARE)
        if may_be_a_slip:
            needed += _MAY_BE_A_SLIP  # it is read with the slip mended first
        elif refused and (defined := defined_subject(turn.question)):
            return [defined]
        elif refused and is_ours and best.score >= _FITS_WELL:
            needed = min(needed, _ELSE_REFUSED)
        if needed == 0.0 and point_comes_first(wanted):
            return ()
        return [best.subject] if wanted.odds >= needed and best.score >= _FITS_AT_ALL else ()

    def _placed(self, turn: Turn) -> Subject | None:
        """The subject whose place in the text is asked for: "in which article is …?"."""
        text, language = turn.question.text, turn.question.written_in
        if turn.question.is_story or not has_form("place", text, language):
            return None
        best = best_fit(without_form("place", text, language), language, self.retrieval)
        return best.subject if best and best.score >= _PLACED else None

    def told(
        self,
        turn: Turn,
        subjects: Sequence[Subject],
        found: Sequence[Hit],
        *,
        is_opinion: bool = False,
        absent: str = "",
    ) -> Answer | None:
        """The subjects told as wholes, with what of them was found; None where their words may fit no more."""
        index, language = self.retrieval.index, turn.question.language
        names = [name for subject in subjects for name in subject.provisions]
        if any(self.reply.changed.withheld(name) for name in names):
            return None  # what is said of the whole may not fit the text any more
        for subject in subjects:
            turn.step("question", "trace.subject", subject=subject.title(language))
        nearest = [hit.provision.id for hit in found[:_NEAR]]
        shown = _shown(turn, subjects, nearest)
        shown += [name for name in nearest[:_NEAREST] if name not in shown]
        further = [name for name in dict.fromkeys(names) if name not in shown]
        ranked = {hit.provision.id: hit for hit in found}
        cited, rest = (
            [ranked.get(text.id) or hit_of(text) for name in named if (text := text_of(index, name, language))]
            for named in (shown, further)
        )
        notices = [turn.say("answer.opinion")] if is_opinion else []
        notices += [absent] if absent else []
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
        return replace(answer, mode="overview", opinion=is_opinion, absent=bool(absent))


def _silent(turn: Turn, wanted: WantedWhole) -> tuple[Subject, str] | None:
    """The subject nearest to something that is sought and is not there, and what is said of that; None where what is
    sought may be there."""
    if not (absence := wanted.absent):
        return None
    told = turn.say("answer.absent_thing", thing=absence.opening(turn.question.language))
    return load_subjects()[absence.subject], told


def _is_surely_refused(wanted: WantedWhole) -> bool:
    return wanted.case is not None and wanted.case.margin < wanted.case.needed - _SURELY_REFUSED


def _is_hardly_ours(turn: Turn, wanted: WantedWhole) -> bool:
    """Whether it comes near to a subject by a word of it and no more: why the harvester smokes is no matter of the
    environment's."""
    case, question, language = wanted.case, turn.question, turn.question.written_in
    if case is None or question.compares or is_bare(question.topic, language):
        return False
    missing = case.needed - case.margin
    if missing > _HARDLY_OURS and wanted.odds < 0:
        return not any(has_form(form, question.text, language) for form in (*_OF_THE_TEXT, *_OF_SUBJECTS))
    return missing > _IN_NO_WAY_OURS and not any(has_form(form, question.text, language) for form in _OF_THE_TEXT)


def _is_refused(wanted: WantedWhole) -> bool:
    """Whether it is refused as a point and as a whole: the refusal says what is not there, and shows no more than it
    must."""
    return not (wanted.case and wanted.case.sufficient) and wanted.odds < _ELSE_REFUSED


def _shown(turn: Turn, subjects: Sequence[Subject], nearest: Sequence[str]) -> list[str]:
    """What the overview shows, in the order of telling: all of a list that is asked for whole; else what is essential,
    of two subjects the beginning, and what is nearest to the question."""
    if len(subjects) == 1 and has_form("listing", turn.question.text, turn.question.written_in):
        return list(subjects[0].provisions)
    chosen = [
        name
        for subject in subjects
        for name in (subject.essential if len(subjects) == 1 else subject.essential[:_MOST_TOLD_OF_TWO])
    ]
    wanted = {*chosen, *nearest}
    return list(dict.fromkeys(name for subject in subjects for name in subject.provisions if name in wanted))


def _place(turn: Turn, subject: Subject) -> str:
    """Of a subject that has a section to itself, which articles that is; where its place is asked, in which articles
    its provisions stand."""
    language = turn.question.language
    section = next((section for section in load_sections() if section.subject == subject.id), None)
    if section is not None:
        first, last = (article_label(number, language) for number in (section.first, section.last))
        return turn.say("answer.section", first=first, last=last)
    if not has_form("place", turn.question.text, turn.question.written_in):
        return ""
    articles = dict.fromkeys(name.split("#")[1].split("__")[0] for name in subject.essential)
    return turn.say("answer.stands_in", articles=", ".join(label_of_eid(eid, language) for eid in articles))
