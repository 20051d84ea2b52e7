"""Feedback on answers, a JSON object a line in `feedback.jsonl` of the data folder.

| field | what |
|---|---|
| `at` | when it was sent, in UTC |
| `verdict` | `helpful` or `wrong` |
| `reason`, `words` | of a wrong one: what was wrong, and the visitor's own words; left out where there are none |
| `language`, `citations`, `fingerprint` | of the answer: its language, the provisions cited, the index |
| `abstained` | why it was refused, null where it was not |
| `question` | only with its asker's consent |
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal, get_args

from filelock import FileLock

from qa.answer import Answer

Verdict = Literal["helpful", "wrong"]
Reason = Literal["provision", "incomplete", "unclear", "other"]
REASONS: tuple[Reason, ...] = get_args(Reason)
MOST_WORDS = 500  # characters


def about(answer: Answer) -> dict[str, Any]:
    """What feedback keeps of an answer besides the question, without what names the visitor's own documents."""
    return {
        "language": answer.language,
        "abstained": answer.abstained.reason if answer.abstained else None,
        "citations": [citation.provision for citation in answer.citations if citation.status != "private"],
        "fingerprint": answer.fingerprint,
    }


def keep_feedback(
    folder: Path,
    answer: Answer,
    verdict: Verdict,
    *,
    with_question: bool,
    reason: Reason | None = None,
    words: str = "",
) -> None:
    """Append one line; of `words` only the first 500 characters. Raises OSError."""
    row = {"at": datetime.now(UTC).isoformat(timespec="seconds"), "verdict": verdict}
    row |= {key: value for key, value in (("reason", reason), ("words", words.strip()[:MOST_WORDS])) if value}
    row |= about(answer)
    if with_question:
        row["question"] = answer.question
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "feedback.jsonl"
    with FileLock(path.with_suffix(".lock")), path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(row, ensure_ascii=False) + "\n")
