"""Asking a system every question of a data set."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace

from eval.asking.dataset import Item
from eval.asking.response import Outcome
from eval.systems import System

Progress = Callable[[int, int], None]


def run(
    system: System,
    items: Sequence[Item],
    on_progress: Progress | None = None,
    is_stopped: Callable[[], bool] = lambda: False,
) -> list[Outcome]:
    """One outcome an item, in their order; where it `is_stopped`, of those asked until then. The first question is
    asked once before, so that times are warm ones."""
    outcomes: list[Outcome] = []
    system.respond(items[0])
    for done, item in enumerate(items, start=1):
        if is_stopped():
            break
        started = time.perf_counter()
        response = system.respond(item)
        elapsed = (time.perf_counter() - started) * 1000
        outcomes.append(Outcome(item, replace(response, milliseconds=round(elapsed, 2))))
        if on_progress:
            on_progress(done, len(items))
    return outcomes
