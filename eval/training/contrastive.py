"""Contrastive training of the embedder's layers: InfoNCE within the batch (van den Oord, Li and Vinyals 2018), with the
masks and the four-bit weights that ours needs.

Texts of one article are never negatives of each other. The words' embeddings stay as they are: few of them are met.
Each step rounds the weights to the four bits that ship, and passes the gradient straight through the rounding (Bengio,
Léonard and Courville 2013), so that what is learned outlives it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch
import torch.nn.functional as F  # noqa: N812 - as everybody names it
from torch import nn
from torch.nn.utils import clip_grad_norm_, parametrize

from eval.training.pairs import Batch, Pairs, TrainingText
from index.embedders.e5_file import BLOCK
from index.embedders.e5_weights import PASSAGE, QUERY
from index.embedders.transformers_e5 import Tokens, padded, pooled

if TYPE_CHECKING:
    from transformers import BertModel

# Near that of the model's own training: cosines keep their range, and with it what is weighed against them.
_TEMPERATURE = 0.02
_LONGEST = 62  # tokens of a text that are read: of a long one, training sees the beginning
_AT_ONCE = 48  # texts, of about one length
_LENGTH_STEP = 8  # to which lengths are rounded up: the library prepares itself anew for every shape


@dataclass(frozen=True, slots=True)
class Settings:
    """`pairs`, `strangers` and those `near` to a pair in a batch; the learning rate rises over `warm` steps and falls
    along a cosine."""

    steps: int = 800
    pairs: int = 96
    strangers: int = 24
    near: int = 24
    rate: float = 1e-4
    warm: int = 50
    decay: float = 0.01


class FourBits(nn.Module):
    """Weights `(rows, columns)` as `e5_file.quantised` keeps them (a test holds the two alike); the gradient goes
    straight through."""

    def forward(self, weights: torch.Tensor) -> torch.Tensor:
        with torch.no_grad():
            blocks = weights.reshape(-1, BLOCK)
            largest = blocks.gather(1, blocks.abs().argmax(1, keepdim=True))
            scales = (largest / -8).half().float()
            inverse = torch.where(scales == 0, 0.0, 1 / scales)
            levels = torch.floor(blocks * inverse + 8.5).clamp(0, 15) - 8
            change = (levels * scales).reshape(weights.shape) - weights
        return weights + change


class Trainer:
    """Trains the encoder in place."""

    def __init__(self, model: BertModel, tokens: Tokens, settings: Settings) -> None:
        self._model, self._tokens, self._settings = model, tokens, settings
        for parameter in model.embeddings.parameters():
            parameter.requires_grad = False
        self._trained = [parameter for parameter in model.parameters() if parameter.requires_grad]
        self._optimiser = torch.optim.AdamW(self._trained, lr=settings.rate, weight_decay=settings.decay)

    def train(self, pairs: Pairs, told: Callable[[int, float], None]) -> None:
        """All the steps; `told` of each with its loss."""
        self._model.train()
        with four_bit(self._model):
            for step in range(1, self._settings.steps + 1):
                for group in self._optimiser.param_groups:
                    group["lr"] = self._rate(step)
                told(step, self._step(pairs.batch(self._settings.pairs, self._settings.strangers, self._settings.near)))
        self._model.train(mode=False)

    def _rate(self, step: int) -> float:
        s = self._settings
        cosine = 0.5 * (1 + math.cos(math.pi * step / s.steps))
        return s.rate * min(1.0, step / s.warm) * (0.05 + 0.95 * cosine)

    def _step(self, batch: Batch) -> float:
        with parametrize.cached(), torch.autocast("cpu", torch.bfloat16):
            vectors = self._embedded([*batch.anchors, *batch.positives, *batch.strangers])
            loss = contrastive_loss(vectors, [text.article for text in batch.anchors])
            self._optimiser.zero_grad()
            torch.autograd.backward(loss)
        clip_grad_norm_(self._trained, 1.0)
        self._optimiser.step()
        return loss.item()

    def _embedded(self, texts: Sequence[TrainingText]) -> torch.Tensor:
        """Unit vectors `(n, d)`; those of about one length are worked on together."""
        rows = [self._framed(text) for text in texts]
        order = sorted(range(len(rows)), key=lambda i: len(rows[i]))
        parts = []
        for start in range(0, len(order), _AT_ONCE):
            batch = [rows[i] for i in order[start : start + _AT_ONCE]]
            ids, mask = padded(batch, self._tokens.pad, _LENGTH_STEP)
            parts.append(F.normalize(pooled(self._model, ids, mask), dim=1))
        return torch.cat(parts)[torch.argsort(torch.tensor(order))]

    def _framed(self, text: TrainingText) -> list[int]:
        role = QUERY if text.role == "question" else PASSAGE
        return self._tokens.framed(self._tokens(role + text.text)[:_LONGEST])


def contrastive_loss(vectors: torch.Tensor, articles: Sequence[str]) -> torch.Tensor:
    """Of unit vectors `(2p + s, d)`: `p` anchors, their positives, `s` strangers. Each anchor is to be nearer to its
    positive than to the other positives, the other anchors and the strangers; each positive to its anchor."""
    pairs = len(articles)
    anchors, positives, strangers = torch.split(vectors, [pairs, pairs, len(vectors) - 2 * pairs])
    itself = torch.eye(pairs, dtype=torch.bool)
    akin = torch.tensor([[a == b for b in articles] for a in articles])
    across = (anchors @ positives.T / _TEMPERATURE).float()
    among = (anchors @ anchors.T / _TEMPERATURE).float().masked_fill(akin | itself, -torch.inf)
    away = (anchors @ strangers.T / _TEMPERATURE).float()
    back = (positives @ strangers.T / _TEMPERATURE).float()
    across = across.masked_fill(akin & ~itself, -torch.inf)
    wanted = torch.arange(pairs)
    forth = F.cross_entropy(torch.cat([across, among, away], dim=1), wanted)
    return (forth + F.cross_entropy(torch.cat([across.T, back], dim=1), wanted)) / 2


@contextmanager
def four_bit(model: BertModel) -> Iterator[None]:
    """Within, the layers' matrices are those that four bits keep; afterwards the ones they are rounded from."""
    matrices = [module for module in model.encoder.modules() if isinstance(module, nn.Linear)]
    for module in matrices:
        parametrize.register_parametrization(module, "weight", FourBits())
    try:
        yield
    finally:
        for module in matrices:
            parametrize.remove_parametrizations(module, "weight", leave_parametrized=False)
