"""Which texts stand for a provision in the index, and how they are worded for the embedder.

A provision of an official edition is found by the whole of it and by its sentences; an entry of the plain-language
layer by its heading and words, by what people say for what it speaks of, and by what they ask.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
import numpy.typing as npt

from corpus.provision import Provision
from corpus.text.folding import fold_letters
from corpus.text.sentences import sentence_spans

_LIST_CHARACTERS = 700  # of a lead-in's points, enough to say what the list is about
_HEAD_CHARACTERS = 120

TextKind = Literal["whole", "sentence", "entry", "everyday", "asked"]
TEXT_KINDS: tuple[TextKind, ...] = get_args(TextKind)


@dataclass(frozen=True, slots=True)
class IndexedText:
    """One text that finds a provision; `start:end` is the part of the provision's body that it stands for."""

    provision: int
    kind: TextKind
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class TextTable:
    """Texts as columns `(n,)`, without their words, which only building needs; `kind` counts in `TEXT_KINDS`."""

    provision: npt.NDArray[np.int32]
    kind: npt.NDArray[np.int8]
    start: npt.NDArray[np.int32]
    end: npt.NDArray[np.int32]

    @classmethod
    def of(cls, texts: Sequence[IndexedText]) -> TextTable:
        """The texts in their order."""
        place = {kind: i for i, kind in enumerate(TEXT_KINDS)}
        return cls(
            np.array([text.provision for text in texts], dtype=np.int32),
            np.array([place[text.kind] for text in texts], dtype=np.int8),
            np.array([text.start for text in texts], dtype=np.int32),
            np.array([text.end for text in texts], dtype=np.int32),
        )

    def __len__(self) -> int:
        return len(self.provision)

    def __iter__(self) -> Iterator[IndexedText]:
        return (self[row] for row in range(len(self)))

    def __getitem__(self, row: int) -> IndexedText:
        return IndexedText(
            int(self.provision[row]), TEXT_KINDS[self.kind[row]], int(self.start[row]), int(self.end[row]), ""
        )


def indexed_texts(provisions: Sequence[Provision]) -> list[IndexedText]:
    """Texts of all provisions that say something: excluded ones are left out.

    Each text is headed by what a reader sees above it (measured in docs/retrieval.md); the section's title only where
    there is no plain-language layer, whose headings of articles tell more. A lead-in alone ("The
    Kurultai:") is near to everything short, so it is joined by the beginning of its list.
    """
    points: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for provision in provisions:
        if provision.lead_in:
            points[provision.document, provision.language, provision.lead_in].append(provision.body)
    layered = {provision.document for provision in provisions if provision.wording == "plain"}
    texts: list[IndexedText] = []
    # Look-alike letters make other words of a text's words to the embedder, as they do to a search.
    for ordinal, provision in enumerate(provisions):
        if provision.excluded:
            continue
        if provision.wording == "plain":
            texts += _plain_texts(ordinal, provision)
            continue
        body = provision.body
        head = head_of(provision, "" if provision.document in layered else provision.section)
        listed = points.get((provision.document, provision.language, body), [])
        texts += [IndexedText(ordinal, "asked", 0, len(body), as_sentence(question)) for question in provision.asked]
        texts.append(IndexedText(ordinal, "whole", 0, len(body), fold_letters(head + with_list(body, listed))))
        spans = sentence_spans(body)
        if len(spans) > 1:
            texts += [IndexedText(ordinal, "sentence", a, b, fold_letters(head + body[a:b])) for a, b in spans]
    return texts


def _plain_texts(ordinal: int, entry: Provision) -> list[IndexedText]:
    end = len(entry.body)
    texts = [IndexedText(ordinal, "entry", 0, end, f"{entry.article_title}. {entry.body}")]
    if entry.everyday:
        texts.append(IndexedText(ordinal, "everyday", 0, end, ", ".join(entry.everyday)))
    texts += [IndexedText(ordinal, "asked", 0, end, as_sentence(question)) for question in entry.asked]
    return texts


def with_list(body: str, listed: Sequence[str]) -> str:
    """A lead-in with the beginning of the list under it; any other text as it is."""
    return " ".join([body, *listed])[:_LIST_CHARACTERS] if listed and body.endswith(":") else body


def head_of(provision: Provision, section: str) -> str:
    """What stands above the text: the article's title where it has one, else the section's; then the lead-in."""
    parts = [(provision.article_title or section)[:_HEAD_CHARACTERS]]
    if provision.lead_in:
        parts.append(provision.lead_in.rstrip(": ")[-_HEAD_CHARACTERS:])
    head = ". ".join(part.strip(" .") for part in parts if part)
    return f"{head}: " if provision.lead_in else f"{head}. " if head else ""


def as_sentence(question: str) -> str:
    """The question as it stands in print: embedding models mind the first capital and the question mark, people
    who type do not."""
    folded = fold_letters(question)
    text = folded[:1].upper() + folded[1:]
    return text if text.endswith((".", "!", "?", "…", "»", "”", '"')) else f"{text}?"
