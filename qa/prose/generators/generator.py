"""Language models that write: what the rest of the house needs of one.

A generator is never believed; `qa.prose.verification` decides what of its text is shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from qa.errors import AnswerError


@dataclass(frozen=True, slots=True)
class ChatMessage:
    """One message of a conversation with a model."""

    role: Literal["system", "user"]
    content: str


class Generator(Protocol):
    """Writes text; one is shared by all users and threads."""

    @property
    def name(self) -> str:
        """What the user typed to get this model."""

    def stream(self, messages: Sequence[ChatMessage], *, most_tokens: int) -> Iterator[str]:
        """The reply in pieces, as they come. Raises `GeneratorUnavailable`; closing the iterator stops the model."""


class GeneratorUnavailable(AnswerError):
    """The model cannot be loaded, or its server does not answer; the message says why."""
