"""`python -m eval.written MODEL [--answers N] [--texts FILE]`: what a generator writes, and what of it would be shown.

Asks the first English `dev` questions on the Constitution that are answered. What the model writes is kept in FILE, and
taken from there the next time, so that the verification can be measured again without the model.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus import user_folders
from corpus.files import write_atomically
from eval.command import asking
from eval.dataset import load
from qa import Answer, Assistant, open_assistant
from qa.generator import ChatMessage, Generator, open_generator
from qa.tagged_sentences import tagged_sentences
from qa.writing import Writer

_QUESTIONS = Path(__file__).parent / "datasets" / "kz-2026.jsonl"
_MOST_TOKENS = 100


@dataclass(slots=True)
class Kept:
    """A generator whose texts are kept by question; without a `model`, the kept ones alone."""

    name: str
    texts: dict[str, str]
    model: Generator | None = None
    question: str = ""
    is_tagged: bool = False  # every sentence without a tag is given the first one: a harder trial for the check

    def stream(self, messages: Sequence[ChatMessage], *, most_tokens: int) -> Iterator[str]:
        if self.question not in self.texts and self.model:
            self.texts[self.question] = "".join(self.model.stream(messages, most_tokens=most_tokens))
        text = self.texts.get(self.question, "")
        yield (
            " ".join(f"{s.text} [{s.tags[0] if s.tags else 1}]\n" for s in tagged_sentences(text))
            if self.is_tagged
            else text
        )


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts over the answers written about: sentences in all, shown, and dropped by reason."""

    answers: int
    written: int
    sentences: int
    shown: int
    reasons: Counter[str]


def written(assistant: Assistant, generator: Kept, count: int) -> list[Answer]:
    """The answers to the first `count` questions, with what was written about them."""
    writer = Writer(assistant.index, generator)
    items = [item for item in load(_QUESTIONS, split="dev") if item.language == "en"]
    answers = [answer for item in items if not (answer := assistant.ask(item.question)).abstained][:count]
    found = []
    with asking(generator.name) as on_question:
        for position, answer in enumerate(answers, 1):
            generator.question = answer.question
            found += list(writer.write(answer, most_tokens=_MOST_TOKENS))[-1:]
            on_question(position, len(answers))
    return found


def figures(answers: Sequence[Answer]) -> Figures:
    """What became of the sentences."""
    sentences = [sentence for answer in answers for sentence in answer.written]
    reasons = Counter(sentence.doubts[0].split(":")[0] for sentence in sentences if sentence.doubts)
    shown = [s for answer in answers if answer.mode == "written" for s in answer.written if not s.doubts]
    mode = sum(answer.mode == "written" for answer in answers)
    return Figures(len(answers), mode, len(sentences), len(shown), reasons)


def main() -> None:
    """Prints the counts; with `--show` every sentence shown, beside its provision, to be read."""
    parser = argparse.ArgumentParser(prog="python -m eval.written")
    parser.add_argument("model", help="a model's name, folder, GGUF file or address")
    parser.add_argument("--answers", type=int, default=100)
    parser.add_argument("--texts", type=Path)
    parser.add_argument("--show", action="store_true")
    given = parser.parse_args()
    kept: dict[str, str] = {}
    if given.texts and given.texts.is_file():
        kept = json.loads(given.texts.read_text(encoding="utf-8"))
    assistant = open_assistant(user_folders())
    model = open_generator(given.model) if len(kept) < given.answers else None
    writes = Kept(Path(given.model).name, kept, model)
    answers = written(assistant, writes, given.answers)
    if given.texts:
        write_atomically(given.texts, json.dumps(kept, ensure_ascii=False, indent=1).encode("utf-8"))
    print(table(figures(answers)))
    writes.is_tagged = True
    answers = written(assistant, writes, given.answers)
    print("\nwith a tag given to every sentence that has none:\n" + table(figures(answers)))
    if given.show:
        for answer in answers:
            for sentence in answer.written if answer.mode == "written" else ():
                if not sentence.doubts:
                    print(f"\n{answer.question}\n  {sentence.text} {sentence.provisions}")


def table(found: Figures) -> str:
    """The counts, a line each."""
    lines = [
        f"answers written about          {found.answers}",
        f"of them with prose shown       {found.written}",
        f"sentences written              {found.sentences}",
        f"sentences shown                {found.shown}",
    ]
    lines += [f"  dropped, {reason}: {count}" for reason, count in found.reasons.most_common()]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
