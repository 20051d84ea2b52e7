"""The measures, one a file. Each maps outcomes to values by question, which are averaged, bootstrapped and compared.

A measure leaves out questions that it does not apply to; the mean of what is left is the figure.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from eval.asking.response import Outcome
from eval.measures.abstention import abstention_precision, abstention_recall, false_refusal_rate
from eval.measures.answer_language import answer_language
from eval.measures.citation import citation_precision, citation_recall
from eval.measures.document_match import document_match, wording_misstated, wording_vouched
from eval.measures.fact_match import fact_match
from eval.measures.parallel_consistency import parallel_consistency
from eval.measures.quote_fidelity import OfficialTexts, quote_fidelity
from eval.measures.ranking import RANKING, ranking
from eval.measures.substance import says_nothing
from eval.measures.wholes import (
    absence_told,
    breadth_recognised,
    essential_recall,
    narrow_displaced,
    narrow_widened,
    opinion_answered,
    whole_precision,
)

Values = list[tuple[Outcome, float]]

__all__ = ["MEASURES", "OfficialTexts", "Values", "by_question"]

_PLAIN: dict[str, Callable[[Sequence[Outcome]], Values]] = {
    "citation_precision": citation_precision,
    "citation_recall": citation_recall,
    "abstention_precision": abstention_precision,
    "abstention_recall": abstention_recall,
    "false_refusal_rate": false_refusal_rate,
    "document_match": document_match,
    "fact_match": fact_match,
    "says_nothing": says_nothing,
    "answer_language": answer_language,
    "parallel_consistency": parallel_consistency,
    "essential_recall": essential_recall,
    "whole_precision": whole_precision,
    "breadth_recognised": breadth_recognised,
    "narrow_widened": narrow_widened,
    "narrow_displaced": narrow_displaced,
    "opinion_answered": opinion_answered,
    "absence_told": absence_told,
    "wording_misstated": wording_misstated,
    "wording_vouched": wording_vouched,
}
MEASURES = (
    *RANKING,
    "citation_precision",
    "citation_recall",
    "quote_fidelity",
    "abstention_precision",
    "abstention_recall",
    "false_refusal_rate",
    "document_match",
    "fact_match",
    "says_nothing",
    "parallel_consistency",
    "answer_language",
    "essential_recall",
    "whole_precision",
    "breadth_recognised",
    "narrow_widened",
    "narrow_displaced",
    "opinion_answered",
    "absence_told",
    "wording_misstated",
    "wording_vouched",
)


def by_question(outcomes: Sequence[Outcome], texts: OfficialTexts) -> dict[str, Values]:
    """Every measure's values, by the measure's name."""
    found = ranking(outcomes)
    found |= {name: measure(outcomes) for name, measure in _PLAIN.items()}
    found["quote_fidelity"] = quote_fidelity(outcomes, texts)
    return {name: found[name] for name in MEASURES}
