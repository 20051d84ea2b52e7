"""The weights that ship: multilingual-e5-small (Wang et al. 2024, "Multilingual E5 Text Embeddings"; MIT), trained
further on what people ask (`make train`), at four bits, with the vocabulary that Kazakh, Russian and English need."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import rtoml

from corpus.files import write_atomically

WEIGHTS = Path(__file__).with_name("e5-small-atazan-q4.bin")
_PINNED: dict[str, str | int] = rtoml.loads(WEIGHTS.with_suffix(".toml").read_text(encoding="utf-8"))
WEIGHTS_SHA256, _WEIGHTS_SIZE = str(_PINNED["sha256"]), int(_PINNED["bytes"])
# Tokens of a query that are read: about 650 letters of Russian, or 750 of English. Each takes a millisecond of a core,
# and what a longer story is about its beginning and its end say.
LONGEST_QUERY = 192
QUERY, PASSAGE = "query: ", "passage: "  # the roles, before a text


def weights_checksum(weights: Path = WEIGHTS) -> str:
    """SHA-256 of the weights on this machine, lower-case hex."""
    with weights.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def pin_weights(weights: Path) -> None:
    """Write down beside the weights which they are, as `WEIGHTS_SHA256` has it from the next start on."""
    which = f'sha256 = "{weights_checksum(weights)}"\nbytes = {weights.stat().st_size}\n'
    write_atomically(weights.with_suffix(".toml"), f"# Written by `make train`.\n{which}".encode())


def e5_fingerprint(weights: Path = WEIGHTS) -> str:
    """Of the vectors: whichever engine works them out, the weights are the same, and the vectors too but for a last
    digit."""
    # To read the weights through takes longer than an answer, and a file of this size under this name is theirs;
    # `atazan doctor` and the tests read them.
    known = weights == WEIGHTS and weights.stat().st_size == _WEIGHTS_SIZE
    return f"e5 {WEIGHTS_SHA256 if known else weights_checksum(weights)}"


def shortened(text: str, count: Callable[[str], int]) -> str:
    """The text; of one that has more than `LONGEST_QUERY` tokens, by the `count`, the beginning and the end, as many of
    each."""
    while (tokens := count(text)) > LONGEST_QUERY:
        half = len(text) * LONGEST_QUERY * 48 // (tokens * 100)  # a little less: tokens are not spread evenly
        text = f"{text[:half]} {text[len(text) - half :]}"
    return text
