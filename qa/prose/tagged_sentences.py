"""Sentences and the tags they cite, out of a generator's text."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.text.sentences import sentence_spans
from qa.prose.outright import is_outright

_TAG = re.compile(r"\[\s*(\d{1,2}(?:\s*[,;]\s*\d{1,2})*)\s*\]")
_TAGS = r"(?:\[[\d\s,;]+\]\s*)+"
_BEFORE = re.compile(rf"^\s*(?:[-*•]\s+|\d{{1,2}}[.)]\s+)?({_TAGS})[:.)]?\s*")
_BULLET = re.compile(r"^\s*(?:[-*•]|\d{1,2}[.)])\s+")
# "It is so. [1] Next" cites behind the full stop: the tag is the sentence's before it.
_BEHIND = re.compile(rf"([.!?…]+)\s*({_TAGS})")
_MARKUP = re.compile(r"\*\*|__|`|^#+\s*", re.MULTILINE)
_THOUGHT = re.compile(r"<think>.*?(?:</think>|\Z)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class TaggedSentence:
    """A sentence without its tags; the tags are numbers as the model wrote them, from 1 where it obeyed."""

    text: str
    tags: tuple[int, ...]


def tagged_sentences(text: str) -> list[TaggedSentence]:
    """The sentences in order; of a model that thinks aloud, what it says after. "Yes." is part of the next."""
    found: list[TaggedSentence] = []
    for line in _MARKUP.sub("", _THOUGHT.sub("", text)).splitlines():
        before = _BEFORE.match(line)
        first = _tags(before[1]) if before else ()
        line = line[before.end() :] if before else _BULLET.sub("", line)
        line = _BEHIND.sub(lambda match: f" {match[2].strip()}{match[1]} ", line)
        for start, end in sentence_spans(line, at_semicolons=False):
            sentence = line[start:end]
            words = re.sub(r"\s+([.,:;!?…])", r"\1", " ".join(_TAG.sub(" ", sentence).split()))
            tags = tuple(dict.fromkeys((*first, *_tags(sentence))))
            first = ()
            if found and is_outright(found[-1].text):
                alone = found.pop()
                words, tags = f"{alone.text} {words}", tuple(dict.fromkeys((*alone.tags, *tags)))
            if re.search(r"[^\W\d_]", words):
                found.append(TaggedSentence(words, tags))
    return found


def _tags(text: str) -> tuple[int, ...]:
    return tuple(int(number) for group in _TAG.findall(text) for number in re.split(r"\s*[,;]\s*", group))
