"""Quick figures over data sets: `python -m eval.probe eval/datasets/*.jsonl [--verbose]`.

Recall at 1, 3 and 5 counts distinct articles in the order of `retrieved`; `cited` is the share of questions with
the gold article among the citations shown; `refused` is the share of questions abstained on.
"""

from __future__ import annotations

import sys
from pathlib import Path

from corpus import LANGUAGES, user_folders
from eval.dataset import Item, load
from qa import Answer, Assistant, open_assistant
from qa.progress import building, fetching, tell


def article_rank(item: Item, answer: Answer) -> int:
    """Rank of the gold article among the distinct articles retrieved, from 1; 1000 when it is not there."""
    articles = list(dict.fromkeys(provision.split("__")[0] for provision, _ in answer.retrieved))
    return next((rank for rank, article in enumerate(articles, start=1) if item.in_gold_article(article)), 1000)


def report(assistant: Assistant, path: Path, *, verbose: bool) -> None:
    """Print one row a language, and with `verbose` every question that went wrong."""
    items = load(path)
    answers = {item.id: assistant.ask(item.question, document=item.document) for item in items}
    print(f"{path.name}: {len(items)} questions")
    print("      n   R@1   R@3   R@5  cited  refused  language")
    for language in LANGUAGES:
        rows = [(item, answers[item.id]) for item in items if item.language == language]
        if not rows:
            continue
        ranks = [article_rank(item, answer) for item, answer in rows]
        cited = [any(item.in_gold_article(c.provision) for c in answer.citations) for item, answer in rows]
        refused = [answer.abstained is not None for _, answer in rows]
        right = [answer.language == item.language for item, answer in rows]
        shares = [sum(rank <= k for rank in ranks) / len(rows) for k in (1, 3, 5)]
        shares += [sum(flags) / len(rows) for flags in (cited, refused, right)]
        print(f"{language} {len(rows):4d}  " + "  ".join(f"{share:.3f}" for share in shares))
        if verbose:
            _print_failures(rows)


def _print_failures(rows: list[tuple[Item, Answer]]) -> None:
    for item, answer in rows:
        first = answer.retrieved[0][0] if answer.retrieved else "-"
        abstained = answer.abstained.reason if answer.abstained else "answered"
        evidence = next((s.text for s in answer.trace if s.stage == "abstention"), "")
        if item.answerable == bool(answer.abstained) or (item.answerable and article_rank(item, answer) > 1):
            print(f"   {item.question} | gold {item.gold} | first {first} | {abstained} | {evidence}")


def main() -> None:
    arguments = [a for a in sys.argv[1:] if a != "--verbose"]
    with fetching() as on_fetch, building() as on_build:
        assistant = open_assistant(user_folders(), on_fetch=on_fetch, on_build=on_build, notice=tell)
    for name in arguments:
        report(assistant, Path(name), verbose="--verbose" in sys.argv)


if __name__ == "__main__":
    main()
