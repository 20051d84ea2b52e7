"""What a model that answers in batches writes over answers, and what of it would be shown.

`python -m eval.verification.prose FILE... [--most N] [--batch-in REPLIES]... [--batch-out REQUESTS] [--show]` asks the
answerable questions of data sets that are not for tests, and writes what the model is still to be asked in the batch
format of OpenAI: first the examination of judges and what to write, then, with those replies, what to judge. What
passes is counted when nothing is left to be asked; `--show` prints it to be read, with what it rests on.
"""

from __future__ import annotations

import argparse
import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from corpus import user_folders
from eval.asking.batch import read_replies, write_requests
from eval.asking.dataset import Item, load
from qa import Answer, Assistant, open_assistant
from qa.composing.composition import plain_words
from qa.prose.generators.endpoint_generator import completion_request
from qa.prose.generators.generator import ChatMessage, Completion, GeneratorUnavailable, Wanted
from qa.prose.generators.marks import Marks
from qa.prose.judge import Judge, examination
from qa.prose.outright import without_outright
from qa.prose.writing import Writer

_MODEL = "model"


@dataclass(slots=True)
class Recorded:
    """A generator that gives replies there are, by what it is told, and keeps what it was asked beyond them."""

    replies: Mapping[str, Completion]
    name: str = _MODEL
    missing: dict[str, dict[str, Any]] = field(default_factory=dict)

    def stream(self, messages: Sequence[ChatMessage], *, most_tokens: int) -> Iterator[str]:
        yield self._said(messages, most_tokens, None).text

    def complete(
        self, messages: Sequence[ChatMessage], *, most_tokens: int, seconds: float, wanted: Wanted | None = None
    ) -> Completion:
        return self._said(messages, most_tokens, wanted)

    def _said(self, messages: Sequence[ChatMessage], most_tokens: int, wanted: Wanted | None) -> Completion:
        key = hashlib.sha256("\0".join(message.content for message in messages).encode()).hexdigest()[:24]
        if (said := self.replies.get(key)) is not None:
            return said
        body = completion_request(messages, self.name, most_tokens, wanted)
        self.missing[key] = {"custom_id": key, "method": "POST", "url": "/v1/chat/completions", "body": body}
        raise GeneratorUnavailable(f"{self.name} has not been asked that yet")


def questions(paths: Sequence[Path], most: int | None = None) -> list[Item]:
    """The answerable questions of the files, none of their `test` splits; the first ones of each file and language."""
    found = []
    for path in paths:
        taken: Counter[str] = Counter()
        for item in load(path):
            if item.answerable and item.split != "test" and (most is None or taken[item.language] < most):
                taken[item.language] += 1
                found.append(item)
    return found


def written(assistant: Assistant, items: Sequence[Item], generator: Recorded) -> list[Answer]:
    """The answers with what the generator writes over them. A model that has not been examined yet only writes."""
    judge = Judge(generator, Marks())
    for trial in examination():
        with suppress(GeneratorUnavailable):  # the request is kept
            judge.borne_out([claim for claim, _ in trial])
    writer = Writer(assistant.index, generator, judge=None if generator.missing else judge)
    found = []
    for item in items:
        answer = assistant.ask(item.question, language=item.language)
        if not answer.abstained:
            found += list(writer.write(answer))[-1:]
    return found


def table(answers: Sequence[Answer]) -> str:
    """The counts, a line each."""
    shown = [s for a in answers if a.mode == "written" for s in a.written if not s.doubts]
    dropped = [s.doubts[0].split(":")[0] for a in answers for s in a.written if s.doubts]
    lines = [
        f"answers written about    {len(answers)}",
        f"of them wholes           {sum(bool(a.subjects) for a in answers)}",
        f"with prose shown         {sum(a.mode == 'written' for a in answers)}",
        f"sentences written        {sum(len(a.written) for a in answers)}",
        f"sentences shown          {len(shown)}",
        f"of them with yes or no   {sum(without_outright(s.text) != s.text for s in shown)}",
    ]
    return "\n".join([*lines, *(f"  dropped, {reason}: {count}" for reason, count in Counter(dropped).most_common())])


def to_read(answers: Sequence[Answer]) -> Iterator[str]:
    """What is shown, a question and its sentences with what they rest on, to be read against it."""
    for answer in answers:
        sentences = [s for s in answer.written if not s.doubts] if answer.mode == "written" else []
        cited = {c.provision: c for c in answer.citations}
        if sentences:
            yield f"\n# {answer.question}"
        for sentence in sentences:
            yield f"- {sentence.text}"
            for name in sentence.provisions:
                citation = cited[name]
                yield f"    {citation.label}: {plain_words(citation, answer.language)} | {citation.quote}"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m eval.verification.prose")
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--most", type=int)
    parser.add_argument("--batch-in", action="append", type=Path, default=[])
    parser.add_argument("--batch-out", type=Path)
    parser.add_argument("--show", action="store_true")
    given = parser.parse_args()
    generator = Recorded(read_replies(given.batch_in).of)
    answers = written(open_assistant(user_folders()), questions(given.files, given.most), generator)
    if generator.missing:
        print(f"{len(generator.missing)} requests are still to be answered")
        if given.batch_out:
            write_requests(given.batch_out, generator.missing.values())
        return
    print(table(answers))
    if given.show:
        print("\n".join(to_read(answers)))


if __name__ == "__main__":
    main()
