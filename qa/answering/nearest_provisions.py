"""Answering by search: the provisions nearest to the question, or that none answers it. The last way: it always has
something to say."""

from __future__ import annotations

from dataclasses import replace

from corpus.subjects import load_subjects
from index import SearchResult
from qa.answer import AbstentionReason, Answer
from qa.answering.law_beside import answer_on_constitutional_law
from qa.answering.no_text import no_constitution
from qa.answering.way import Way
from qa.composing.around import left_open, named, nearest_subject, not_said, of_the_constitution, subjects_of
from qa.evidence.abstention import Evidence
from qa.evidence.confidence import confidence
from qa.evidence.wanted_whole import group_beside, point_comes_first, wanted_whole
from qa.turn import Turn
from qa.understanding.forms import has_form
from qa.understanding.subject_question import defined_subject

# The law on legal acts comes near to any question about laws; it answers what the Constitution does not only when there
# is little doubt. In log-odds.
_RELATED_DOUBT = 1.5
_LEAST_OF_RELATED = -0.8  # that is needed in whatever language, before the doubt
_DOUBT_OF_ABSENT = 4.0  # …and what the Constitution has nothing of, few of these laws have
# From here on, in log-odds from what is needed to tell a subject, the rest of its group is shown with the provision.
_MAY_BE_A_WHOLE = -2.0
_MAY_WELL_BE_ONE = -0.4  # …and from here on the rest of the subject
# In log-odds from what is needed to say that something is not there: what is refused anyway may be said to be that.
_NAMES_IT = -1.0
_SURELY_ABSENT = 2.0  # …and what is near by chance is then not shown
_BELONGS = 0.3
_FITS = 1.0  # of a subject that the question surely is on
_FITS_SURELY = 1.2
_SECOND = 0.08  # how near to the best the second may be, to stand beside it
_AMONG_FIRST = 5
_MOST_GATHERED = 8
_GATHERED = 0.1  # of the best score
_NEAR = 0.04  # of the best score


