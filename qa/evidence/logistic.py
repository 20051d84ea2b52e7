"""Logistic regression over standardised signals, as the fitted models of this package are kept in TOML."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class LogisticModel:
    """`names` are the signals', with the mean and scale that each is standardised by and its weight."""

    names: tuple[str, ...]
    mean: tuple[float, ...]
    scale: tuple[float, ...]
    weight: tuple[float, ...]
    intercept: float

    @classmethod
    def of(cls, table: Mapping[str, Any]) -> LogisticModel:
        """From a table with `intercept` and one `signal` row a signal. Raises KeyError for one that lacks a part."""
        columns = ("name", "mean", "scale", "weight")
        name, mean, scale, weight = (tuple(row[key] for row in table["signal"]) for key in columns)
        return cls(name, mean, scale, weight, table["intercept"])

    def log_odds(self, signals: Mapping[str, float]) -> float:
        """That it is so; `signals` by name, more than the model's own do no harm."""
        rows = zip(self.names, self.mean, self.scale, self.weight, strict=True)
        return self.intercept + sum(weight * (signals[name] - mean) / scale for name, mean, scale, weight in rows)
