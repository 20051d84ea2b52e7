"""`python -m eval.verification.figures [SPLIT]`: what the verification of sentences catches, by kind of corruption.

`sentences.jsonl` are of our own hand. `paraphrases.jsonl` are by three other hands, a language each: of 150 provisions
two sentences freely put, which they bear out, and two as smooth ones that are wrong in one respect; `judged` is what
a strong model said that was asked of each as `qa.prose.judge` asks, without being told which is which.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from corpus import user_folders
from index import SearchIndex
from qa import open_assistant
from qa.prose.checks.doubt import Doubt
from qa.prose.verification import doubts

SENTENCES = Path(__file__).with_name("sentences.jsonl")
PARAPHRASES = Path(__file__).with_name("paraphrases.jsonl")
INJECTIONS = Path(__file__).with_name("injections.jsonl")


@dataclass(frozen=True, slots=True)
class Sentence:
    """`cited` is the provision that it claims; `corruption` is "" where that provision bears it out; `judged`, "yes" or
    "no", what a second judge said of it, "" where none was asked."""

    id: str
    sentence: str
    language: str
    cited: str
    supported: bool
    corruption: str
    parallel: str
    split: str
    judged: str = ""


def sentences(split: str | None = None, path: Path = SENTENCES) -> list[Sentence]:
    """The set, or one split of it."""
    rows = [Sentence(**json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines()]
    return [row for row in rows if split in (None, row.split)]


def judged(
    rows: list[Sentence], index: SearchIndex, *, is_strict: bool = False
) -> list[tuple[Sentence, tuple[Doubt, ...]]]:
    """Each sentence with the doubts found; `is_strict` as of a machine's sentences."""
    return [(row, doubts(row.sentence, row.language, [row.cited], index, is_strict=is_strict)) for row in rows]


def judged_twice(rows: list[Sentence], index: SearchIndex) -> list[tuple[Sentence, tuple[Doubt, ...]]]:
    """The same with the second judge in the place of what rules ask of a machine's sentences alone."""
    found = []
    for row in rows:
        by_rules = doubts(row.sentence, row.language, [row.cited], index, is_strict=True, is_judged=True)
        found.append((row, by_rules or (() if row.judged == "yes" else (Doubt("judge", ""),))))
    return found


def shares(results: list[tuple[Sentence, tuple[Doubt, ...]]]) -> dict[str, float]:
    """By kind of corruption, and for "supported", the share of sentences dropped."""
    groups: dict[str, list[bool]] = defaultdict(list)
    for row, found in results:
        groups[row.corruption or "supported"].append(bool(found))
    return {name: sum(hits) / len(hits) for name, hits in groups.items()}


def table(results: list[tuple[Sentence, tuple[Doubt, ...]]]) -> str:
    """Share of corrupted sentences caught and of supported ones dropped, by kind and language."""
    groups: dict[str, list[tuple[str, bool]]] = defaultdict(list)
    for row, found in results:
        groups[row.corruption or "supported (dropped)"].append((row.language, bool(found)))
        if row.corruption:
            groups["wrong, of any kind"].append((row.language, bool(found)))
    lines = [f"{'':22s}{'n':>5s}{'all':>8s}" + "".join(f"{code:>8s}" for code in ("kk", "ru", "en"))]
    for name, hits in sorted(groups.items()):
        shares = [_share([hit for _, hit in hits])]
        shares += [_share([hit for code, hit in hits if code == wanted]) for wanted in ("kk", "ru", "en")]
        lines.append(f"{name:22s}{len(hits):5d}" + "".join(shares))
    dropped = [row for row, found in results if found]
    right = sum(not row.supported for row in dropped)
    lines.append(f"precision {right / len(dropped):.3f}" if dropped else "nothing dropped")
    return "\n".join(lines)


def _share(hits: list[bool]) -> str:
    return f"{sum(hits) / len(hits):8.3f}" if hits else f"{'–':>8s}"


def main() -> None:
    """Prints the table of a split, of everything without one; with `--failures` what went wrong in `dev`."""
    arguments = sys.argv[1:]
    split = next((a for a in arguments if a in ("dev", "test")), None)
    index = open_assistant(user_folders()).index
    results = judged(sentences(split), index)
    print(table(results))
    print("\nas of a generator's sentences:\n" + table(judged(sentences(split), index, is_strict=True)))
    free = sentences(split, PARAPHRASES)
    print("\nfreely put, by other hands, as of a generator's:\n" + table(judged(free, index, is_strict=True)))
    print("\nand with a strong model as the second judge:\n" + table(judged_twice(free, index)))
    if "--failures" in arguments:
        for row, found in results:
            if row.split == "dev" and bool(found) == row.supported:
                print(row.corruption or "supported", row.language, row.sentence, "|", *found)


if __name__ == "__main__":
    main()
