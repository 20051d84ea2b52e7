"""Telling a subject as a whole: what it comes to, then its essential provisions in the order of telling."""

from __future__ import annotations

from dataclasses import replace

from qa.answer import Answer, SubjectTold
from qa.answering.way import Way
from qa.evidence.provisions import hit_of, text_of
from qa.turn import Turn
from qa.understanding.subject_question import subject_asked


class SubjectOverview(Way):
    """The question is the name of a subject of the Constitution in force."""

    def answers(self, turn: Turn) -> Answer | None:
        question, index, language = turn.question, self.retrieval.index, turn.question.language
        if question.context or turn.scope.named or not turn.scope.constitution:
            return None
        subject = subject_asked(question)
        document = subject.provisions[0].split("#")[0] if subject else ""
        if subject is None or document not in turn.scope.primary:
            return None
        if any(self.reply.changed.withheld(name) for name in subject.provisions):
            return None  # what is said of the whole may not fit the text any more
        turn.step("question", "trace.subject", subject=subject.title(language))
        essential = [name for group in subject.groups for name in group.essential]
        further = [name for name in subject.provisions if name not in essential]
        cited, others = (
            [hit_of(text) for name in names if (text := text_of(index, name, language))]
            for names in (essential, further)
        )
        said = " ".join(filter(None, (subject.says[language], subject.open.get(language))))
        notice = turn.say("answer.subject", title=subject.title(language), text=said, count=len(subject.provisions))
        answer = self.reply.citing(turn, cited, [*cited, *others], others=others, notice=notice)
        return replace(answer, mode="overview", subject=SubjectTold.of(subject, language))
