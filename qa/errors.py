"""Failures of asking and answering, each message one sentence in the user's language saying what to do."""

from __future__ import annotations

from qa.messages import message


class AnswerError(Exception):
    """Base of this package's errors; the message is meant for the user as it stands."""


class BadQuestion(AnswerError):
    """The question cannot be read: empty, too long, not text, or in another script."""


class BadReference(AnswerError):
    """A reference that is not one, or a document or date that does not exist."""


class NothingInstalled(AnswerError):
    """No text is on this machine and none could be fetched; `reason` says why, the message what to do."""

    def __init__(self, reason: str, language: str = "en") -> None:
        super().__init__(message("state.nothing_installed", language, reason=reason))
        self.reason = reason
