"""Which terms to make of Kazakh words: `python -m eval.kazakh_analysis` compares the candidates by BM25 alone.

Snowball has no Kazakh. The candidates are whole words, light suffix stripping, and character n-grams; the measure is
recall of the right article of the Universal Declaration, the one official text at hand in Kazakh, for the questions of
the Kazakh development questions of `eval/datasets/udhr.jsonl`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import bm25s
import numpy as np

from corpus import load_catalogue, user_folders
from corpus.store import load_edition
from eval.asking.dataset import Item, load
from index.words.analysis import character_grams, terms, words
from qa.setup.installation import ensure_texts

_QUESTIONS = Path(__file__).parent / "datasets" / "udhr.jsonl"

CANDIDATES: dict[str, Callable[[str], list[str]]] = {
    "whole words": words,
    "suffix stripping": partial(terms, language="kk"),
    "3-grams": partial(character_grams, size=3),
    "4-grams": partial(character_grams, size=4),
    "5-grams": partial(character_grams, size=5),
}


def ranks(analyse: Callable[[str], list[str]], ids: list[str], texts: list[str], items: list[Item]) -> list[int]:
    """Rank of the gold article for each question, from 1."""
    retriever = bm25s.BM25()
    retriever.index([analyse(text) for text in texts], show_progress=False)
    found = []
    for item in items:
        known = [term for term in analyse(item.question) if term in retriever.vocab_dict]
        scores = retriever.get_scores(known) if known else np.zeros(len(texts))
        articles = dict.fromkeys(ids[i] for i in np.argsort(-scores, kind="stable"))
        found.append(next(rank for rank, article in enumerate(articles, start=1) if item.in_gold_article(article)))
    return found


def main() -> None:
    ensure_texts(user_folders())
    edition = load_catalogue().document("udhr").edition("kk")
    stored = load_edition(user_folders(), edition) if edition else None
    if stored is None:
        raise SystemExit("The Kazakh text of the Universal Declaration is not installed; run `atazan fetch`.")
    provisions = stored.parsed().provisions
    ids, texts = [p.article_id for p in provisions], [p.body for p in provisions]
    items = [item for item in load(_QUESTIONS, split="dev") if item.language == "kk"]
    print(f"{len(items)} questions      R@1    R@5    mean reciprocal rank")
    for name, analyse in CANDIDATES.items():
        result = np.array(ranks(analyse, ids, texts, items))
        print(f"{name:18s}  {(result == 1).mean():.3f}  {(result <= 5).mean():.3f}  {(1 / result).mean():.3f}")


if __name__ == "__main__":
    main()
