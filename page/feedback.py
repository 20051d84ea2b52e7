"""Feedback on answers, a JSON object a line in the data folder; the question only with its asker's consent."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from filelock import FileLock

from qa.answer import Answer

Verdict = Literal["helpful", "wrong"]


def keep_feedback(folder: Path, answer: Answer, verdict: Verdict, *, with_question: bool) -> None:
    """Append one line to `feedback.jsonl`, without what names the visitor's own documents. Raises OSError."""
    row = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "verdict": verdict,
        "language": answer.language,
        "abstained": answer.abstained.reason if answer.abstained else None,
        "citations": [citation.provision for citation in answer.citations if citation.status != "private"],
        "fingerprint": answer.fingerprint,
    }
    if with_question:
        row["question"] = answer.question
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "feedback.jsonl"
    with FileLock(path.with_suffix(".lock")), path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(row, ensure_ascii=False) + "\n")
