"""The usual recipe: the running text cut into windows of 1,000 characters that overlap, one vector each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import groupby

import numpy as np

from corpus import Provision
from eval.asking.dataset import Item
from eval.asking.response import Cited, Response
from eval.systems.embedding import CachedEmbedding
from index import SearchIndex
from index.embedders.embedder import FloatArray
from qa.understanding.scope import scope_of

_LENGTH = 1000
_OVERLAP = 200
_RETRIEVED = 10


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of an edition, and the provisions it touches, the one with most of its characters first."""

    document: str
    language: str
    wording: str
    text: str
    provisions: tuple[str, ...]


class Windows:
    """Ranks windows by cosine. A window stands for every provision it touches, which is generous: what it is cited for
    is the provision that fills most of it, without a quote, since it knows no bounds of provisions."""

    def __init__(self, name: str, index: SearchIndex, today: Callable[[], date], embedding: CachedEmbedding) -> None:
        self.name = name
        self._index = index
        self._today = today
        self._embedding = embedding

    @cached_property
    def _windows(self) -> tuple[Window, ...]:
        editions = groupby(self._index.provisions, key=lambda p: (p.document, p.language, p.wording))
        return tuple(window for _, provisions in editions for window in windows_of(tuple(provisions)))

    @cached_property
    def _vectors(self) -> FloatArray:
        return self._embedding.passages([window.text for window in self._windows])

    def respond(self, item: Item) -> Response:
        scope = scope_of(self._index.documents, named=item.document, as_of=item.as_of or self._today())
        scores = self._vectors @ self._embedding.query(item.question)
        found: dict[str, float] = {}
        best: Window | None = None
        count = 0
        for place in np.argsort(-scores, kind="stable"):
            window = self._windows[place]
            if window.document not in scope.primary or not (
                window.wording == "official" or window.language == item.language
            ):
                continue
            best = best or window
            for identifier in window.provisions:
                found.setdefault(identifier, float(scores[place]))
            count += 1
            if count == _RETRIEVED:
                break
        cited = (Cited(best.provisions[0], None, best.language),) if best else ()
        return Response(tuple(found.items()), cited, False, best.text if best else "", item.language)


def windows_of(provisions: Sequence[Provision]) -> Iterator[Window]:
    """The windows of one edition, in its order."""
    text, spans = "", []
    for provision in provisions:
        start = len(text)
        text += f"{provision.article_title} {provision.text}".strip() + "\n"
        spans.append((provision.id, start, len(text)))
    first = provisions[0]
    for start in range(0, max(len(text) - _OVERLAP, 1), _LENGTH - _OVERLAP):
        end = start + _LENGTH
        touched = [(min(b, end) - max(a, start), name) for name, a, b in spans if a < end and b > start]
        touched.sort(key=lambda pair: -pair[0])
        names = tuple(name for _, name in touched)
        yield Window(first.document, first.language, first.wording, text[start:end], names)
