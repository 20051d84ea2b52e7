"""What came of adding to a library."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from corpus.library.acts import Unread

_SHOWN = 20  # files that were not read; all of them stand in the report's file


@dataclass(slots=True)
class Report:
    """Acts as "id (language)"; how many `provisions` were written, how many texts of them had to be `embedded`, in how
    many `seconds`; `stopped` where the run did not come to its end."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    unchanged: int = 0
    unread: list[Unread] = field(default_factory=list)
    provisions: int = 0
    embedded: int = 0
    seconds: float = 0.0
    stopped: bool = False

    @property
    def acts(self) -> int:
        """Files dealt with."""
        return len(self.added) + len(self.changed) + self.unchanged + len(self.unread)

    def lines(self) -> Iterator[str]:
        """For people."""
        yield (
            f"Added {len(self.added)}, changed {len(self.changed)}, unchanged {self.unchanged},"
            f" removed {len(self.removed)}, not read {len(self.unread)}."
        )
        rate = f" ({self.embedded / self.seconds:.1f} a second)" if self.embedded and self.seconds else ""
        yield f"{self.provisions} provisions written, {self.embedded} texts embedded{rate}; {self.seconds:.1f} seconds."
        for unread in self.unread[:_SHOWN]:
            yield f"Not read: {unread.path}: {unread.reason}"
        if len(self.unread) > _SHOWN:
            yield f"… and {len(self.unread) - _SHOWN} more; --report FILE.json lists them all."

    def to_json(self) -> dict[str, Any]:
        """For programs."""
        unread = [{"file": str(unread.path), "reason": unread.reason} for unread in self.unread]
        fields = asdict(self)
        return fields | {"unread": unread, "seconds": round(self.seconds, 3)}
