"""What was found for a question and may be chosen from, and what was chosen: the terms in which a model at hand reads
a question (`qa.choosing`)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Refusal = Literal["another_law", "not_in_text", "too_vague", "not_a_question"]


@dataclass(frozen=True, slots=True)
class Candidates:
    """Identifiers of provisions and ids of subjects, each nearest first. Whatever is chosen is one of these."""

    provisions: tuple[str, ...]
    subjects: tuple[str, ...] = ()

    def with_more(self, provisions: tuple[str, ...]) -> Candidates:
        """With what another search found, behind what was there."""
        return Candidates(tuple(dict.fromkeys((*self.provisions, *provisions))), self.subjects)


@dataclass(frozen=True, slots=True)
class Choice:
    """Provisions that answer, best first, or `subjects` to tell as a whole, or why nothing answers (`refusal`).
    `understood` is the point of law in one sentence, in the reader's language, "" where it was not told; `searches` are
    what else to look for, before anything is chosen for good."""

    provisions: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    refusal: Refusal | None = None
    understood: str = ""
    searches: tuple[str, ...] = ()
