"""What the embedder is trained on: pairs of texts to be near each other, and questions to be near none.

A pair is of one provision: a question that people ask of it beside another such question (more often in another
language than in its own) or beside its words; of documents of which nobody asks, its text in two languages, or the
whole of it and one of its sentences.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

import numpy as np

from corpus.digest import near_misses
from corpus.provision import LANGUAGES, EditionText
from eval.training.neighbours import beside_them
from index.texts import as_sentence, indexed_texts

Role = Literal["question", "passage"]
_MOST_WEIGH = 60  # questions of a provision beyond which it is not drawn more often
_BESIDE = 0.2  # of a batch, pairs of documents other than the one with plain words
_TAKEN_FOR = 0.4  # of the rest, provisions that one of the others is taken for
_WITH_WORDS = 0.5  # of the questions, those paired with the provision's words
_OTHER_LANGUAGE = 0.6  # of the rest, at least so many with a question in another language


@dataclass(frozen=True, slots=True)
class TrainingText:
    """One text: in which role it is embedded, and of what it speaks; `provision` and `article` are empty for a question
    that nothing answers."""

    text: str
    role: Role
    language: str
    provision: str = ""
    article: str = ""


@dataclass(frozen=True, slots=True)
class Batch:
    """`anchors[i]` and `positives[i]` are of one provision, each of another; `strangers` are of none, though some come
    near to what an anchor is of."""

    anchors: Sequence[TrainingText]
    positives: Sequence[TrainingText]
    strangers: Sequence[TrainingText]


class Pairs:
    """Draws batches from the texts; the same ones for the same seed."""

    def __init__(
        self,
        editions: Sequence[EditionText],
        unanswered: Sequence[TrainingText],
        near: Mapping[str, Sequence[TrainingText]] = MappingProxyType({}),
        *,
        neighbours: Mapping[str, Mapping[str, int]] = MappingProxyType({}),
        held_out: frozenset[str] = frozenset(),
        seed: int = 0,
    ) -> None:
        """`near` are questions that nothing answers either, by the provision that they come near to. `neighbours` are
        the provisions that one is taken for, with how often. `held_out` are questions, folded by `plainly`, that are
        not to be seen."""
        self._random = np.random.default_rng(seed)
        self._unanswered, self._near, self._neighbours = unanswered, near, neighbours
        questions: dict[str, list[TrainingText]] = defaultdict(list)
        passages: dict[str, list[TrainingText]] = defaultdict(list)
        provisions = [provision for edition in editions for provision in edition.provisions]
        layered = {provision.document for provision in provisions if provision.wording == "plain"}
        documents = {}
        for row in indexed_texts(provisions):
            of = provisions[row.provision]
            asked = row.kind == "asked"
            if asked and plainly(row.text) in held_out:
                continue
            text = TrainingText(row.text, "question" if asked else "passage", of.language, of.id, of.article_id)
            (questions if asked else passages)[of.id].append(text)
            documents[of.id] = of.document
        self._questions, self._passages = questions, passages
        self._asked = [name for name, own in questions.items() if documents[name] in layered and len(own) > 1]
        self._beside = [
            name
            for name, document in documents.items()
            if document not in layered and len(questions[name]) + len(passages[name]) > 1
        ]
        weights = np.array([min(len(questions[name]), _MOST_WEIGH) ** 0.5 for name in self._asked])
        self._weights = weights / weights.sum()

    def __str__(self) -> str:
        asked = sum(map(len, self._questions.values()))
        texts = sum(map(len, self._passages.values()))
        near = sum(map(len, self._near.values()))
        return f"{asked} questions, {texts} texts, {len(self._unanswered)} and {near} questions that nothing answers"

    def batch(self, pairs: int, strangers: int, near: int = 0) -> Batch:
        """So many pairs, each of another provision, some of one that another is taken for; so many questions that
        nothing answers, and up to so many that come near to what one of the pairs is of."""
        beside = int(pairs * _BESIDE)
        order = self._random.choice(len(self._asked), pairs - beside, replace=False, p=self._weights)
        asked = [self._asked[i] for i in order.tolist()]
        first = asked[: len(asked) - int(len(asked) * _TAKEN_FOR)]
        taken = beside_them(first, self._neighbours, len(asked) - len(first), self._random)
        rest = [name for name in asked[len(first) :] if name not in taken]
        asked = [*first, *taken, *rest][: len(asked)]
        others = self._random.choice(len(self._beside), beside, replace=False)
        drawn = [self._pair(name) for name in asked] + [self._pair_beside(self._beside[i]) for i in others]
        none = self._random.choice(len(self._unanswered), strangers, replace=False)
        anchors, positives = zip(*drawn, strict=True)
        misses = [self._one(self._near[text.provision]) for text in anchors if text.provision in self._near]
        return Batch(anchors, positives, [*(self._unanswered[i] for i in none), *misses[:near]])

    def questions(self) -> list[TrainingText]:
        """All that are paired, of the document with plain words."""
        return [text for name in self._asked for text in self._questions[name]]

    def _pair(self, name: str) -> tuple[TrainingText, TrainingText]:
        anchor = self._one(self._questions[name])
        if self._passages[name] and self._random.random() < _WITH_WORDS:
            return anchor, self._one(self._passages[name])
        rest = [text for text in self._questions[name] if text is not anchor]
        abroad = [text for text in rest if text.language != anchor.language]
        return anchor, self._one(abroad if abroad and self._random.random() < _OTHER_LANGUAGE else rest)

    def _pair_beside(self, name: str) -> tuple[TrainingText, TrainingText]:
        questions, passages = self._questions[name], self._passages[name]
        anchor = self._one(questions or passages)
        return anchor, self._one([text for text in passages or questions if text is not anchor])

    def _one(self, texts: Sequence[TrainingText]) -> TrainingText:
        return texts[int(self._random.integers(len(texts)))]


def unanswered_texts(by_language: Mapping[str, Sequence[str]]) -> list[TrainingText]:
    """Of questions that nothing answers, by language."""
    return [TrainingText(as_sentence(q), "question", lang) for lang, own in by_language.items() for q in own]


def near_texts(document: str) -> dict[str, list[TrainingText]]:
    """Of questions that nothing in the document answers, by the provision that they come near to."""
    found: dict[str, list[TrainingText]] = defaultdict(list)
    for language in LANGUAGES:
        for eid, questions in near_misses(document, language).items():
            found[f"{document}#{eid}"] += unanswered_texts({language: questions})
    return dict(found)


def plainly(question: str) -> str:
    """The question without what `as_sentence` puts on it."""
    return question.rstrip("?!.… ").casefold()
