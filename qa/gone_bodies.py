"""Answering a question on an institution that the Constitution in force does not know."""

from __future__ import annotations

from qa.abstention import second_opinion
from qa.answer import Answer
from qa.comparison import hit_of, text_of
from qa.labels import label_of_eid
from qa.question import GoneBody
from qa.reply import Reply
from qa.retrieval import Retrieval
from qa.scope import Scope
from qa.turn import Turn


def answer_on_gone_body(turn: Turn, gone: GoneBody, scope: Scope, retrieval: Retrieval, reply: Reply) -> Answer:
    """That the body is gone is said first, with what does its work now; then what this Constitution has on the matter,
    or what the old one had, where the question is put in the past."""
    question, index = turn.question, retrieval.index
    language = question.language
    told = {
        "body": gone.names[language],
        "was": ", ".join(label_of_eid(name.split("#")[1], language) for name in gone.was),
        "today": gone.today[language],
    }
    repealed = [d.id for d in index.documents.values() if d.kind == "constitution" and d.status == "repealed"]
    old, then = retrieval.find(turn, repealed) if repealed else (None, None)
    if question.past and not question.asks_after and old and then and then.sufficient:
        turn.step("abstention", "trace.answered")
        return reply.from_result(turn, old, notice=turn.say("answer.gone_then", **told))
    if scope.constitution:
        notice = turn.say("answer.gone", **told)
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
    return reply.abstain(turn, "repealed_only", turn.say("abstain.repealed_only", **told), old)
