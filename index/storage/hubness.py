"""Texts that are near to whatever is asked.

In a space of many dimensions some points, the hubs, are among the nearest neighbours of very many others (Radovanović,
Nanopoulos and Ivanović 2010). A text's cosine with a question is therefore compared with what it has with questions on
other things: the second half of cross-domain similarity local scaling (Conneau et al. 2018, "Word translation without
parallel data", section 2.3).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from corpus.provision import Provision
from index.embedders.embedder import FloatArray
from index.texts import IndexedText

_QUESTIONS = 2_000  # spread evenly over all there are
_NEAREST = 5
_AT_ONCE = 1024  # texts that are compared at once


def hubness(
    provisions: Sequence[Provision], texts: Sequence[IndexedText], vectors: FloatArray, questions: Sequence[int]
) -> FloatArray | None:
    """For each of the `n` texts, the mean cosine with its nearest questions, less the mean of that over its document:
    `(n,)` float32. `vectors` are `(m, d)`, those of the texts first; `questions` are rows among them, on other
    documents. 0 for a document with a plain-language layer, whose evidence is learned; None without questions.
    """
    if len(questions) < _NEAREST:
        return None
    chosen = np.asarray(questions)[np.linspace(0, len(questions) - 1, min(len(questions), _QUESTIONS), dtype=np.int64)]
    asked = vectors[chosen].T
    layered = {p.document for p in provisions if p.wording == "plain"}
    documents = np.array([provisions[text.provision].document for text in texts], dtype=object)
    found = np.zeros(len(texts), dtype=np.float32)
    for document in dict.fromkeys(documents):
        if document not in layered:
            own = np.flatnonzero(documents == document)
            for start in range(0, len(own), _AT_ONCE):
                part = own[start : start + _AT_ONCE]
                cosines = vectors[part] @ asked
                found[part] = np.partition(cosines, -_NEAREST, axis=1)[:, -_NEAREST:].mean(axis=1)
            found[own] -= found[own].mean()
    return found
