"""`make soak` (`python -m eval.soak [--minutes N] [--seed N]`): asks and adds for an hour, and says what that took.

Questions of a data set and odd ones in turn, and every so often a visitor with a document who leaves again. Exit status
1 where memory grew by more than a tenth once it was warm; what is raised ends it.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from pathlib import Path

from corpus import user_folders
from eval.hardness.entrances import RULES
from eval.measures.memory import megabytes
from qa import Assistant, open_assistant
from qa.errors import AnswerError
from qa.setup.private_library import PrivateLibrary

_DATASET = Path(__file__).parent / "datasets" / "kz-2026-broad-practice.jsonl"
_SEED = 20260701
_VISITORS = 100  # a visitor with a document after so many questions
_WARM = 0.1  # of the time, after which memory is taken to have reached its size
_MAY_GROW = 1.1
_TOLD = 60  # seconds between two lines of progress


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m eval.soak", description="Ask and add for an hour.")
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--seed", type=int, default=_SEED)
    options = parser.parse_args()
    drawn = random.Random(options.seed)
    questions = [json.loads(line)["question"] for line in _DATASET.read_text(encoding="utf-8").splitlines()]
    assistant = open_assistant(user_folders())
    started, seconds = time.monotonic(), 60 * options.minutes
    at_start = warm = megabytes()
    slowest, count, visitors, told = (0.0, ""), 0, 0, started
    while (passed := time.monotonic() - started) < seconds:
        text = _question(questions, drawn)
        began = time.perf_counter()
        _ask(assistant, text)
        slowest = max(slowest, (time.perf_counter() - began, text[:60]))
        count += 1
        if count % _VISITORS == 0:
            _visit(assistant, count)
            visitors += 1
        if passed < _WARM * seconds:
            warm = megabytes()
        if time.monotonic() - told >= _TOLD:
            told = time.monotonic()
            sys.stderr.write(f"soak: {passed / 60:.0f} min, {count} questions, {megabytes():.0f} MB\n")
    at_end = megabytes()
    print(f"{count} questions, {visitors} visitors with a document, {passed / 60:.1f} min, seed {options.seed}")
    print(f"memory {at_start:.0f} MB at the start, {warm:.0f} MB once warm, {at_end:.0f} MB at the end")
    print(f"slowest answer {slowest[0]:.2f} s: {slowest[1]!r}")
    sys.exit(1 if at_end > _MAY_GROW * warm else 0)


def _question(questions: list[str], drawn: random.Random) -> str:
    """One of the sets, or several run together, or one with its letters in disorder."""
    text = drawn.choice(questions)
    kind = drawn.random()
    if kind < 0.1:
        return " ".join(drawn.choices(questions, k=12))[:2000]
    return "".join(drawn.sample(text, len(text))) if kind < 0.2 else text


def _ask(assistant: Assistant, text: str) -> None:
    try:
        said = assistant.ask(text).text
    except AnswerError as error:
        said = str(error)
    assert said


def _visit(assistant: Assistant, number: int) -> None:
    library = PrivateLibrary(assistant, user_folders().index)
    try:
        library.add(f"{RULES}2. Bench {number} is green.\n".encode(), "rules.txt", "en")
        assert library.ask("Which bench is green?")
    finally:
        library.close()


if __name__ == "__main__":
    main()
