"""The questions offered under an answer, each of which the assistant is known to answer."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache

from page.site import Site
from page.translation import say
from page.views.markup import act_button, escaped
from qa import Answer, AnswerError
from qa.composing.next_questions import next_questions

_KNOWN = 8192  # questions on the layer's provisions, of which there are a few times as many


class Following:
    """Chooses them after an answer is shown. What the assistant answers a question with is asked of it once; only what
    it cites is kept. Safe to share by threads."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._cited = lru_cache(_KNOWN)(self._ask)

    def after(self, answer: Answer, asked: Collection[str]) -> tuple[str, ...]:
        """What to ask next; nothing `asked` in the conversation, in the answer's language."""
        fingerprint = self._site.assistant.index.fingerprint
        return tuple(next_questions(answer, asked, lambda text: self._cited(text, answer.language, fingerprint)))

    def _ask(self, question: str, language: str, fingerprint: str) -> frozenset[str]:
        """What is cited for the question from the index of that fingerprint, which is the one at hand."""
        try:
            answer = self._site.assistant.ask(question, language=language)
        except AnswerError:
            return frozenset()
        return frozenset() if answer.abstained else frozenset(cited.provision for cited in answer.citations)


def following_view(questions: Collection[str], language: str) -> str:
    """The questions as buttons that ask them; "" without any."""
    if not questions:
        return ""
    buttons = "".join(act_button("az-ask", question, question) for question in questions)
    return (
        f'<div class="az-following" role="group" aria-label="{escaped(say("ask_next", language))}">'
        f'<span class="az-meta">{escaped(say("ask_next", language))}</span>{buttons}</div>'
    )
