"""Answering a question on an institution that the Constitution in force does not know."""

from __future__ import annotations

from dataclasses import replace

from qa.answer import Answer
from qa.answering.way import Way
from qa.composing.reply import Reply
from qa.evidence.abstention import second_opinion
from qa.evidence.provisions import hit_of, text_of
from qa.evidence.retrieval import Retrieval
from qa.labels import label_of_eid
from qa.turn import Turn
from qa.understanding.beyond.other_states import asks_about_another_state
from qa.understanding.question import GoneBody


class GoneBodies(Way):
    """That the body is gone is said first, with what does its work now; then what this Constitution has on the matter,
    or what the old one had, where the question is put in the past."""

    searches = True

    def answers(self, turn: Turn) -> Answer | None:
        gone = gone_body(turn)
        return replace(_answered(turn, gone, self.retrieval, self.reply), absent=True) if gone else None


def gone_body(turn: Turn) -> GoneBody | None:
    """The body asked about that is gone, where today's law is asked."""
    question = turn.question
    elsewhere = asks_about_another_state(question.text, question.written_in)
    return None if turn.scope.named or turn.dated or elsewhere else question.gone


def gone_told(turn: Turn, gone: GoneBody, key: str = "answer.gone") -> str:
    """That the body is gone, where it stood and what does its work now."""
    language = turn.question.language
    was = ", ".join(label_of_eid(name.split("#")[1], language) for name in gone.was)
    return turn.say(key, body=gone.names[language], was=was, today=gone.today[language])


def _answered(turn: Turn, gone: GoneBody, retrieval: Retrieval, reply: Reply) -> Answer:
    question, scope, index = turn.question, turn.scope, retrieval.index
    language = question.language
    repealed = [d.id for d in index.documents.values() if d.kind == "constitution" and d.status == "repealed"]
    old, then = retrieval.find(turn, repealed) if repealed else (None, None)
    if question.past and not question.asks_after and old and then and then.sufficient:
        turn.step("abstention", "trace.answered")
        return reply.from_result(turn, old, notice=gone_told(turn, gone, "answer.gone_then"))
    if scope.constitution:
        notice = gone_told(turn, gone)
        result, case = retrieval.find(turn, scope.primary)
        successors = [hit_of(p) for name in gone.now if (p := text_of(index, name, language))]
        others = [hit for hit in result.hits if hit.provision.id not in gone.now]
        # Whether it is still there, or what came instead, its successor answers; of one without, nothing here speaks.
        if case and case.sufficient and gone.now and not question.asks_after:
            turn.step("abstention", "trace.answered")
            return reply.from_result(turn, result, notice=notice)
        # Else the old text would have answered: the question was right in its time.
        in_its_time = then and then.sufficient and second_opinion(then, case, lives_on=False) is then
        if successors and (question.asks_after or in_its_time):
            return reply.citing(turn, successors, [*successors, *others], others=others, notice=notice)
        turn.step("abstention", "trace.refused")
    return reply.abstain(turn, "repealed_only", gone_told(turn, gone, "abstain.repealed_only"), old)
