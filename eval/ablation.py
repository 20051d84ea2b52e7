"""What each kind of evidence adds: `python -m eval.ablation` (the tables of docs/retrieval.md).

First table: recall of the right article on the development questions, first over the official text alone, as it was
before the plain-language layer, then with the layer, evidence added step by step. Second table: how well a signal tells
answerable from unanswerable questions, as the area under the ROC curve.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from corpus import LANGUAGES, user_folders
from eval.dataset import Item, load
from index import Embedder, FusionWeights, IndexedDocument, SearchIndex, SearchResult, build_index
from index.store import Progress
from qa import open_assistant
from qa.abstention import contrast_texts, evidence
from qa.glossary import translations
from qa.installation import installed
from qa.progress import building, fetching, tell

_DATASETS = Path(__file__).parent / "datasets"
_DOCUMENT = "kz-constitution-2026"


@dataclass(frozen=True, slots=True)
class Variant:
    """A choice of evidence."""

    name: str
    weights: FusionWeights


OFFICIAL_TEXT_ALONE = (
    Variant("whole provision", FusionWeights(whole=1, sentence=0, article=0, lexical=0, glossary=0)),
    Variant("+ best sentence", FusionWeights(whole=1 / 2, sentence=1 / 2, article=0, lexical=0, glossary=0)),
    Variant("+ article mean", FusionWeights(lexical=0, glossary=0)),
    Variant("+ own words (BM25)", FusionWeights(lexical=0.004, glossary=0)),
    Variant("+ glossary (BM25)", FusionWeights(lexical=0.004, glossary=0.005)),
)
WITH_LAYER = (
    Variant("plain words alone", FusionWeights(plain=1, lexical=0, plain_lexical=0, glossary=0)),
    Variant("+ official text", FusionWeights(lexical=0, plain_lexical=0, glossary=0)),
    Variant("+ own words (BM25)", FusionWeights(glossary=0)),
    Variant("+ glossary (BM25)", FusionWeights()),
)


def search(index: SearchIndex, item: Item) -> SearchResult:
    """The question searched in the Constitution in force."""
    words = translations(item.question, item.language)
    return index.search(item.question, language=item.language, documents=[_DOCUMENT], limit=200, translations=words)


def rank(item: Item, result: SearchResult) -> int:
    """Rank of the gold article among distinct articles, from 1; 1000 when it is not there."""
    articles = list(dict.fromkeys(hit.provision.article_id for hit in result.hits))
    return next((n for n, article in enumerate(articles, start=1) if item.in_gold_article(article)), 1000)


def area_under_curve(answerable: list[float], unanswerable: list[float]) -> float:
    """Probability that an answerable question scores higher than an unanswerable one."""
    above = np.array(answerable)[:, None] > np.array(unanswerable)[None, :]
    return float(above.mean())


def without_layer(folder: Path, embedder: Embedder, on_build: Progress) -> SearchIndex:
    """An index of the official texts of the Constitution in force alone."""
    state = installed(user_folders())
    editions = [edition for edition in state.official if edition.document == _DOCUMENT]
    sums = tuple((edition.language, edition.checksum) for edition in editions)
    document = IndexedDocument(state.catalogue.document(_DOCUMENT), sums)
    texts = [edition.parsed() for edition in editions]
    return build_index(folder, [document], texts, embedder, contrast=contrast_texts(), on_progress=on_build)


def _margin(result: SearchResult) -> float:
    """The margin that decides (`qa.abstention`)."""
    case = evidence(result, "ru")
    assert case is not None
    return case.margin


def print_recall(title: str, index: SearchIndex, variants: Sequence[Variant], items: Sequence[Item]) -> None:
    """One row a variant, recall at 1, 3 and 5 for each language."""
    print(f"{title:22s}" + "".join(f"{language:>22s}" for language in LANGUAGES))
    for variant in variants:
        index.weights = variant.weights
        ranks = {item.id: rank(item, search(index, item)) for item in items}
        row = ""
        for language in LANGUAGES:
            mine = [ranks[item.id] for item in items if item.language == language]
            row += "   " + " / ".join(f"{sum(r <= k for r in mine) / len(mine):.3f}" for k in (1, 3, 5))
        print(f"{variant.name:22s}{row}")
    index.weights = FusionWeights()


def main() -> None:
    with fetching() as on_fetch, building() as on_build:
        index = open_assistant(user_folders(), on_fetch=on_fetch, on_build=on_build, notice=tell).index
    with tempfile.TemporaryDirectory() as folder, building() as on_build:
        before = without_layer(Path(folder), index.embedder, on_build)
    answerable = load(_DATASETS / "kz-2026-dev.jsonl")
    unanswerable = load(_DATASETS / "kz-2026-unanswerable-dev.jsonl")
    print("R@1 / R@3 / R@5 of the right article")
    print_recall("official text alone", before, OFFICIAL_TEXT_ALONE, answerable)
    print_recall("with the layer", index, WITH_LAYER, answerable)
    found = {item.id: search(index, item) for item in (*answerable, *unanswerable)}
    signals: dict[str, Callable[[SearchResult], float]] = {
        "cosine": lambda result: result.hits[0].dense,
        "fused score": lambda result: result.hits[0].score,
        "margin over contrast": lambda result: result.hits[0].score - result.contrast,
        "+ whole document, words": _margin,
    }
    print(f"\n{'answerable or not':24s}" + "".join(f"{language:>8s}" for language in LANGUAGES))
    for name, signal in signals.items():
        areas = [
            area_under_curve(
                [signal(found[item.id]) for item in answerable if item.language == language],
                [signal(found[item.id]) for item in unanswerable if item.language == language],
            )
            for language in LANGUAGES
        ]
        print(f"{name:24s}" + "".join(f"{area:8.3f}" for area in areas))


if __name__ == "__main__":
    main()
