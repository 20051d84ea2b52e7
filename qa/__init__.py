"""Questions about the law, answered with the provision itself; `open_assistant(user_folders()).ask("…")`."""

from qa.answer import Abstention, Answer, Citation, SeeAlso, TraceStep
from qa.assistant import Assistant
from qa.errors import AnswerError, BadQuestion, BadReference
from qa.setup.installation import open_assistant

__all__ = [
    "Abstention",
    "Answer",
    "AnswerError",
    "Assistant",
    "BadQuestion",
    "BadReference",
    "Citation",
    "SeeAlso",
    "TraceStep",
    "open_assistant",
]
