"""Questions on invented documents of a visitor's own."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent
PRACTICE = FOLDER / "practice"
_NUMBER = re.compile(r"^\W*(?:\d+[.)])+\s*")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question on one of the documents; `begins` is the beginning of the clause that answers, "" where none does."""

    document: str
    language: str
    kind: str
    begins: str
    question: str

    def is_answered_by(self, clause: str) -> bool:
        """Whether the clause is the one that answers."""
        return bool(self.begins) and _plainly(clause).startswith(_plainly(self.begins))


def questions(folder: Path = FOLDER) -> list[Asked]:
    """All that lie in the folder, those of a document together."""
    lines = (folder / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    return sorted((Asked(**json.loads(line)) for line in lines), key=lambda asked: asked.document)


def _plainly(text: str) -> str:
    """Without the number that a clause begins with, which a quote may leave out, and without punctuation."""
    words = _NUMBER.sub("", text.casefold())
    return "".join(character for character in words if character.isalnum())
