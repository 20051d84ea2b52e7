"""What a model that answers in batches writes: it is asked until nothing is left to ask, and what passes is counted."""

from __future__ import annotations

import json
import re
from pathlib import Path

from eval.asking.dataset import Item
from eval.verification.prose import Recorded, questions, table, to_read, written
from qa import Answer, Assistant
from qa.prose.generators.generator import Completion
from qa.prose.judge import examination

_TRUE = "No. Nobody may be put to death [1]. Whoever asks is put to death [1]."
_ITEM = Item("a1", "Is there a death penalty?", "en", True, ("kz-constitution-2026#art_17__para_2",), split="dev")


def _replied(generator: Recorded) -> dict[str, Completion]:
    """Replies of a model that writes so, and judges as the examination has it."""
    good = {claim.sentence for trial in examination() for claim, is_true in trial if is_true}
    good |= {"No. Nobody may be put to death.", "Nobody may be put to death."}
    found = dict(generator.replies)
    for key, request in generator.missing.items():
        system, user = (message["content"] for message in request["body"]["messages"])
        if "You check sentences" not in system:
            found[key] = Completion(_TRUE)
            continue
        told = user.split("Sentences:")[1]
        form = r"^(\d+)\. \(rests on [A-Z, ]+\)(?: To the question “[^”]+”:)? (.*)$"
        borne_out = [int(n) for n, text in re.findall(form, told, re.MULTILINE) if text in good]
        found[key] = Completion(json.dumps({"borne_out": borne_out}))
    return found


def _rounds(assistant: Assistant) -> tuple[list[int], list[Answer]]:
    """How many requests each round left open, and the answers of the last."""
    replies: dict[str, Completion] = {}
    left = []
    while True:
        generator = Recorded(replies)
        answers = written(assistant, [_ITEM], generator)
        left.append(len(generator.missing))
        if not generator.missing:
            return left, answers
        replies = _replied(generator)


def test_a_batch_is_asked_in_rounds_and_counted(assistant: Assistant) -> None:
    left, answers = _rounds(assistant)
    assert left == [len(examination()) + 1, 1, 0]
    counts = table(answers)
    expected = {
        "answers written about": 1,
        "sentences written": 2,
        "sentences shown": 1,
        "of them with yes or no": 1,
    }
    for name, number in expected.items():
        assert re.search(rf"^{name} +{number}$", counts, re.MULTILINE), counts
    shown = "\n".join(to_read(answers))
    assert "- No. Nobody may be put to death." in shown
    assert "Whoever asks" not in shown


def test_questions_for_tests_and_those_without_an_answer_are_left_out(tmp_path: Path) -> None:
    rows = [
        {"id": f"q{n}", "question": f"Question {n}?", "language": "en", "answerable": n != 1, "split": split}
        | {"gold": ["kz-constitution-2026#art_17"] if n != 1 else [], "category": "x"}
        for n, split in enumerate(("dev", "dev", "test", "dev", "dev"))
    ]
    path = tmp_path / "asked.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    assert [item.id for item in questions([path], 2)] == ["q0", "q3"]
    assert [item.id for item in questions([path])] == ["q0", "q3", "q4"]
