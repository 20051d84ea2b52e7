"""Requests to a model that chooses among what was found, as lines of OpenAI's batch format, and its replies.

Whichever model answers them, by whatever means: a line of replies is that of the format (`custom_id` and the chat
completion in `response.body`), or only `custom_id` and `content`. A model that asked for a search is asked once more:
those requests, the second round, are written when the replies to the first are read.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.files import write_atomically
from eval.asking.dataset import Item
from eval.asking.dataset_error import DatasetError, Place
from index import SearchIndex
from qa import Answer
from qa.candidates import Candidates
from qa.choosing.reader import Reading, with_searches
from qa.choosing.reply import choice_of
from qa.choosing.request import MOST_TOKENS, form_of, messages_for
from qa.evidence.changed_text import AS_KNOWN
from qa.prose.generators.endpoint_generator import completion_of, completion_request
from qa.prose.generators.generator import Completion

_SECOND = "second"


@dataclass(frozen=True, slots=True)
class Replies:
    """What a model replied, by the request's `custom_id`."""

    model: str
    of: dict[str, Completion]

    def reading(self, key: str, answer: Answer, index: SearchIndex) -> Reading | None:
        """What came of asking the model about the answer's question; None where it was not asked, or has not been asked
        again yet."""
        first = self._reading(key, answer.candidates)
        if first is None or (more := with_searches(first, index, answer.language)) is None:
            return first
        second = self._reading(second_key(key), more)
        return second.after(first) if second else None

    def asks_again(self, key: str, answer: Answer, index: SearchIndex) -> Candidates | None:
        """What the model is to choose among a second time; None where it is not."""
        first = self._reading(key, answer.candidates)
        return with_searches(first, index, answer.language) if first else None

    def _reading(self, key: str, candidates: Candidates | None) -> Reading | None:
        said = self.of.get(key)
        if said is None or candidates is None:
            return None
        choice = choice_of(said.text, candidates)
        problem = "" if choice else "no choice"
        return Reading(self.model, candidates, choice, problem, 1, said.read, said.written)


def key_of(dataset: str, item: Item) -> str:
    """The `custom_id` of the request for a question of the data set."""
    return f"{dataset}/{item.id}"


def request(key: str, answer: Answer, candidates: Candidates, index: SearchIndex, model: str) -> dict[str, Any]:
    """One line of the batch format."""
    messages = messages_for(answer, candidates, index, AS_KNOWN)
    body = completion_request(messages, model, MOST_TOKENS, form_of(candidates))
    return {"custom_id": key, "method": "POST", "url": "/v1/chat/completions", "body": body}


def second_key(key: str) -> str:
    """The `custom_id` of the same question's request in the second round."""
    return f"{key}/{_SECOND}"


def write_requests(path: Path, requests: Iterable[dict[str, Any]]) -> int:
    """Write the lines; how many there are. Raises OSError."""
    lines = [json.dumps(line, ensure_ascii=False) for line in requests]
    write_atomically(path, "".join(f"{line}\n" for line in lines).encode("utf-8"))
    return len(lines)


def read_replies(paths: Sequence[Path]) -> Replies:
    """The replies in the files. A request that failed has none. Raises `DatasetError` for what is no reply."""
    found: dict[str, Completion] = {}
    model = ""
    for path in paths:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
                key = str(row["custom_id"])
                said = _completion(row)
            except (ValueError, LookupError, TypeError, AttributeError) as error:
                raise DatasetError("no_reply", Place(path.name, number), reason=error) from error
            if said is not None:
                found[key] = said
                model = model or str(((row.get("response") or {}).get("body") or {}).get("model") or "")
    return Replies(model or ", ".join(path.name for path in paths), found)


def _completion(row: dict[str, Any]) -> Completion | None:
    if "content" in row:
        return Completion(str(row["content"]))
    response = row.get("response") or {}
    if row.get("error") or response.get("status_code", 200) != 200:
        return None
    return completion_of(response["body"])
