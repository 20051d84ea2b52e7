"""Answering with what a model at hand chose among what was found."""

from __future__ import annotations

from dataclasses import replace

from corpus import Provision
from corpus.concordance import load_concordance
from corpus.subjects import load_subjects
from qa.answer import Answer
from qa.answering.changed_matter import changed_told
from qa.answering.gone_bodies import gone_body, gone_told
from qa.answering.nearest_provisions import NearestProvisions
from qa.answering.subject_overview import SubjectOverview
from qa.answering.way import Way
from qa.candidates import Choice
from qa.composing.around import named, subjects_of
from qa.evidence.provisions import hit_of, text_of
from qa.evidence.wanted_whole import wanted_whole
from qa.turn import Turn


class Chosen(Way):
    """Only where something was chosen; what was is among what was found, and cited like everything else."""

    def answers(self, turn: Turn) -> Answer | None:
        choice = turn.choice
        if choice is None:
            return None
        if choice.subjects and (told := self._told(turn, choice)):
            return told
        if choice.provisions and (changed := self._changed(turn, choice)):
            return changed
        if choice.provisions and (cited := self._cited(turn, choice)):
            return cited
        return self._refused(turn, choice) if choice.refusal else None

    def _told(self, turn: Turn, choice: Choice) -> Answer | None:
        """The subjects told as wholes, provisions chosen with them shown among theirs."""
        known = load_subjects()
        subjects = [known[name] for name in choice.subjects]
        hits = [hit_of(text) for text in self._texts(turn, choice.provisions)]
        wanted = wanted_whole(turn, self.retrieval)
        is_opinion = wanted is not None and wanted.is_opinion
        return SubjectOverview(self.retrieval, self.reply).told(turn, subjects, hits, is_opinion=is_opinion)

    def _changed(self, turn: Turn, choice: Choice) -> Answer | None:
        """Where it is asked what changed: that, on what was chosen; None where nothing is known to have."""
        concordance, question = load_concordance(), turn.question
        both = {concordance.new, concordance.old} <= set(self.retrieval.index.documents)
        if not question.compares or turn.document or question.gone or not both:
            return None
        pairs = concordance.of(choice.provisions[:1])
        if not pairs:
            return None
        new, old = (self.retrieval.find(turn, [name])[0].hits for name in (concordance.new, concordance.old))
        chosen = [hit_of(text) for text in self._texts(turn, choice.provisions)]
        return changed_told(turn, pairs[0], [*chosen, *new], [*chosen, *old], self.retrieval, self.reply)

    def _cited(self, turn: Turn, choice: Choice) -> Answer | None:
        result, _ = self.retrieval.find(turn, turn.scope.primary, named=turn.scope.named)
        found = {hit.provision.id: hit for hit in result.hits}
        chosen = [found.get(text.id) or hit_of(text) for text in self._texts(turn, choice.provisions)]
        if not chosen:
            return None
        others = [hit for hit in result.hits if hit not in chosen]
        gone, wanted = gone_body(turn), wanted_whole(turn, self.retrieval)
        # What is chosen answers no judgement either.
        is_opinion = not gone and wanted is not None and (wanted.is_opinion or wanted.is_judged)
        notice = gone_told(turn, gone) if gone else turn.say("answer.opinion") if is_opinion else ""
        answer = self.reply.citing(turn, chosen, [*chosen, *others], others=others, notice=notice)
        if gone or not answer.citations:
            return replace(answer, absent=bool(gone))
        subjects = subjects_of(wanted, answer.citations[0].provision)
        return replace(answer, more_on=named(subjects, turn.question.language), opinion=is_opinion)

    def _refused(self, turn: Turn, choice: Choice) -> Answer:
        result, _ = self.retrieval.find(turn, turn.scope.primary, named=turn.scope.named)
        if choice.refusal in ("too_vague", "not_a_question"):
            return self.reply.abstain(turn, choice.refusal, turn.say(f"abstain.{choice.refusal}"), result)
        return NearestProvisions(self.retrieval, self.reply).refused(turn, result)

    def _texts(self, turn: Turn, names: tuple[str, ...]) -> list[Provision]:
        index, language = self.retrieval.index, turn.question.language
        texts = (text_of(index, name, language) for name in names)
        return [text for text in texts if text and not self.reply.changed.gone(text)]