class NearestProvisions(Way):
    """From the documents asked first; where those do not answer, from the laws behind them."""

    searches = True

    def answers(self, turn: Turn) -> Answer:
        question, scope = turn.question, turn.scope
        result, case = self._strongest(turn)
        if question.says_too_little:
            return self.reply.abstain(turn, "too_vague", turn.say("abstain.too_vague"), result)
        if not scope.named:
            absent = not_said(turn, wanted_whole(turn, self.retrieval), result.hits)
            of_law = answer_on_constitutional_law(turn, result, case, self.retrieval, self.reply, absent=absent)
            if of_law:
                return self._with_subjects(turn, of_law)
        hardly = self._hardly_on_it(turn, result)
        if case and case.sufficient and not hardly:
            turn.step("abstention", "trace.answered")
            chance = confidence(result, case, turn.question.text) if result.hits[0].plain else None
            return self._answered(turn, result, chance)
        turn.step("abstention", "trace.refused")
        if self._asks_ones_own(turn) and result.hits:
            return self._of_ones_own(turn, result)
        of_related = None if hardly else self._from_related(turn)
        return of_related or self.refused(turn, result)

    def _asks_ones_own(self, turn: Turn) -> bool:
        """Whether nothing but documents of the user's is asked: what is learned of the Constitution's questions tells
        little of theirs, and their clauses are few."""
        documents = self.retrieval.index.documents
        return all(documents[name].kind == "private" for name in turn.scope.primary)

    def _of_ones_own(self, turn: Turn, result: SearchResult) -> Answer:
        """The clauses nearest to the question, said to be no more than that."""
        answer = self.reply.from_result(turn, result, notice=turn.say("answer.own_nearest"))
        return replace(answer, doubtful=True)

    def _hardly_on_it(self, turn: Turn, result: SearchResult) -> bool:
        """Whether the question surely asks after something that is not there, and what was found comes near to it only
        by speaking of the Constitution."""
        wanted = wanted_whole(turn, self.retrieval)
        if wanted is None or wanted.sought is None or not of_the_constitution(result.hits):
            return False
        return wanted.sought.odds >= _SURELY_ABSENT and result.belongs < _BELONGS

    def _answered(self, turn: Turn, result: SearchResult, chance: float | None) -> Answer:
        """What was found, what is told together with it and what it leaves open, and the subjects to read on under."""
        first, wanted = result.hits[0].provision.id, wanted_whole(turn, self.retrieval)
        absent = not_said(turn, wanted, result.hits)
        if wanted and wanted.odds >= 0 and not point_comes_first(wanted):
            return self._gathered(turn, result, absent)
        subjects = subjects_of(wanted, first)
        absent = absent or left_open(turn, subjects, result.hits)
        together, unfolding = self._together(turn, result)
        is_judged = wanted is not None and wanted.is_judged
        notice = "\n\n".join(filter(None, (absent, turn.say("answer.opinion") if is_judged else "")))
        answer = self.reply.from_result(
            turn, result, notice=notice, together=together, unfolding=unfolding, confidence=chance
        )
        cited = answer.citations[0].provision if answer.citations else first
        more = subjects if cited == first else subjects_of(wanted, cited)
        more_on = named(more, turn.question.language)
        return replace(answer, more_on=more_on, opinion=is_judged, absent=bool(absent))

    def _with_subjects(self, turn: Turn, answer: Answer) -> Answer:
        """With the subjects to read on under of what is cited first."""
        if not answer.citations:
            return answer
        subjects = subjects_of(wanted_whole(turn, self.retrieval), answer.citations[0].provision)
        return replace(answer, more_on=named(subjects, turn.question.language))

    def _gathered(self, turn: Turn, result: SearchResult, absent: str) -> Answer:
        """What is wanted as a whole and is no subject of ours: what comes nearest, article by article."""
        first = result.hits[0].score
        near = [hit for hit in result.hits[:_MOST_GATHERED] if first - hit.score <= _GATHERED]
        articles = list(dict.fromkeys(hit.provision.article_id for hit in near))
        cited = sorted(near, key=lambda hit: articles.index(hit.provision.article_id))
        others = [hit for hit in result.hits if hit not in cited]
        notice = absent or turn.say("answer.found_overview")
        answer = self.reply.citing(turn, cited, result.hits, others=others, notice=notice)
        return replace(answer, mode="overview", absent=bool(absent))

    def _together(self, turn: Turn, result: SearchResult) -> tuple[list[str], list[str]]:
        """What is cited with the best provision: the rest of its group, where the question may want more than a point,
        and what else of its subject comes as near; and what of the subject unfolds: all of it where a procedure or a
        definition is wanted."""
        wanted, question = wanted_whole(turn, self.retrieval), turn.question
        if wanted is None:
            return [], []
        first = result.hits[0]
        beside = list(group_beside(wanted, first.provision.id)) if wanted.odds >= _MAY_BE_A_WHOLE else []
        if wanted.odds >= _MAY_BE_A_WHOLE and not point_comes_first(wanted):
            beside += [hit.provision.id for hit in result.hits[:_AMONG_FIRST]]
        best = wanted.fits[0]
        if best.score >= _FITS_SURELY:
            second = result.hits[1] if len(result.hits) > 1 else first
            is_near = first.score - second.score <= _SECOND and second.provision.id in best.subject.essential
            beside += [second.provision.id] if is_near else []
        called = defined_subject(question)
        subject = called or (best.subject if best.score >= _FITS or wanted.odds >= _MAY_WELL_BE_ONE else None)
        if subject is None or first.provision.id not in subject.provisions:
            return beside, []
        steps = subject.kind == "procedure" and has_form("how", question.text, question.written_in)
        likely = _MAY_BE_A_WHOLE if best.score >= _FITS or steps else _MAY_WELL_BE_ONE
        if wanted.odds >= (_MAY_BE_A_WHOLE if called else likely):
            beside += subject.essential
        near = {hit.provision.id for hit in result.hits[:_AMONG_FIRST] if first.score - hit.score <= _NEAR}
        beside += [name for name in subject.essential if name in near]
        return beside, [name for name in subject.essential if steps or called]

    def _strongest(self, turn: Turn) -> tuple[SearchResult, Evidence | None]:
        """What is found in the Constitution or in the user's own documents, whichever makes the stronger case: their
        scores do not compare."""
        scope, documents = turn.scope, self.retrieval.index.documents
        kinds = [documents[name].kind == "private" for name in scope.primary]
        parts = [[n for n, own in zip(scope.primary, kinds, strict=True) if own is wanted] for wanted in (False, True)]
        found = [self.retrieval.find(turn, part, named=scope.named) for part in parts if part]
        return max(found, key=lambda pair: pair[1].margin - pair[1].needed if pair[1] else float("-inf"))

    def _from_related(self, turn: Turn) -> Answer | None:
        related, documents = turn.scope.related, self.retrieval.index.documents
        if not related:
            return None
        titles = ", ".join(documents[name].short_titles[turn.question.language] for name in related)
        turn.step("scope", "trace.related", documents=titles)
        found, case = self.retrieval.find(turn, related)
        wanted = wanted_whole(turn, self.retrieval)
        doubt = _DOUBT_OF_ABSENT if wanted and wanted.absent else _RELATED_DOUBT
        if not case or case.margin < max(case.needed, _LEAST_OF_RELATED) + doubt:
            return None
        turn.step("abstention", "trace.answered")
        return self.reply.from_result(turn, found)

    def refused(self, turn: Turn, result: SearchResult) -> Answer:
        """That nothing answers, with the subject nearest to the question and what the text leaves open there."""
        if not (turn.scope.named or turn.scope.constitution):
            return self.reply.abstain(turn, "not_in_corpus", no_constitution(turn), result)
        reason: AbstentionReason = "not_in_corpus" if turn.scope.named else "out_of_scope"
        question = turn.question
        language = question.language
        wanted = wanted_whole(turn, self.retrieval)
        if wanted and wanted.sought and wanted.sought.odds >= _NAMES_IT:
            absence = wanted.sought.absence
            near_it = load_subjects()[absence.subject]
            told = turn.say("abstain.absent", thing=absence.opening(language), title=near_it.title(language))
            return replace(self.reply.abstain(turn, reason, told, result), more_on=named([near_it], language))
        is_sought = has_form("existence", question.text, question.written_in) and not turn.scope.named
        told = turn.say("abstain.not_there" if is_sought else f"abstain.{reason}")
        subject = nearest_subject(wanted)
        if subject is None:
            return self.reply.abstain(turn, reason, told, result)
        near = turn.say("abstain.nearest_subject", title=subject.title(language), text=subject.open.get(language, ""))
        answer = self.reply.abstain(turn, reason, f"{told} {near}".strip(), result)
        return replace(answer, more_on=named([subject], language))
