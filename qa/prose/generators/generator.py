"""Language models that write: what the rest of the house needs of one.

A generator is never believed; `qa.prose.verification` decides what of its text is shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from qa.errors import AnswerError


@dataclass(frozen=True, slots=True)
class ChatMessage:
    """One message of a conversation with a model."""

    role: Literal["system", "user"]
    content: str


@dataclass(frozen=True, slots=True)
class Completion:
    """A whole reply, and how many tokens were read and written for it; 0 where that is not told."""

    text: str
    read: int = 0
    written: int = 0


@dataclass(frozen=True, slots=True)
class Wanted:
    """A form that a reply is to have: its name and its JSON schema (draft 2020-12)."""

    name: str
    schema: Mapping[str, Any]


class Generator(Protocol):
    """Writes text; one is shared by all users and threads."""

    @property
    def name(self) -> str:
        """What the user typed to get this model."""

    def stream(self, messages: Sequence[ChatMessage], *, most_tokens: int) -> Iterator[str]:
        """The reply in pieces, as they come. Raises `GeneratorUnavailable`; closing the iterator stops the model."""

    def complete(
        self, messages: Sequence[ChatMessage], *, most_tokens: int, seconds: float, wanted: Wanted | None = None
    ) -> Completion:
        """The whole reply, of the form `wanted` where the model can be held to one. Raises `GeneratorUnavailable`, also
        where it takes longer than so many seconds."""


class GeneratorUnavailable(AnswerError):
    """The model cannot be loaded, or its server does not answer; the message says why."""
