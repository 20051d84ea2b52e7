"""What came of adding to a library."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from corpus.library.acts import Unread

_SHOWN, _NAMED = 20, 3  # reasons, and files a reason; all of them stand in the report's file


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

    @property
    def is_empty(self) -> bool:
        """Whether there was nothing to do."""
        return not self.acts and not self.removed

    def lines(self) -> Iterator[str]:
        """For people."""
        yield (
            f"Added {len(self.added)}, changed {len(self.changed)}, unchanged {self.unchanged},"
            f" removed {len(self.removed)}, not read {len(self.unread)}."
        )
        rate = f" ({self.embedded / self.seconds:.1f} a second)" if self.embedded and self.seconds else ""
        yield f"{self.provisions} provisions written, {self.embedded} texts embedded{rate}; {self.seconds:.1f} seconds."
        reasons: dict[str, list[str]] = {}
        for unread in self.unread:
            reasons.setdefault(unread.reason, []).append(str(unread.path))
        for reason, files in list(reasons.items())[:_SHOWN]:
            more = f" and {len(files) - _NAMED} more" if len(files) > _NAMED else ""
            yield f"Not read: {', '.join(files[:_NAMED])}{more}: {reason}"
        if len(reasons) > _SHOWN:
            yield "There are more reasons; --report FILE.json tells all."

    def to_json(self) -> dict[str, Any]:
        """For programs."""
        unread = [{"file": str(unread.path), "reason": unread.reason} for unread in self.unread]
        fields = asdict(self)
        return fields | {"unread": unread, "seconds": round(self.seconds, 3)}
