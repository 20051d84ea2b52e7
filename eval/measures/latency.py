"""How long an answer takes: warm, and from the shell, the index being built."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence

import numpy as np

from eval.asking.response import Outcome

_ROUNDS = 5


def latency(outcomes: Sequence[Outcome]) -> dict[str, float | None]:
    """Median and 95th percentile in milliseconds of wall-clock."""
    times = [o.response.milliseconds for o in outcomes]
    if not times:
        return {"latency_ms_p50": None, "latency_ms_p95": None}
    p50, p95 = np.percentile(times, [50, 95])
    return {"latency_ms_p50": round(float(p50), 1), "latency_ms_p95": round(float(p95), 1)}


def cold_start(question: str) -> float:
    """Median milliseconds of five runs of `atazan ask`, each a process of its own, after one that leaves the bytecode
    as an installation does. Raises `CalledProcessError` where one fails."""
    asking = [sys.executable, "-m", "qa.commands.main", "ask", question]
    own = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    times = []
    for _ in range(1 + _ROUNDS):
        started = time.perf_counter()
        subprocess.run(asking, check=True, capture_output=True, env=own)
        times.append(time.perf_counter() - started)
    return statistics.median(times[1:]) * 1000
