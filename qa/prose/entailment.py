"""Whether a text entails a sentence, by a model for natural-language inference, for those who have one.

Such a model replaces nothing: it is one more check that can doubt. Importing torch takes seconds: only here.
"""

from __future__ import annotations

import threading
from typing import Any

from index.embedders.hub import source_of
from qa.errors import AnswerError


class EntailmentUnavailable(AnswerError):
    """The model cannot be loaded or has no label for entailment; the message says why."""


class Entailment:
    """Any sequence classifier of `transformers` with a label for entailment, by hub name or folder."""

    def __init__(self, name: str) -> None:
        try:
            source = source_of(name)
            from transformers import AutoModelForSequenceClassification, AutoTokenizer

            self._tokenizer: Any = AutoTokenizer.from_pretrained(source)
            model: Any = AutoModelForSequenceClassification.from_pretrained(source)
        except (ImportError, OSError, ValueError, RuntimeError, KeyError) as error:
            reason = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
            raise EntailmentUnavailable(f"The entailment model {name!r} cannot be loaded: {reason}") from error
        labels = {int(place): str(label).lower() for place, label in model.config.id2label.items()}
        wanted = [place for place, label in labels.items() if label.startswith("entail")]
        if not wanted:
            known = ", ".join(labels.values())
            raise EntailmentUnavailable(f"The model {name!r} has no label for entailment, only {known}.")
        self.name = name
        self._label = wanted[0]
        self._model = model.eval()
        self._lock = threading.Lock()

    def probability(self, premise: str, hypothesis: str) -> float:
        """Of the premise entailing the hypothesis, from 0 to 1."""
        import torch

        with self._lock, torch.inference_mode():
            given = self._tokenizer(premise, hypothesis, return_tensors="pt", truncation="only_first", max_length=512)
            return float(self._model(**given).logits[0].softmax(-1)[self._label])


def open_entailment(name: str | None) -> Entailment | None:
    """The model named; None where none is. Raises `EntailmentUnavailable`."""
    return Entailment(name) if name else None
