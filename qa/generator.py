"""Language models that write: what the rest of the house needs of one, and opening the one that is named.

A generator is never believed; `qa.verification` decides what of its text is shown.
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


def open_generator(name: str | None) -> Generator | None:
    """The generator named; None where none is.

    An address (`http://127.0.0.1:11434/v1#model`) is an OpenAI-compatible endpoint; anything else a model of
    `transformers`: a hub name, a folder, or a GGUF file. Raises `GeneratorUnavailable`.
    """
    if not name:
        return None
    if name.startswith(("http://", "https://")):
        from qa.endpoint_generator import EndpointGenerator

        return EndpointGenerator(name)
    from qa.transformers_generator import TransformersGenerator

    return TransformersGenerator(name)
