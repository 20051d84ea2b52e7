"""Fits when a library answers: `python -m eval.legislation.sureness [--write]`.

Questions written from the text of a law (the development half of `datasets/library.jsonl`) are answerable where what
is found first holds their article. Those of `datasets/kz-2026-unanswerable.jsonl` and the stories of
`datasets/kz-2026-stories-practice.jsonl` that the Constitution does not answer are taken to be answered by none of the
laws in reach; few are. Prints, of questions held out (eight folds, the same question in three languages in one), the
area under the ROC curve and what is answered at the operating point; `--write` writes `qa/legislation/sureness.toml`.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import numpy as np
from sklearn.metrics import roc_auc_score

from corpus import LANGUAGES, user_folders
from corpus.files import write_atomically
from eval.asking.dataset import Item, load
from eval.legislation.laws import laws, put
from eval.statistics.logistic import Fitted, FloatArray, held_out, least_told
from index import open_embedder
from index.stores import Filters, day_number, open_store
from qa.legislation import Legislation
from qa.legislation.sureness import sureness_signals
from qa.setup.installation import ensure_texts
from qa.setup.progress import fetching
from qa.understanding.question import understand

_DATASETS = Path(__file__).parent.parent / "datasets"
_MODEL = Path(__file__).parent.parent.parent / "qa" / "legislation" / "sureness.toml"
_HEAD = """\
# Weights of what tells that a library answers a question (qa/legislation/sureness.py says what each is), and the least
# log-odds that are answered, by language. Made by `python -m eval.legislation.sureness --write`.
"""
_INVERSE_PENALTY = 0.3
_WRONGLY = 0.05  # the share of questions that no law answers, and that are answered
_STORIES = 342  # about as many as there are short questions of the kind
_SHOWN = 3  # hits that an answer shows


def signals(legislation: Legislation, items: Sequence[Item]) -> tuple[list[Item], FloatArray, FloatArray, list[str]]:
    """The questions that tell something, their signals `(n, signals)`, whether they are answered `(n,)`, and the
    signals' names; without those that a law answers and that find another article."""
    today = day_number(date.today(), 0)
    kept, rows, answered = [], [], []
    for item in items:
        question = understand(item.question, language=item.language)
        hits = legislation.find(question, filters=Filters(on=today))
        if item.answerable and not any(item.in_gold_article(hit.provision.id) for hit in hits[:_SHOWN]):
            continue
        kept.append(item)
        rows.append(sureness_signals(hits, question))
        answered.append(float(item.answerable))
    names = list(rows[0])
    return kept, np.array([[row[name] for name in names] for row in rows]), np.array(answered), names


def main() -> None:
    folders, embedder = user_folders(), open_embedder()
    with fetching() as on_fetch:
        ensure_texts(folders, on_fetch=on_fetch)
    of_laws = load(_DATASETS / "library.jsonl", split="dev")
    others = load(_DATASETS / "kz-2026-unanswerable.jsonl", split="dev")
    stories = load(_DATASETS / "kz-2026-stories-practice.jsonl")
    stories = [item for item in stories if not item.answerable and item.split != "test"]
    others += stories[:: len(stories) // _STORIES]
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(folder, create=True)
        assert store is not None
        put(store, laws(folders, embedder), embedder)
        items, found, answered, names = signals(Legislation(store, embedder), [*of_laws, *others])
        store.close()
    odds = held_out(items, names, found, answered, _INVERSE_PENALTY)
    languages = np.array([item.language for item in items])
    needed = least_told(languages[answered == 0], odds[answered == 0], _WRONGLY)
    print(f"{int(answered.sum())} answerable, {int((1 - answered).sum())} not; AUC {roc_auc_score(answered, odds):.3f}")
    told = odds >= np.array([needed[code] for code in languages])
    for code in (*LANGUAGES, "all"):
        mine = (languages == code) | (code == "all")
        right, wrong = told[mine & (answered == 1)].mean(), told[mine & (answered == 0)].mean()
        print(f"{code:4s} answered {right:.3f} of the answerable, {wrong:.3f} of the others")
    if "--write" in sys.argv:
        fitted = Fitted.to(names, found, answered, _INVERSE_PENALTY)
        write_atomically(_MODEL, f"{_HEAD}\n{fitted.table(needed)}".encode())
        print(f"written to {_MODEL.name}")


if __name__ == "__main__":
    main()
