"""Naming an index by all that its answers depend on."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corpus.catalogue import Document
from index.fusion import FusionWeights, LayerWeights, learned_weights
from index.matters import MatterSource
from index.storage.shipped import shipped_version

FORMAT = 26  # raise it whenever parsing, the texts embedded or the files on disk change
Contrast = Mapping[str, Sequence[str]]  # texts by language


@dataclass(frozen=True, slots=True)
class IndexedDocument:
    """A document with the editions of it that are indexed.

    `checksums` are of normalised texts, each after its language, "plain" and language for the layer's, or "beside",
    language and day for an edition of which only the notes' history is kept.
    """

    document: Document
    checksums: tuple[tuple[str, str], ...]


def fingerprint(
    documents: Sequence[IndexedDocument],
    embedder_fingerprint: str,
    *,
    weights: FusionWeights | None = None,
    layer_weights: LayerWeights | None = None,
    contrast: Contrast | None = None,
    unanswered: Contrast | None = None,
    matters: MatterSource | None = None,
) -> str:
    """Names an index: the same fingerprint means the same answers."""
    record = {
        "shipped": shipped_version(),
        "format": FORMAT,
        "embedder": embedder_fingerprint,
        "weights": (weights or FusionWeights()).as_dict(),
        "layer_weights": (layer_weights or learned_weights()).as_dict(),
        "contrast": {language: list(texts) for language, texts in (contrast or {}).items()},
        "unanswered": {language: list(texts) for language, texts in (unanswered or {}).items()},
        "matters": matters.checksum if matters else None,
        "documents": [
            [
                d.document.id,
                d.document.status,
                str(d.document.adopted),
                str(d.document.since),
                str(d.document.until),
                d.checksums,
            ]
            for d in documents
        ],
    }
    return hashlib.sha256(json.dumps(record, sort_keys=True).encode("utf-8")).hexdigest()[:16]
