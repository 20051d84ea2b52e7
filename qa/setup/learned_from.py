"""What an index learns from beside the texts themselves."""

from __future__ import annotations

from typing import TypedDict

from index import Contrast, MatterSource
from qa.evidence.abstention import contrast_texts, unanswered_questions
from qa.understanding.asides import matter_source


class LearnedFrom(TypedDict):
    """Keywords of `index.build_index` and `index.fingerprint`."""

    contrast: Contrast
    unanswered: Contrast
    matters: MatterSource


def learned_from() -> LearnedFrom:
    """Matters out of scope, questions that come near and are not answered, and what is asked for as a whole."""
    return LearnedFrom(contrast=contrast_texts(), unanswered=unanswered_questions(), matters=matter_source())
