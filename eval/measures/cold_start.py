"""How long `atazan ask` takes from the shell, the index being built."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time

_ROUNDS = 5


def cold_start(question: str) -> float:
    """Median milliseconds of five runs, each a process of its own. Raises `CalledProcessError` where one fails."""
    times = []
    for _ in range(_ROUNDS):
        started = time.perf_counter()
        subprocess.run([sys.executable, "-m", "qa.commands.main", "ask", question], check=True, capture_output=True)
        times.append(time.perf_counter() - started)
    return statistics.median(times) * 1000
