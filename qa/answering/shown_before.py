"""Follow-ups on what was shown: the rest of it, one of it, what of it applies to somebody, what to think of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from corpus.subjects import Subject, load_subjects
from index import Hit
from qa.answer import Answer, SubjectTold
from qa.answering.way import Way
from qa.evidence.provisions import hit_of, text_of
from qa.turn import Turn
from qa.understanding.forms import has_form, which_of_shown, without_form
from qa.understanding.glossary import translations

_MOST_APPLYING = 4
_SHORT = 5  # words of a judgement asked for on what was shown: "whom does this serve?"


class ShownBefore(Way):
    """The question leans on the provisions or the subject shown before."""

    def answers(self, turn: Turn) -> Answer | None:
        earlier = turn.earlier
        if earlier is None or not earlier.shown:
            return None
        text, language = turn.question.text, turn.question.written_in
        known = load_subjects()
        subjects = [known[name] for name in earlier.subjects if name in known]
        which = which_of_shown(text, language)
        if which is not None:
            return self._one(turn, earlier.shown, which)
        if not subjects:
            return None
        if has_form("rest", text, language):
            return self._rest(turn, subjects, earlier.shown)
        if has_form("of_these", text, language):
            return self._applying(turn, subjects)
        if has_form("opinion", text, language) and len(text.split()) <= _SHORT:
            return self._judged(turn, subjects)
        return None

    def _one(self, turn: Turn, shown: Sequence[str], which: int) -> Answer | None:
        """The one that is meant, by its place."""
        if which >= len(shown):
            return None
        found = self._hits(turn, [shown[which]])
        return self._kept(turn, self.reply.citing(turn, found, found, others=())) if found else None

    def _rest(self, turn: Turn, subjects: Sequence[Subject], shown: Sequence[str]) -> Answer:
        """What was not shown of the subjects; that it was all, where it was."""
        names = list(dict.fromkeys(name for subject in subjects for name in subject.provisions))
        left = [name for name in names if name not in shown]
        titles = ", ".join(subject.title(turn.question.language) for subject in subjects)
        key = "answer.rest" if left else "answer.that_is_all"
        notice = turn.say(key, title=titles, count=len(names), left=len(left))
        found = self._hits(turn, left or list(shown))
        return self._kept(turn, self.reply.citing(turn, found, found, others=(), notice=notice))

    def _applying(self, turn: Turn, subjects: Sequence[Subject]) -> Answer | None:
        """Of the subjects' provisions, those nearest to whom or what the question names."""
        question, index = turn.question, self.retrieval.index
        matter = without_form("of_these", question.text, question.written_in)
        names = {name for subject in subjects for name in subject.provisions}
        found = index.search(
            matter,
            language=question.written_in,
            documents=sorted({name.split("#")[0] for name in names}),
            limit=index.count,
            translations=translations(matter, question.written_in),
        )
        hits = [hit for hit in found.hits if hit.provision.id in names][:_MOST_APPLYING]
        titles = ", ".join(subject.title(question.language) for subject in subjects)
        notice = turn.say("answer.of_these", title=titles)
        return self._kept(turn, self.reply.citing(turn, hits, hits, others=(), notice=notice)) if hits else None

    def _judged(self, turn: Turn, subjects: Sequence[Subject]) -> Answer:
        names = list(dict.fromkeys(name for subject in subjects for name in subject.essential))
        found = self._hits(turn, names)
        told = tuple(SubjectTold.of(subject, turn.question.language) for subject in subjects)
        notice = turn.say("answer.opinion")
        answer = self.reply.citing(turn, found, found, others=(), notice=notice, subjects=told)
        return replace(self._kept(turn, answer), mode="overview", opinion=True)

    def _hits(self, turn: Turn, names: Sequence[str]) -> list[Hit]:
        texts = (text_of(self.retrieval.index, name, turn.question.language) for name in names)
        return [hit_of(text) for text in texts if text]

    def _kept(self, turn: Turn, answer: Answer) -> Answer:
        """The answer; what comes next may still lean on what was shown before."""
        turn.step("question", "trace.shown_before")
        return replace(answer, thread=turn.earlier, trace=tuple(turn.steps))
