"""`python -m eval.own [--practice] [--failures]`: how well a visitor's own documents answer.

Five invented documents (a contract, a lease, a charter, an order, rules) and questions on them, in `questions.jsonl`,
by a hand that saw nothing of the assistant. `--practice`: twelve others with 480 questions by four more such hands, in
`practice/`, which are what choices are made on. Each document is added alone, as a visitor adds it. Prints, by kind of
question and by language, the share whose clause is cited first, the share of answerable ones refused, and of those that
the document does not answer, the share refused or told as no more than the nearest.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from corpus import user_folders
from eval.own.questions import FOLDER, PRACTICE, Asked, questions
from qa import Answer, Assistant, open_assistant
from qa.setup.private_library import PrivateLibrary
from qa.setup.progress import building, fetching, tell


@dataclass(frozen=True, slots=True)
class Result:
    """What came: whether it was refused, or told as no more than the nearest, and what is cited first begins as it
    should."""

    asked: Asked
    refused: bool
    doubtful: bool
    right: bool
    first: str


def results(assistant: Assistant, folder: Path = FOLDER) -> Iterator[Result]:
    """Of each question in the folder, asked of its document alone."""
    for document, asked in groupby(questions(folder), key=lambda each: each.document):
        library = PrivateLibrary(assistant, user_folders().index)
        try:
            library.add((folder / document).read_bytes(), document, "en")
            for each in asked:
                yield _result(each, library.ask(each.question))
        finally:
            library.close()


def _result(asked: Asked, answer: Answer | None) -> Result:
    assert answer is not None
    first = answer.citations[0].quote or "" if answer.citations else ""
    return Result(asked, answer.abstained is not None, answer.doubtful, asked.is_answered_by(first), first)


def table(found: Sequence[Result]) -> str:
    """A row a group: all, each kind, each language."""
    groups: dict[str, list[Result]] = defaultdict(list)
    for result in found:
        for name in ("all", result.asked.kind, result.asked.language):
            groups[name].append(result)
    lines = [f"{'':8s}{'asked':>7s}{'clause first':>14s}{'refused':>9s}{'none doubted':>14s}"]
    for name, own in groups.items():
        there = [result for result in own if result.asked.begins]
        none = [result for result in own if not result.asked.begins]
        shares = (
            _share([result.right for result in there]),
            _share([result.refused for result in there]),
            _share([result.refused or result.doubtful for result in none]),
        )
        lines.append(f"{name:8s}{len(own):7d}{shares[0]:>14s}{shares[1]:>9s}{shares[2]:>14s}")
    return "\n".join(lines)


def _share(flags: Sequence[bool]) -> str:
    return f"{sum(flags) / len(flags):.3f}" if flags else "–"


def main() -> None:
    with fetching() as on_fetch, building() as on_build:
        assistant = open_assistant(user_folders(), on_fetch=on_fetch, on_build=on_build, notice=tell)
    found = list(results(assistant, PRACTICE if "--practice" in sys.argv else FOLDER))
    print(table(found))
    if "--failures" in sys.argv:
        for result in found:
            none_told = not result.asked.begins and not (result.refused or result.doubtful)
            if result.right != bool(result.asked.begins) or none_told:
                print(f"{result.asked.document}: {result.asked.question} | {result.asked.begins} | {result.first[:80]}")


if __name__ == "__main__":
    main()
