"""What was tried of one kind, how often it went wrong, and the table of all kinds."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.strategies import SearchStrategy

_KEPT = 5  # faults that are told word for word
_Value = TypeVar("_Value")


@dataclass(slots=True)
class Tally:
    """`what` was tried `tried` times; each of the `faults` (which `name` names, in the plural) is told in a line."""

    what: str
    name: str = "crashes"
    tried: int = 0
    faults: list[str] = field(default_factory=list)

    def judge(self, attempt: Callable[[], str | None]) -> None:
        """Count one attempt. It gives what went wrong, None where nothing did; whatever it raises is a fault too."""
        self.tried += 1
        try:
            fault = attempt()
        except Exception as error:  # noqa: BLE001 - what comes out of an entrance is what is looked for
            fault = f"{type(error).__name__}: {error}"
        if fault:
            self.faults.append(f"{self.what}: {fault[:300]}")


@dataclass(frozen=True, slots=True)
class Effort:
    """How much is tried: `share` of the whole number of each kind, and until when (`time.monotonic`, seconds).
    `number` seeds all that is drawn."""

    share: float
    until: float
    number: int

    def of(self, whole: int) -> int:
        """The number to try where `whole` are tried in all."""
        return max(1, round(self.share * whole))

    @property
    def is_over(self) -> bool:
        """Whether the time is up."""
        return time.monotonic() >= self.until


def drawn(
    tally: Tally, values: SearchStrategy[_Value], count: int, effort: Effort, attempt: Callable[[_Value], str | None]
) -> Tally:
    """Try so many drawn values, until the time is up."""

    @seed(effort.number)
    @settings(
        max_examples=count,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(values)
    def one(value: _Value) -> None:
        if not effort.is_over:
            tally.judge(lambda: _told(attempt(value), value))

    one()
    return tally


def _told(fault: str | None, value: object) -> str | None:
    return f"{fault} ({value!r:.120})" if fault else None


def progress(tally: Tally) -> None:
    """One line on stderr when a kind is done."""
    sys.stderr.write(f"harden: {tally.what}: {tally.tried} tried, {len(tally.faults)} {tally.name}\n")
    sys.stderr.flush()


def table(tallies: Sequence[Tally]) -> str:
    """A line a kind, then what went wrong first."""
    width = max(len(tally.what) for tally in tallies)
    rows = [f"{tally.what:{width}s}  {tally.tried:6d} tried  {len(tally.faults):4d} {tally.name}" for tally in tallies]
    return "\n".join([*rows, *(fault for tally in tallies for fault in tally.faults[:_KEPT])])
