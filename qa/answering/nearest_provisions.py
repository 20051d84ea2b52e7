"""Answering by search: the provisions nearest to the question, or that none answers it. The last way: it always has
something to say."""

from __future__ import annotations

from index import SearchResult
from qa.answer import AbstentionReason, Answer
from qa.answering.law_beside import answer_on_constitutional_law
from qa.answering.no_text import no_constitution
from qa.answering.way import Way
from qa.evidence.abstention import Evidence
from qa.turn import Turn

_FEWEST_LETTERS = 3  # "тіл", "суд": short words are subjects too
# The law on legal acts comes near to any question about laws; it answers what the Constitution does not only when there
# is little doubt. In log-odds.
_RELATED_DOUBT = 1.5


class NearestProvisions(Way):
    """From the documents asked first; where those do not answer, from the laws behind them."""

    def answers(self, turn: Turn) -> Answer:
        question, scope = turn.question, turn.scope
        result, case = self._strongest(turn)
        if sum(character.isalpha() for character in question.topic) < _FEWEST_LETTERS:
            return self.reply.abstain(turn, "too_vague", turn.say("abstain.too_vague"), result)
        if not scope.named:
            of_law = answer_on_constitutional_law(turn, result, case, self.retrieval, self.reply)
            if of_law:
                return of_law
        if case and case.sufficient:
            turn.step("abstention", "trace.answered")
            return self.reply.from_result(turn, result)
        turn.step("abstention", "trace.refused")
        return self._from_related(turn) or self._refused(turn, result)

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
        if not case or case.margin < case.needed + _RELATED_DOUBT:
            return None
        turn.step("abstention", "trace.answered")
        return self.reply.from_result(turn, found)

    def _refused(self, turn: Turn, result: SearchResult) -> Answer:
        if not (turn.scope.named or turn.scope.constitution):
            return self.reply.abstain(turn, "not_in_corpus", no_constitution(turn), result)
        reason: AbstentionReason = "not_in_corpus" if turn.scope.named else "out_of_scope"
        return self.reply.abstain(turn, reason, turn.say(f"abstain.{reason}"), result)
