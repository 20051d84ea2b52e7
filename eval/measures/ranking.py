"""Ranking of articles, by `ir-measures` over qrels and a run that can be written out as TREC files.

The gold articles of a question are alternatives, any of which answers it. So `recall@k` asks whether one of them is
among the first k (recall_any, which ir-measures calls Success@k and which is R@k where there is one gold article);
`recall_all@5` whether all of them are (R@5 = 1). Reciprocal rank and nDCG (Järvelin and Kekäläinen 2002) are its `RR`
and `nDCG@10`. Questions without gold are left out; a question that was refused keeps its ranking.
"""

from __future__ import annotations

from collections.abc import Sequence

import ir_measures
from ir_measures import RR, Qrel, R, ScoredDoc, Success, nDCG

from eval.asking.response import Outcome

_MEASURES = {
    "recall@1": Success @ 1,
    "recall@3": Success @ 3,
    "recall@5": Success @ 5,
    "recall_all@5": R @ 5,
    "rr": RR,
    "ndcg@10": nDCG @ 10,
}
RANKING = tuple(_MEASURES)


def qrels(outcomes: Sequence[Outcome]) -> list[Qrel]:
    """One judgement a gold article."""
    return [Qrel(o.item.id, article, 1) for o in outcomes for article in o.item.gold_articles]


def run(outcomes: Sequence[Outcome]) -> list[ScoredDoc]:
    """Articles in the order retrieved; a score is the negative rank, so that ties in the system's own cannot
    reorder."""
    return [
        ScoredDoc(o.item.id, article, -float(rank))
        for o in outcomes
        for rank, article in enumerate(o.response.articles, start=1)
    ]


def ranking(outcomes: Sequence[Outcome]) -> dict[str, list[tuple[Outcome, float]]]:
    """Values by question for each ranking measure."""
    asked = [o for o in outcomes if o.item.gold]
    names = {str(measure): name for name, measure in _MEASURES.items()}
    values: dict[str, dict[str, float]] = {name: {} for name in _MEASURES}
    if asked:
        for metric in ir_measures.iter_calc(list(_MEASURES.values()), qrels(asked), run(asked)):
            values[names[str(metric.measure)]][metric.query_id] = metric.value
    values["recall_all@5"] = {query: float(value == 1) for query, value in values["recall_all@5"].items()}
    return {name: [(o, found.get(o.item.id, 0.0)) for o in asked] for name, found in values.items()}
