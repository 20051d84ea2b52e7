"""What the concordance adds where the old Constitution is asked: `python -m eval.bridge` (for docs/retrieval.md).

Development questions on the Constitution of 1995 (`kz-1995`, and `kz-timeline` as of a day), for several weights of
what stands for a provision in the Constitution in force; 0 is the old text by itself. The bundled weight is marked.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import numpy as np

from corpus import LANGUAGES, user_folders
from corpus.concordance import load_concordance
from eval.asking.dataset import Item, load
from index import SearchIndex, SearchResult
from qa import open_assistant
from qa.evidence.bridge import WEIGHT, bridged
from qa.setup.progress import building, fetching, tell
from qa.understanding.glossary import translations
from qa.understanding.question import understand

_DATASETS = Path(__file__).parent / "datasets"
_WEIGHTS = (0.0, 0.3, 0.6, 1.0, 1.5, 2.5)
_AT = (1, 5)


def searched(index: SearchIndex, item: Item, document: str) -> SearchResult:
    """Every provision of the document, ranked for the question."""
    question = understand(item.question)
    return index.search(
        question.topic,
        language=question.written_in,
        documents=[document],
        limit=index.count,
        translations=translations(question.topic, question.written_in),
    )


def rank(found: SearchResult, item: Item) -> int:
    """Rank of the first gold article, from 1."""
    articles = list(dict.fromkeys(hit.provision.article_id for hit in found.hits))
    return 1 + min(articles.index(gold) for gold in item.gold_articles if gold in articles)


def main() -> None:
    with fetching() as on_fetch, building() as on_build:
        index = open_assistant(user_folders(), on_fetch=on_fetch, on_build=on_build, notice=tell).index
    concordance = load_concordance()
    items = [item for name in ("kz-1995", "kz-timeline") for item in load(_DATASETS / f"{name}.jsonl", split="dev")]
    items = [item for item in items if all(gold.startswith(concordance.old + "#") for gold in item.gold)]
    found = [(item, searched(index, item, concordance.old), searched(index, item, concordance.new)) for item in items]
    print(f"{len(items)} development questions on the Constitution of 1995: R@1 / R@5 of the right article")
    for weight in _WEIGHTS:
        ranks: dict[str, list[int]] = defaultdict(list)
        for item, old, new in found:
            ranks[item.language].append(rank(bridged(old, new, concordance, len(old.hits), weight), item))
        cells = "  ".join(
            f"{code} " + " / ".join(f"{np.mean([r <= k for r in ranks[code]]):.3f}" for k in _AT) for code in LANGUAGES
        )
        print(f"weight {weight:.1f}{' *' if weight == WEIGHT else '  '}  {cells}")


if __name__ == "__main__":
    main()
