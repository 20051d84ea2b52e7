"""Answering a question on a constitutional law's details: from the law, with the Constitution beside it."""

from __future__ import annotations

from dataclasses import replace

from index import SearchResult
from qa.answer import Answer
from qa.composing.reply import Reply
from qa.evidence.abstention import Evidence
from qa.evidence.constitutional_laws import FIRST, comes_first, constitutional_laws, is_beside, law_meant, may_be_a_laws
from qa.evidence.retrieval import Retrieval
from qa.turn import Turn
from qa.understanding.beyond.other_states import asks_about_another_state

# In log-odds: of questions that want a subject told, one in a hundred comes so near to a law.
_SURELY_ITS_DETAILS = 7.0
_THOUGH_ABSENT = 3.0  # more than else, where the Constitution has nothing of the kind: most such things no law here has


def asks_a_law(turn: Turn, found: SearchResult, odds: float, retrieval: Retrieval) -> bool:
    """Whether a constitutional law's details are surely asked for, and not a subject of the Constitution in force, of
    which `found` tells and on which the laws have much to say as well. `odds`: that the subject is, in log-odds."""
    laws = constitutional_laws(retrieval.index.documents)
    if not laws or not found.hits or not may_be_a_laws(found):
        return False
    law, its_case = retrieval.find(turn, laws)
    return bool(its_case and its_case.sufficient) and law_meant(found, law) >= _SURELY_ITS_DETAILS + max(odds, 0.0)


def answer_on_constitutional_law(
    turn: Turn, found: SearchResult, case: Evidence | None, retrieval: Retrieval, reply: Reply, *, absent: str = ""
) -> Answer | None:
    """What a constitutional law says, before or beside what was `found` in the Constitution in force (`case`: whether
    that answers); None where no such law is meant. `absent` says of what the Constitution has nothing."""
    documents = retrieval.index.documents
    laws = constitutional_laws(documents)
    best = documents[found.hits[0].provision.document] if found.hits else None
    question = turn.question
    if question.context:  # what is chosen by was learned from questions that stand by themselves
        return None
    if asks_about_another_state(question.text, question.written_in):  # no law of ours answers that
        return None
    if not laws or best is None or best.kind != "constitution" or best.status != "in_force" or not may_be_a_laws(found):
        return None
    law, its_case = retrieval.find(turn, laws)
    if its_case is None or not its_case.sufficient:
        return None
    odds = law_meant(found, law) - (_THOUGH_ABSENT if absent else 0.0)
    if not is_beside(found, law, odds):
        return None
    constitution = found.hits[:1] if case and case.sufficient else ()
    is_first = comes_first(found, law, odds) if constitution else odds >= FIRST
    if not is_first and not constitution:
        return None
    title = documents[law.hits[0].provision.document].short_titles[turn.question.language]
    turn.step("scope", "trace.law_beside", documents=title)
    turn.step("abstention", "trace.answered")
    first, beside = (law, constitution) if is_first else (found, law.hits[:1])
    return replace(reply.from_result(turn, first, notice=absent, beside=beside), absent=bool(absent))
