"""The figures of one system on one data set: means, intervals, by language, by category, and every failure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from corpus import LANGUAGES
from eval.asking.response import Outcome
from eval.measures import MEASURES, OfficialTexts, Values, by_question
from eval.measures.fact_match import missing_facts
from eval.measures.latency import latency
from eval.measures.quote_fidelity import is_faithful
from eval.measures.substance import is_hollow
from eval.statistics.significance import confidence_interval

_DIGITS = 4
Why = Literal["answered", "refused", "elsewhere", "unfaithful", "hollow", "facts"]


@dataclass(frozen=True, slots=True)
class Figure:
    """A measure's mean with its 95 % bootstrap interval; None where no question applies (or too few for an
    interval)."""

    mean: float | None
    interval: tuple[float, float] | None
    count: int


@dataclass(frozen=True, slots=True)
class Failure:
    """A question that went wrong: what was expected (golds, facts; nothing for a refusal), what came, and why that is
    wrong: it was `answered` or `refused` and should not have been, another article is cited (`elsewhere`), a quote is
    `unfaithful`, the answer says nothing (`hollow`), or `facts` are missing."""

    outcome: Outcome
    expected: tuple[str, ...]
    got: tuple[str, ...]
    why: Why

    def to_json(self) -> dict[str, Any]:
        item = self.outcome.item
        return {"id": item.id, "question": item.question, "expected": list(self.expected), "got": list(self.got)}


@dataclass(frozen=True, slots=True)
class Report:
    """`values` are by question, by measure; `figures` their means, `by_language` and `by_category` of parts."""

    dataset: str
    system: str
    outcomes: tuple[Outcome, ...]
    values: dict[str, Values]
    figures: dict[str, Figure]
    by_language: dict[str, dict[str, Figure]]
    by_category: dict[str, dict[str, Figure]]
    latency: dict[str, float | None]
    failures: tuple[Failure, ...]

    @property
    def tokens(self) -> tuple[float, float] | None:
        """What a model read and wrote to choose, a question; None where none did, or its tokens are not counted."""
        spent = [outcome.response.tokens for outcome in self.outcomes]
        read, written = (sum(counts) / len(spent) for counts in zip(*spent, strict=True))
        return (read, written) if read or written else None

    def to_json(self) -> dict[str, Any]:
        """The documented form, as `atazan eval --json` prints it."""
        read, written = self.tokens or (None, None)
        spent = {"tokens_read": read, "tokens_written": written}
        metrics = {name: figure.mean for name, figure in self.figures.items()}
        languages = {
            code: {name: figure.mean for name, figure in figures.items()} | _latency_of(self.outcomes, code)
            for code, figures in self.by_language.items()
        }
        return {
            "dataset": self.dataset,
            "system": self.system,
            "n": len(self.outcomes),
            "metrics": metrics | self.latency | spent,
            "by_language": languages,
            "failures": [failure.to_json() for failure in self.failures],
        }


def report(dataset: str, system: str, outcomes: Sequence[Outcome], texts: OfficialTexts) -> Report:
    """All figures of the outcomes."""
    values = by_question(outcomes, texts)
    spoken = [code for code in LANGUAGES if any(o.item.language == code for o in outcomes)]
    categories = sorted({o.item.category for o in outcomes if o.item.category})
    return Report(
        dataset=dataset,
        system=system,
        outcomes=tuple(outcomes),
        values=values,
        figures=_figures(values),
        by_language={code: _figures(_part(values, "language", code)) for code in spoken},
        by_category={name: _figures(_part(values, "category", name)) for name in categories},
        latency=latency(outcomes),
        failures=tuple(failure for o in outcomes if (failure := failed(o, texts))),
    )


def failed(outcome: Outcome, texts: OfficialTexts) -> Failure | None:
    """The failure of the outcome, if it is one: an answer where a refusal was due or a refusal where an answer was, no
    gold article cited, a quote that is not verbatim, an answer that says nothing, or facts that are missing."""
    item, response = outcome.item, outcome.response
    got = tuple(citation.provision for citation in response.cited)
    if not item.answerable:
        return None if response.abstained else Failure(outcome, (), got, "answered")
    if not any(item.in_gold_article(provision) for provision in got):
        return Failure(outcome, item.gold, got, "refused" if response.abstained else "elsewhere")
    untrue = [c for c in response.cited if not is_faithful(c, texts)]
    if untrue:
        return Failure(outcome, tuple(f"a verbatim quote of {c.provision}" for c in untrue), got, "unfaithful")
    if is_hollow(response):
        return Failure(outcome, item.gold, got, "hollow")
    if missing := missing_facts(outcome):
        return Failure(outcome, tuple(missing), got, "facts")
    return None


def figure(values: Values) -> Figure:
    """Mean and interval of a measure's values."""
    if not values:
        return Figure(None, None, 0)
    numbers = [value for _, value in values]
    interval = confidence_interval(numbers, [o.item.group for o, _ in values])
    return Figure(round(sum(numbers) / len(numbers), _DIGITS), interval, len(numbers))


def _figures(values: dict[str, Values]) -> dict[str, Figure]:
    return {name: figure(values[name]) for name in MEASURES}


def _part(values: dict[str, Values], what: str, wanted: str) -> dict[str, Values]:
    found: dict[str, Values] = defaultdict(list)
    for name, rows in values.items():
        found[name] = [(o, value) for o, value in rows if getattr(o.item, what) == wanted]
    # A group of parallels belongs to no one language.
    if what == "language":
        found["parallel_consistency"] = []
    return found


def _latency_of(outcomes: Sequence[Outcome], language: str) -> dict[str, float | None]:
    return latency([o for o in outcomes if o.item.language == language])
