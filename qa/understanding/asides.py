"""What else people type: of the assistant, of the Constitution itself, of all that changed, and for a judgement.

The lines stand in `asides.toml`; with those on subjects and on what is looked for in vain they are what an index learns
the matters of questions from.
"""

from __future__ import annotations

import hashlib
from importlib import resources
from typing import Literal, get_args

import rtoml

from corpus import LANGUAGES
from corpus.subjects import absences_checksum, load_absences, load_subjects, subject_questions, subjects_checksum
from index import MatterLines, Matters, MatterScores, MatterSource

AboutAssistant = Literal["greeting", "thanks", "abilities", "instructions"]
AboutConstitution = Literal["articles", "adopted", "in-force", "languages", "preamble", "summary"]
ABOUT_ASSISTANT: tuple[AboutAssistant, ...] = get_args(AboutAssistant)
ABOUT_CONSTITUTION: tuple[AboutConstitution, ...] = get_args(AboutConstitution)
CHANGES = "changes"
_OPINION = "opinion"
# Of a matter's name: subjects are called "preamble" and "languages" too.
_PREFIX = "aside:"
_ABSENT = "absent:"


def matter_source() -> MatterSource:
    """The lines on subjects, asides, opinions and absences."""
    digest = hashlib.sha256(_file().encode("utf-8"))
    digest.update(f"{subjects_checksum()} {absences_checksum()}".encode("ascii"))
    return MatterSource(digest.hexdigest(), _matters)


def aside_scores(scores: MatterScores) -> dict[str, float]:
    """About 1 for the aside that the question is, by its name, and 0 for the others."""
    return {name.removeprefix(_PREFIX): score for name, score in scores.asides.items()}


def _file() -> str:
    return resources.files("qa.understanding").joinpath("asides.toml").read_text(encoding="utf-8")


def _matters() -> Matters:
    asked = subject_questions()
    nameless = dict.fromkeys(LANGUAGES, ())
    matters = {name: MatterLines("subject", asked[name], subject.names) for name, subject in load_subjects().items()}
    for name, lines in rtoml.loads(_file()).items():
        kind: Literal["opinion", "aside"] = "opinion" if name == _OPINION else "aside"
        matters[_PREFIX + name] = MatterLines(kind, {code: tuple(lines[code]) for code in LANGUAGES}, nameless)
    for absence in load_absences():
        matters[_ABSENT + absence.name] = MatterLines("absence", nameless, absence.phrases)
    return matters


def absence_of(matter: str) -> str:
    """The absence's name, of the matter's."""
    return matter.removeprefix(_ABSENT)
