"""Failures of asking and answering, each message one sentence in the user's language saying what to do."""

from __future__ import annotations


class AnswerError(Exception):
    """Base of this package's errors; the message is meant for the user as it stands."""


class BadQuestion(AnswerError):
    """The question cannot be read: empty, too long, not text, or in another script."""


class BadReference(AnswerError):
    """A reference that is not one, or a document or date that does not exist."""
