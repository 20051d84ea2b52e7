"""A way of answering: one kind of question, from what was understood to the answer."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import ClassVar

from qa.answer import Answer
from qa.composing.reply import Reply
from qa.evidence.retrieval import Retrieval
from qa.turn import Turn


@dataclass(frozen=True, slots=True)
class Way(ABC):
    """Tried in turn with the others (`qa.assistant.WAYS`), over one index. Without state between questions."""

    searches: ClassVar[bool] = False  # whether it answers by search

    retrieval: Retrieval
    reply: Reply

    @abstractmethod
    def answers(self, turn: Turn) -> Answer | None:
        """The answer or abstention; None where the question is not of this way's kind."""

    def is_searched(self, turn: Turn) -> bool:
        """Whether its answer to the question may be chosen otherwise, among what was found."""
        return self.searches
