"""Figures for Prometheus, in a registry of their own: two servers in one process do not count together."""

from __future__ import annotations

from collections.abc import Iterator

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from page.admission import Admission

# Seconds: an answer takes 0.02 to 0.3, one that waits or that a model writes up to a minute.
_BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0)
_REFUSED = ("too_often", "busy", "failed", "bad_input")


class Figures:
    """Those of one server; `admission` is asked for its own when they are read."""

    def __init__(self, admission: Admission, version: str, *, has_store: bool) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self.registry.register(_Admitted(admission))
        self._asked = Counter(
            "atazan_requests",
            "What was asked for, by kind, language and outcome.",
            ("kind", "language", "outcome"),
            registry=self.registry,
        )
        self._seconds = Histogram(
            "atazan_answer_seconds",
            "How long answers and abstentions took, their wait included.",
            ("kind",),
            buckets=_BUCKETS,
            registry=self.registry,
        )
        self._opened = Counter("atazan_page_loads", "Pages opened.", ("language",), registry=self.registry)
        self._judged = Counter("atazan_feedback", "Verdicts kept.", ("verdict", "reason"), registry=self.registry)
        self.ready = Gauge("atazan_ready", "1 when every text is there, 0 while some arrive.", registry=self.registry)
        self.store_up = Gauge(
            "atazan_store_up",
            "1 when the library's store answered within a second.",
            registry=self.registry if has_store else None,
        )
        Gauge("atazan_build_info", "1, for the version.", ("version",), registry=self.registry).labels(version).set(1)

    def asked(self, kind: str, language: str, outcome: str, seconds: float) -> None:
        """A request ended."""
        self._asked.labels(kind, language, outcome).inc()
        if outcome not in _REFUSED:
            self._seconds.labels(kind).observe(seconds)

    def opened(self, language: str) -> None:
        """A page was opened."""
        self._opened.labels(language).inc()

    def judged(self, verdict: str, reason: str) -> None:
        """A verdict was kept."""
        self._judged.labels(verdict, reason).inc()

    def text(self) -> bytes:
        """In Prometheus's text format."""
        return generate_latest(self.registry)


class _Admitted(Collector):
    """What the admission knows itself."""

    def __init__(self, admission: Admission) -> None:
        self._admission = admission

    def collect(self) -> Iterator[Metric]:
        yield GaugeMetricFamily("atazan_in_flight", "Work admitted, done or waiting.", self._admission.in_flight)
        refused = CounterMetricFamily(
            "atazan_refused", "Work turned away: one address too often, or too many at once.", labels=("why",)
        )
        for why, count in self._admission.refused().items():
            refused.add_metric([why], count)
        yield refused
