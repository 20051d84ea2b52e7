"""Logistic regression with an L2 penalty over standardised signals, both kinds of questions weighing alike; and how it
is written for `qa.evidence.logistic` to read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from eval.asking.dataset import Item
from eval.statistics.folds import folds

FloatArray = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Fitted:
    """A scaler and a classifier over signals in the order of their `names`."""

    names: tuple[str, ...]
    scaler: StandardScaler
    classifier: LogisticRegression

    @classmethod
    def to(
        cls,
        names: Sequence[str],
        found: FloatArray,
        is_so: FloatArray,
        inverse_penalty: float,
        weight: FloatArray | None = None,
        *,
        balanced: bool = True,
    ) -> Fitted:
        """To signals `(n, signals)` and what is so `(n,)`, 1 or 0; questions `weight` alike where nothing is said, and
        so do both kinds together, unless their shares are to be told too (not `balanced`)."""
        scaler = StandardScaler().fit(found)
        kinds = "balanced" if balanced else None
        classifier = LogisticRegression(C=inverse_penalty, class_weight=kinds, max_iter=5000)
        return cls(tuple(names), scaler, classifier.fit(scaler.transform(found), is_so, weight))

    def log_odds(self, found: FloatArray) -> FloatArray:
        """`(n,)` log-odds that it is so, from `(n, signals)`."""
        return np.asarray(self.classifier.decision_function(self.scaler.transform(found)))

    def table(self, needed: Mapping[str, float], name: str = "") -> str:
        """As TOML, in a table of the name where there is one, with the least log-odds needed by language."""
        least = ", ".join(f"{language} = {value:.3f}" for language, value in needed.items())
        lines = [f"[{name}]"] if name else []
        lines += [f"intercept = {self.classifier.intercept_[0]:.4f}"]
        lines += [f"needed = {{ {least} }}"] if needed else []
        row = f"{name}.signal" if name else "signal"
        of_signals = zip(self.names, self.scaler.mean_, self.scaler.scale_, self.classifier.coef_[0], strict=True)
        for signal, mean, scale, weight in of_signals:
            lines += ["", f"[[{row}]]", f'name = "{signal}"']
            lines += [f"mean = {mean:.5f}", f"scale = {scale:.5f}", f"weight = {weight:.4f}"]
        return "\n".join(lines) + "\n"


def held_out(
    items: Sequence[Item],
    names: Sequence[str],
    found: FloatArray,
    is_so: FloatArray,
    inverse_penalty: float,
    weight: FloatArray | None = None,
) -> FloatArray:
    """`(n,)` log-odds of each question by a model fitted without its group."""
    odds = np.zeros(len(items))
    for train, held in folds(items):
        own = weight if weight is None else weight[train]
        odds[held] = Fitted.to(names, found[train], is_so[train], inverse_penalty, own).log_odds(found[held])
    return odds


def least_told(languages: Sequence[str] | NDArray[np.str_], odds: FloatArray, share: float) -> dict[str, float]:
    """The least log-odds told, by language: all but a share of the questions, none of which should be, lie below, of
    that language and of all."""
    of_all = np.quantile(odds, 1 - share)
    own = {code: np.quantile(odds[np.array(languages) == code], 1 - share) for code in sorted(set(languages))}
    return {code: float(max(quantile, of_all)) for code, quantile in own.items()}
