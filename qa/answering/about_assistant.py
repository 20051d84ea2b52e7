"""Answering what is asked of the assistant itself, or only said to it: a greeting, thanks, what it can do."""

from __future__ import annotations

from qa.answer import Answer
from qa.answering.way import Way
from qa.messages import message
from qa.turn import Turn
from qa.understanding.asides import ABOUT_ASSISTANT, aside_scores

# Of what is learned of such lines, about 1 for one of them; less suffices where nothing answers.
_SURE = 0.3
_ELSE_REFUSED = 0.25
_EXAMPLES = ("q1", "q2", "q3")


class AboutAssistant(Way):
    """A short honest answer with examples of what to ask. No question of law: an abstention, with its reason."""

    def answers(self, turn: Turn) -> Answer | None:
        question, matters = turn.question, self.retrieval.index.matters
        if matters is None or question.reading or question.references or question.document or turn.document:
            return None
        scores = aside_scores(matters.of(question.text, question.topic, question.written_in))
        kind = max(ABOUT_ASSISTANT, key=lambda name: scores[name])
        if scores[kind] < _ELSE_REFUSED or (scores[kind] < _SURE and self._is_answered(turn)):
            return None
        turn.step("question", "trace.about_assistant")
        examples = "; ".join(message(f"example.{key}", question.language) for key in _EXAMPLES)
        return self.reply.abstain(turn, "not_a_question", turn.say(f"assistant.{kind}", examples=examples))

    def _is_answered(self, turn: Turn) -> bool:
        """Whether the Constitution answers all the same."""
        _, case = self.retrieval.find(turn, turn.scope.primary[:1])
        return bool(case and case.sufficient)
