"""How models did where what is right was known, kept so that each is tried once."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from corpus.files import write_atomically

NEEDED = 0.8  # of what was asked, that must be right
_FILE = "models.json"


@dataclass(frozen=True, slots=True)
class Mark:
    """How much of what was asked was right."""

    right: int
    asked: int

    @property
    def passed(self) -> bool:
        return self.right >= NEEDED * self.asked


class Marks:
    """The marks of models, kept in a folder under their names and what they were told; in memory alone without one."""

    def __init__(self, folder: Path | None = None) -> None:
        self._path = folder / _FILE if folder else None
        self._known: dict[str, list[int]] = {}
        if self._path and self._path.is_file():
            try:
                self._known = dict(json.loads(self._path.read_text(encoding="utf-8")))
            except (OSError, ValueError, TypeError):
                self._known = {}  # whoever cannot be remembered is tried again

    def of(self, model: str, told: str) -> Mark | None:
        """The mark of the model for what it was `told`; None where it was not tried yet."""
        found = self._known.get(_key(model, told))
        is_mark = isinstance(found, list) and len(found) == 2 and all(isinstance(number, int) for number in found)
        return Mark(*found) if is_mark and found else None

    def keep(self, model: str, told: str, mark: Mark) -> None:
        """Remember the mark; where that cannot be written, only until the process ends."""
        self._known[_key(model, told)] = [mark.right, mark.asked]
        if self._path:
            try:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                write_atomically(self._path, json.dumps(self._known, indent=1).encode("utf-8"))
            except OSError:
                self._path = None


def _key(model: str, told: str) -> str:
    return hashlib.sha256("\0".join((model, told)).encode()).hexdigest()[:32]
