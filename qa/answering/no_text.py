"""Saying that no text here can have it: the document is not installed, not held, or none was in force on the day; or a
person is asked for."""

from __future__ import annotations

from dataclasses import replace

from corpus import load_catalogue
from qa.answer import Answer
from qa.answering.way import Way
from qa.composing.around import named
from qa.labels import date_label
from qa.turn import Turn
from qa.understanding.beyond.office_holder import asks_who_holds_office
from qa.understanding.beyond.other_acts import act_not_held
from qa.understanding.beyond.other_states import constitution_not_held
from qa.understanding.subject_question import subject_within


class DocumentNotInstalled(Way):
    """The question names a document that the catalogue has and this machine has not."""

    def answers(self, turn: Turn) -> Answer | None:
        wanted = turn.question.document
        known = {document.id: document for document in load_catalogue().documents}
        if turn.document or wanted not in known or wanted in self.retrieval.index.documents:
            return None
        title = known[wanted].titles[turn.question.language]
        return self.reply.abstain(turn, "not_in_corpus", turn.say("abstain.not_installed", document=title))


class ConstitutionNotHeld(Way):
    """The question names a Constitution that the catalogue has not: another state's, or one before that of 1995."""

    def answers(self, turn: Turn) -> Answer | None:
        question = turn.question
        named = None if turn.document else constitution_not_held(question.text, question.written_in)
        if named is None:
            return None
        key = "abstain.constitution_earlier" if named == "earlier" else "abstain.constitution_another_state"
        return self.reply.abstain(turn, "not_in_corpus", turn.say(key))


class ActNotHeld(Way):
    """The question looks up an article of an act that no text here is of: a code, a convention."""

    def answers(self, turn: Turn) -> Answer | None:
        question = turn.question
        if turn.document or question.document or not question.references:
            return None
        if not (act := act_not_held(question.text, question.written_in)):
            return None
        return self.reply.abstain(turn, "not_in_corpus", turn.say("abstain.act_not_held", act=act))


class OfficeHolder(Way):
    """The question wants the person in an office, where the texts know the office alone."""

    def answers(self, turn: Turn) -> Answer | None:
        question = turn.question
        if turn.document or not asks_who_holds_office(question.text, question.written_in):
            return None
        answer = self.reply.abstain(turn, "out_of_scope", turn.say("abstain.office_holder"))
        office = subject_within(question.topic, question.written_in)
        return replace(answer, more_on=named([office], question.language)) if office else answer


# Before anything is looked up; in this order.
NOT_HELD: tuple[type[Way], ...] = (DocumentNotInstalled, ConstitutionNotHeld, ActNotHeld, OfficeHolder)


class NoConstitution(Way):
    """There is no Constitution to look an article up in, or nothing at all to search."""

    def answers(self, turn: Turn) -> Answer | None:
        scope = turn.scope
        if scope.named or scope.constitution or (scope.primary and not turn.question.references):
            return None
        return self.reply.abstain(turn, "not_in_corpus", no_constitution(turn))


def no_constitution(turn: Turn) -> str:
    """Why there is no Constitution to ask: none was in force on the day, or its text is not installed."""
    language = turn.question.language
    wanted = load_catalogue().constitution_on(turn.as_of)
    if wanted is None:
        return turn.say("abstain.before_first", date=date_label(turn.as_of, language))
    return turn.say("abstain.not_installed", document=wanted.titles[language])
