"""A chat model by `transformers`: a hub name, a folder, or a GGUF file. Importing torch takes seconds: only here."""

from __future__ import annotations

import threading
import time
from collections.abc import Generator as Pieces
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from index.embedders.hub import source_of
from qa.prose.generators.generator import ChatMessage, Completion, GeneratorUnavailable, Wanted


class TransformersGenerator:
    """Greedy decoding on the best device there is; one model, one conversation at a time."""

    def __init__(self, name: str) -> None:
        self.name = name
        path = Path(name).expanduser()
        where, arguments = name, {}
        if path.suffix.lower() == ".gguf":
            where, arguments = str(path.parent), {"gguf_file": path.name}
        try:
            source = source_of(where)
            import torch
            from transformers import AutoModelForCausalLM, AutoTokenizer

            device = "cuda" if torch.cuda.is_available() else "mps" if torch.backends.mps.is_available() else "cpu"
            # Half precision halves the memory where the device computes in it; a CPU mostly does not.
            dtype = torch.float32 if device == "cpu" else torch.bfloat16
            self._tokenizer: Any = AutoTokenizer.from_pretrained(source, **arguments)
            model: Any = AutoModelForCausalLM.from_pretrained(source, dtype=dtype, **arguments)
            self._model = model.to(device).eval()
        except (ImportError, OSError, ValueError, RuntimeError, KeyError) as error:
            reason = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
            raise GeneratorUnavailable(f"The model {name!r} cannot be loaded: {reason}") from error
        if not getattr(self._tokenizer, "chat_template", None):
            raise GeneratorUnavailable(f"The model {name!r} has no chat template; name one made for conversation.")
        self._lock = threading.Lock()

    def stream(self, messages: Sequence[ChatMessage], *, most_tokens: int) -> Iterator[str]:
        yield from self._pieces(messages, most_tokens)

    def _pieces(self, messages: Sequence[ChatMessage], most_tokens: int) -> Pieces[str, None, None]:
        from transformers import StoppingCriteriaList, TextIteratorStreamer

        stop = threading.Event()
        failures: list[BaseException] = []
        # What looks like the model's own marks inside a text would open a message of its own.
        marks = [mark for mark in self._tokenizer.all_special_tokens if mark.strip()]
        chat = [{"role": message.role, "content": _without(message.content, marks)} for message in messages]
        with self._lock:
            given = self._given(chat).to(self._model.device)
            streamer: Any = TextIteratorStreamer(self._tokenizer, skip_prompt=True, skip_special_tokens=True)

            def work() -> None:
                try:
                    self._model.generate(
                        **given,
                        streamer=streamer,
                        max_new_tokens=most_tokens,
                        do_sample=False,
                        stopping_criteria=StoppingCriteriaList([lambda *_, **__: stop.is_set()]),
                        pad_token_id=self._tokenizer.eos_token_id,
                    )
                except (RuntimeError, ValueError, IndexError) as error:
                    failures.append(error)
                    streamer.end()

            thread = threading.Thread(target=work, name="generator", daemon=True)
            thread.start()
            try:
                yield from streamer
            finally:
                stop.set()
                thread.join()
        if failures:
            raise GeneratorUnavailable(f"The model {self.name!r} failed: {failures[0]}") from failures[0]

    def complete(
        self, messages: Sequence[ChatMessage], *, most_tokens: int, seconds: float, wanted: Wanted | None = None
    ) -> Completion:
        """Nothing here holds the model to a form."""
        ends, text = time.monotonic() + seconds, ""
        with closing(self._pieces(messages, most_tokens)) as pieces:
            for piece in pieces:
                text += piece
                if time.monotonic() > ends:
                    raise GeneratorUnavailable(f"The model {self.name!r} took longer than {seconds:g} seconds.")
        return Completion(text)

    def _given(self, chat: list[dict[str, str]]) -> Any:
        """The conversation as the model reads it; of templates that know no system role (Gemma's), in one message."""
        from jinja2 import TemplateError

        def read(messages: list[dict[str, str]]) -> Any:
            return self._tokenizer.apply_chat_template(
                messages, add_generation_prompt=True, return_tensors="pt", return_dict=True
            )

        try:
            return read(chat)
        except TemplateError:
            return read([{"role": "user", "content": "\n\n".join(message["content"] for message in chat)}])


def _without(text: str, marks: Sequence[str]) -> str:
    for mark in marks:
        text = text.replace(mark, " ")
    return text
