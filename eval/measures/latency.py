"""How long an answer takes, warm."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from eval.asking.response import Outcome


def latency(outcomes: Sequence[Outcome]) -> dict[str, float | None]:
    """Median and 95th percentile in milliseconds of wall-clock."""
    times = [o.response.milliseconds for o in outcomes]
    if not times:
        return {"latency_ms_p50": None, "latency_ms_p95": None}
    p50, p95 = np.percentile(times, [50, 95])
    return {"latency_ms_p50": round(float(p50), 1), "latency_ms_p95": round(float(p95), 1)}
