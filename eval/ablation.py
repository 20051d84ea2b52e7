"""What each kind of evidence adds: `python -m eval.ablation` (the tables of docs/retrieval.md).

Every row is a ranker fitted without the evidence it names and tried on development questions held out (cross-validation
by question group), with a paired randomisation test of R@1 against the ranker that has it all: evidence is worth
keeping where it is missed. The first rows have nothing of the layer, or nothing of the law.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from corpus import LANGUAGES, user_folders
from eval.ranker import Example, development_questions, examples, held_out_ranks
from eval.statistics.significance import paired_randomisation
from index import LAYER_EVIDENCE
from qa import open_assistant
from qa.setup.progress import building, fetching, tell

_OF_THE_LAW = ("official", "sentence")
_OF_QUESTIONS = ("asked", "asked_article", "asked_across")
_LEFT_OUT: dict[str, tuple[str, ...]] = {
    "all evidence": (),
    "the law's words alone": tuple(name for name in LAYER_EVIDENCE if name not in _OF_THE_LAW),
    "without the law's words": _OF_THE_LAW,
    "without questions people ask": _OF_QUESTIONS,
    "cosines alone": ("words", "letters"),
} | {f"without {name}": (name,) for name in LAYER_EVIDENCE}


def ranks_without(found: Sequence[Example], names: Sequence[str]) -> list[int]:
    """Rank of each question's gold article by rankers fitted without the evidence named."""
    kept = np.array([float(name not in names) for name in LAYER_EVIDENCE])
    masked = [Example(e.item, e.evidence * kept, e.gold, e.articles) for e in found]
    return held_out_ranks(masked)


def main() -> None:
    with fetching() as on_fetch, building() as on_build:
        index = open_assistant(user_folders(), on_fetch=on_fetch, on_build=on_build, notice=tell).index
    items = development_questions()
    found = examples(index, items)
    groups = [item.group for item in items]
    print(f"{len(items)} development questions: R@1 / R@5 of the right article; difference of R@1, its chance")
    whole: list[float] = []
    for title, names in _LEFT_OUT.items():
        ranks = ranks_without(found, names)
        first = [float(rank == 1) for rank in ranks]
        whole = whole or first
        row = f"{title:30s}"
        for language in LANGUAGES:
            mine = [rank for item, rank in zip(items, ranks, strict=True) if item.language == language]
            row += f"  {language} " + " / ".join(f"{np.mean([rank <= k for rank in mine]):.3f}" for k in (1, 5))
        if names:
            difference, chance = paired_randomisation(first, whole, groups)
            row += f"  {difference:+.3f}  p {chance:.3f}"
        print(row)


if __name__ == "__main__":
    main()
