"""Answering a question on what changed between the Constitutions, from the concordance."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.concordance import Pair, load_concordance
from index import Hit
from qa.answer import Answer
from qa.answering.changes_overview import all_that_changed
from qa.answering.way import Way
from qa.composing.composition import MOST_CITATIONS
from qa.composing.missing_reference import no_such
from qa.composing.pairs import hits_of, pairs_named, ranked_pairs, what_changed
from qa.composing.reply import Reply
from qa.evidence.abstention import second_opinion
from qa.evidence.retrieval import RETRIEVED, Retrieval
from qa.evidence.wanted_whole import wanted_whole
from qa.turn import Turn
from qa.understanding.references import resolve

_BELONGS = 0.5  # to an article, of a question on what that article speaks of


class ChangedMatter(Way):
    """What changed on the matter or the article asked about, with the provisions of both Constitutions."""

    searches = True

    def is_searched(self, turn: Turn) -> bool:
        """Not where an article is named, nor where all that changed is asked for."""
        return not turn.question.references and all_that_changed(turn, self.retrieval, self.reply) is None

    def answers(self, turn: Turn) -> Answer | None:
        question, installed, concordance = turn.question, self.retrieval.index.documents, load_concordance()
        if turn.document or question.gone or concordance.new not in installed:
            return None
        if question.document not in (None, concordance.old, concordance.new):
            return None  # another document is asked, whatever its words say of before and after
        if whole := all_that_changed(turn, self.retrieval, self.reply):
            return whole
        if not question.compares or self._is_gone(turn):
            return None
        return _answered(turn, self.retrieval, self.reply)

    def _is_gone(self, turn: Turn) -> bool:
        """Whether it is asked if something is still there of which the Constitution in force has nothing, and the one
        before had as little."""
        question, old = turn.question, load_concordance().old
        is_named = question.references or not question.asks_after
        wanted = None if is_named else wanted_whole(turn, self.retrieval)
        if not (wanted and wanted.absent and wanted.found.belongs < _BELONGS):
            return False
        _, then = self.retrieval.find(turn, [old]) if old in self.retrieval.index.documents else (None, None)
        return not (then and then.sufficient)


def _answered(turn: Turn, retrieval: Retrieval, reply: Reply) -> Answer:
    question, index = turn.question, retrieval.index
    concordance = load_concordance()
    turn.step("scope", "trace.compares")
    named: list[str] = []
    if question.references:
        document = question.document or concordance.new
        edition = index.edition(document, question.language) if document in index.documents else ()
        for reference in question.references:
            found = resolve(reference, edition)
            if not found and edition:
                told = no_such(reference, edition, index.documents[document], question.language)
                return reply.abstain(turn, "not_in_corpus", told)
            named += [p.id for p in found]
    new, case = retrieval.find(turn, [concordance.new])
    old, then = retrieval.find(turn, [concordance.old]) if concordance.old in index.documents else (None, None)
    case = second_opinion(then, case, lives_on=True) if then else case
    if not named and not (case and case.sufficient):
        turn.step("abstention", "trace.refused")
        return reply.abstain(turn, "out_of_scope", turn.say("abstain.out_of_scope"), new)
    before = old.hits if old else ()
    if named:
        is_part = any(reference.paragraph or reference.point for reference in question.references)
        pairs = pairs_named(named, is_part=is_part)
    else:
        turn.step("abstention", "trace.answered")
        pairs = ranked_pairs([h.provision.id for h in new.hits[:3]], [h.provision.id for h in before[:3]])
    if not pairs:
        return reply.from_result(turn, new)
    return changed_told(turn, pairs[0], new.hits, before, retrieval, reply)


def changed_told(
    turn: Turn, pair: Pair, new: Sequence[Hit], before: Sequence[Hit], retrieval: Retrieval, reply: Reply
) -> Answer:
    """What changed by the pair, with what it speaks of in both: of the provisions found in the `new` Constitution and
    in the one `before`, else its first."""
    question, index = turn.question, retrieval.index
    cited = hits_of(index, pair.new, new, question.language, 2)
    cited += hits_of(index, pair.old, before, question.language, 2)[: MOST_CITATIONS - len(cited) or 1]
    others = [hit for hit in (*new, *before) if hit not in cited]
    notice = turn.say("answer.changed", text=what_changed(pair, question.language))
    return reply.citing(turn, cited, [*cited, *others][:RETRIEVED], others=others, notice=notice)
